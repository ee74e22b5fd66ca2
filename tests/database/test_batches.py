"""Many sites at once: what comes in, each row answered once, what comes out, and when it is gone."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import geopandas as gpd
import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from exports.batches import answering, files, making
from exports.batches.stored import Batch, BatchRow
from geoportal import batch_file
from layers.ground.parcels import Parcel
from layers.queries.snapshots import newest
from tests.database.province import box, deliver, parcel, zone
from tests.database.site_ground import publish_fields

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def ground() -> None:
    publish_fields()


@pytest.fixture(autouse=True)
def no_limit(settings: Any) -> None:
    settings.RATE_BATCHES = 0


def ids() -> list[int]:
    return list(Parcel.objects.order_by("feature_id").values_list("feature_id", flat=True))


def made(*asked: dict[str, Any], client: str = "somebody") -> Batch:
    wanted = making.Wanted(client, newest() or 0, timezone.localdate(), "vi")
    return making.make(wanted, [(f"khu {n}", one) for n, one in enumerate(asked, 1)])


def sent(content: str | bytes, name: str = "khu.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode())


def post(content: str | bytes, name: str = "khu.csv") -> Any:
    return Client().post("/check/batch", {"file": sent(content, name)})


@pytest.mark.usefixtures("ground")
class TestAnswering:
    def test_a_row_is_answered_as_its_site_would_be_alone(self) -> None:
        one, *_ = ids()
        batch = made({"parcels": [one]})
        assert answering.work(60) is False
        row = batch.rows.get()
        alone = Client().post("/api/report", json.dumps({"parcels": [one]}), content_type="application/json").json()
        assert row.error == ""
        assert row.answer["area_m2"] == f"{alone['site']['area_m2']:.1f}"
        assert {theme["theme"]: theme["answer"] for theme in alone["themes"]} == {
            theme: None if said == "by-parts" else said for theme, said in row.answer["themes"].items()
        }
        batch.refresh_from_db()
        assert (batch.state, batch.client) == (Batch.DONE, "")

    def test_a_wrong_row_says_so_in_one_sentence_and_the_others_are_answered(self) -> None:
        one, two, _ = ids()
        batch = made(
            {"parcels": [one]}, {"parcels": [99_999]}, {}, {"point": [1, 2], "radius_m": 5}, {"parcels": [two]}
        )
        answering.work(60)
        errors = list(batch.rows.order_by("number").values_list("error", flat=True))
        assert [bool(error) for error in errors] == [False, True, True, True, False]
        assert "99999" in errors[1]
        assert batch.counts() == {"total": 5, "through": 5, "failed": 3}

    def test_all_rows_speak_of_the_snapshot_the_batch_was_made_at(self) -> None:
        one, *_ = ids()
        batch = made({"parcels": [one]}, {"parcels": [one]})
        answering.answer(batch, batch.rows.get(number=1))
        deliver("parcels", parcel(1, box(0, 0, 50, 50)))
        answering.work(60)
        areas = {row.answer["area_m2"] for row in batch.rows.all()}
        assert areas == {"5000.0"}

    def test_a_row_another_worker_is_at_is_left_to_it(self, monkeypatch: pytest.MonkeyPatch) -> None:
        one, *_ = ids()
        batch = made({"parcels": [one]})
        seen_by_two = batch.rows.get(), batch.rows.get()
        begun: list[int] = []
        monkeypatch.setattr(answering, "answered", lambda batch, row: begun.append(row.number) or {"error": "x"})
        for row in seen_by_two:
            answering.answer(batch, row)
        assert begun == [1]

    def test_the_first_word_about_a_row_stands(self, monkeypatch: pytest.MonkeyPatch) -> None:
        batch = made({"parcels": [1]})

        def meanwhile(batch: Batch, row: BatchRow) -> dict[str, object]:
            batch.rows.update(answered_at=timezone.now(), error="first")
            return {"error": "second"}

        monkeypatch.setattr(answering, "answered", meanwhile)
        answering.answer(batch, batch.rows.get())
        assert batch.rows.get().error == "first"

    def test_a_row_that_brings_the_worker_down_is_given_up(self) -> None:
        one, *_ = ids()
        batch = made({"parcels": [one]})
        batch.rows.update(tries=answering.MOST_TRIES)
        answering.work(60)
        assert "quá nặng" in batch.rows.get().error

    def test_a_batch_is_left_in_the_middle_and_gone_on_with(self) -> None:
        one, *_ = ids()
        batch = made(*[{"parcels": [one]}] * 3)
        assert answering.work(0) is True
        assert batch.counts()["through"] == 0
        answering.answer(batch, batch.rows.get(number=2))
        stood = batch.rows.get(number=2).answered_at
        answering.work(60)
        assert batch.counts() == {"total": 3, "through": 3, "failed": 0}
        assert batch.rows.get(number=2).answered_at == stood

    def test_a_cancelled_batch_keeps_what_was_answered_and_goes_no_further(self) -> None:
        one, *_ = ids()
        batch = made(*[{"parcels": [one]}] * 2)
        answering.answer(batch, batch.rows.get(number=1))
        page = Client().post(f"/check/batch/{batch.code}/cancel")
        assert page.status_code == 302
        answering.work(60)
        assert batch.counts()["through"] == 1
        told = files.as_csv(Batch.objects.get()).decode("utf-8-sig")
        assert [row["Tình trạng"] for row in csv.DictReader(io.StringIO(told))] == ["Đã trả lời", "Đã hủy"]


@pytest.mark.usefixtures("ground")
class TestComingIn:
    def test_parcels_by_number_by_id_and_places_are_read(self) -> None:
        one, *_ = ids()
        told = batch_file.sites(sent(f"ten;id;lon;lat;ban_kinh\nA;{one};;;\nB;;106.34;20.45;100\nC;;;;\n"))
        assert told == [
            ("A", {"parcels": [one]}),
            ("B", {"place": "20.45; 106.34", "radius": "100"}),
            ("C", {}),
        ]
        named = batch_file.sites(sent("Số tờ,Số thửa,Tên xã\n5,12,Đông Hưng\n"))
        assert named == [("", {"named": "thửa 12 tờ 5 xã Đông Hưng", "sheet": "5", "parcel": "12"})]
        old = batch_file.sites(sent("Số tờ,Số thửa,Tên xã,Huyện\n5,12,Đông La,huyện Đông Hưng\n"))
        assert old == [("", {"named": "thửa 12 tờ 5 xã Đông La huyện Đông Hưng"})]

    def test_numbers_are_those_of_today_where_an_old_book_has_the_same(self) -> None:
        other = parcel(2, box(100, 0, 200, 50), old_sheet_no="45", old_parcel_no="1")
        deliver("parcels", parcel(1, box(0, 0, 100, 40)), other)
        words = "thửa 1 tờ 45"
        batch = made({"named": words}, {"named": words, "sheet": "45", "parcel": "1"})
        answering.work(60)
        vague, plain = batch.rows.order_by("number")
        assert vague.error.startswith("Dòng 1:")
        assert (plain.error, plain.answer and plain.answer["area_m2"]) == ("", "4000.0")

    @pytest.mark.parametrize("name", ["khu.gpkg", "khu.geojson"])
    def test_a_feature_of_a_map_is_a_site(self, tmp_path: Path, name: str) -> None:
        shapes = [box(0, 0, 100, 50), box(100, 0, 200, 50)]
        frame = gpd.GeoDataFrame({"ten": ["A", "B"]}, geometry=shapes, crs=9209)
        frame.to_crs(4326 if name.endswith("json") else 9209).to_file(tmp_path / name)
        assert post((tmp_path / name).read_bytes(), name).status_code == 302
        answering.work(60)
        rows = list(BatchRow.objects.order_by("number"))
        assert [(row.name, row.error) for row in rows] == [("A", ""), ("B", "")]
        assert [round(float(row.answer["area_m2"])) for row in rows] == [5000, 5000]

    def test_ten_thousand_and_one_rows_are_refused_in_one_sentence_and_nothing_is_kept(self) -> None:
        page = post("id\n" + "1\n" * 10_001)
        assert page.status_code == 422
        assert "nhiều hơn 10000" in page.content.decode()
        assert not Batch.objects.exists()

    def test_ten_thousand_rows_are_taken(self) -> None:
        assert post("id\n" + "1\n" * 10_000).status_code == 302
        assert BatchRow.objects.count() == 10_000

    @pytest.mark.parametrize(("content", "said"), [("", "Tệp rỗng"), ("a;b\n1;2\n", "Không thấy cột nào")])
    def test_a_file_that_is_none_of_sites_is_told_in_place(self, content: str, said: str) -> None:
        page = post(content)
        assert (page.status_code, said in page.content.decode()) == (422, True)
        assert not Batch.objects.exists()

    def test_no_two_batches_of_one_client_run_at_once(self) -> None:
        assert post("id\n1\n").status_code == 302
        page = post("id\n1\n")
        assert page.status_code == 409
        assert "chưa xong" in page.content.decode()
        answering.work(60)
        assert post("id\n1\n").status_code == 302

    def test_many_batches_in_a_minute_are_too_many(self, settings: Any) -> None:
        settings.RATE_BATCHES = 2
        assert [post("").status_code for _ in range(3)] == [422, 422, 422]  # a client has buckets of its own
        client = Client()
        assert [client.post("/check/batch", {"file": sent("")}).status_code for _ in range(3)] == [422, 422, 429]

    def test_a_form_of_another_site_is_refused(self) -> None:
        page = Client(enforce_csrf_checks=True).post("/check/batch", {"file": sent("id\n1\n")})
        assert page.status_code == 403


@pytest.mark.usefixtures("ground")
class TestGoingOut:
    def test_every_kind_of_file_tells_every_row(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(files, "AT_ONCE", 1)  # a GeoPackage is written in pieces
        one, *_ = ids()
        deliver("groundwater-zones", zone("groundwater-zones", "near", box(50, -100, 500, 100)))
        batch = made({"parcels": [one]}, {"parcels": [99_999]}, {"parcels": [one]})
        answering.work(60)
        told = {suffix: Client().get(f"/check/batch/{batch.code}/sites.{suffix}") for suffix in files.FILES}
        assert {answer.status_code for answer in told.values()} == {200}
        rows = list(csv.DictReader(io.StringIO(told["csv"].content.decode("utf-8-sig"))))
        assert [row["Tình trạng"] for row in rows] == ["Đã trả lời", "Không trả lời được", "Đã trả lời"]
        sheet = openpyxl.load_workbook(io.BytesIO(told["xlsx"].content)).worksheets[0]
        assert [row[0].value for row in sheet.iter_rows()] == ["Dòng", 1, 2, 3]
        (tmp_path / "a.gpkg").write_bytes(told["gpkg"].content)
        frame = gpd.read_file(tmp_path / "a.gpkg", layer="sites")
        assert (len(frame), frame.crs.to_epsg()) == (3, 9209)
        assert frame.geometry.area.iloc[0] == pytest.approx(5000)
        assert frame["Diện tích (m²)"].iloc[0] == pytest.approx(5000)
        told_of = openpyxl.load_workbook(io.BytesIO(told["xlsx"].content)).worksheets[1]
        assert len(gpd.read_file(tmp_path / "a.gpkg", layer="zones")) == told_of.max_row - 1 > 1

    @pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@a", " =1", "\t=1"])
    def test_no_cell_is_taken_for_a_formula(self, text: str) -> None:
        assert str(files.safe(text)).startswith("'")
        assert files.safe("Khu A") == "Khu A"

    def test_a_program_sends_sites_and_reads_their_answers(self) -> None:
        one, *_ = ids()
        body = json.dumps({"sites": [{"name": "A", "parcels": [one]}, {"parcels": "x"}, {"areas": []}]})
        answer = Client().post("/api/batches", body, content_type="application/json")
        assert answer.status_code == 202
        answering.work(60)
        told = Client().get(f"/api/batches/{answer.json()['code']}").json()
        assert (told["state"], told["through"], told["failed"]) == ("done", 3, 2)
        assert told["rows"][0]["answer"]["area_m2"] == "5000.0"
        assert len(Client().get(f"/api/batches/{told['code']}?after=2").json()["rows"]) == 1

    @pytest.mark.parametrize("body", ['{"sites": 5}', '{"sites": [5]}', "[]", "{}"])
    def test_what_is_no_list_of_sites_is_a_problem(self, body: str) -> None:
        assert Client().post("/api/batches", body, content_type="application/json").status_code == 400

    def test_after_its_days_a_batch_is_gone_with_its_rows(self, settings: Any) -> None:
        batch = made({"parcels": [1]})
        Batch.objects.update(made_at=timezone.now() - timedelta(days=settings.BATCH_DAYS, minutes=1))
        assert Client().get(f"/check/batch/{batch.code}").status_code == 404
        assert making.expire(timezone.now()) == 1
        assert not BatchRow.objects.exists()

    def test_the_page_tells_how_far_it_is_and_asks_again_only_while_it_runs(self) -> None:
        one, *_ = ids()
        batch = made({"parcels": [one]}, {"parcels": [99_999]})
        assert "hx-trigger" in Client().get(f"/check/batch/{batch.code}").content.decode()
        answering.work(60)
        page = Client().get(f"/check/batch/{batch.code}").content.decode()
        assert "hx-trigger" not in page
        assert "2 trên 2 dòng; 1 dòng không trả lời được" in page
        assert Client().get("/check/batch/0000000000000000").status_code == 404
