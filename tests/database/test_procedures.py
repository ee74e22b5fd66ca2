"""The catalogue of procedures: found by words without marks, explained, dated."""

from __future__ import annotations

import contextlib
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from layers.rulebook.procedures import Procedure
from tests.database.deliveries import SHARED
from tests.database.province import FIELD, PARCELS, Row, deliver, parcel, publish_ground, standing, zone

pytestmark = pytest.mark.django_db(databases="__all__")


def procedure(code: str, name: str, **said: object) -> Row:
    return {"code": code, "name": name, "field": "Đất đai", "edition": "Danh mục 1", "edition_until": None} | said


@pytest.fixture
def listed() -> None:
    deliver(
        "procedures",
        procedure(
            "1.012784", "Tách thửa hoặc hợp thửa đất", papers="Đơn\nGiấy chứng nhận", time_limit="12 ngày làm việc"
        ),
        procedure("MH.2", "Cấp giấy phép môi trường", field="Môi trường", edition_until=date(2025, 1, 1)),
    )


@pytest.mark.parametrize("words", ["tach thua", "TÁCH THỬA", "1.0127"])
def test_a_procedure_is_found_by_its_name_without_marks_or_its_code(listed: None, client: Client, words: str) -> None:
    found = client.get("/api/procedures", {"q": words}).json()["procedures"]
    assert [each["code"] for each in found] == ["1.012784"]


def test_a_field_narrows_the_list(listed: None, client: Client) -> None:
    page = client.get("/procedures", {"field": "Môi trường"}).content.decode()
    assert "Cấp giấy phép môi trường" in page
    assert "Tách thửa" not in page


def test_nothing_found_says_what_to_do(listed: None, client: Client) -> None:
    assert "Bỏ bớt chữ" in client.get("/procedures", {"q": "zzzz"}).content.decode()


def test_a_page_lists_its_papers_and_leads_to_the_national_portal(listed: None, client: Client) -> None:
    page = client.get("/procedures/1.012784").content.decode()
    assert "<li>Đơn</li><li>Giấy chứng nhận</li>" in page
    assert "https://dichvucong.gov.vn/" in page


def test_a_code_that_is_not_national_leads_nowhere(listed: None, client: Client) -> None:
    assert "dichvucong" not in client.get("/procedures/MH.2").content.decode()


def test_an_ended_edition_shows_as_outdated(listed: None, client: Client) -> None:
    before = client.get("/procedures/MH.2", {"on": "2025-01-01"}).content.decode()
    after = client.get("/procedures/MH.2", {"on": "2025-01-02"}).content.decode()
    assert "đã hết áp dụng" not in before
    assert "đã hết áp dụng sau ngày 01/01/2025" in after


def test_a_procedure_names_the_activities_that_need_it(listed: None, client: Client) -> None:
    rule = {"activity": "well", "zone_layer": "groundwater-zones", "zone_kind": "2", "verdict": "on-condition"}
    deliver("permissions", rule | {"edition": "Bản 1", "procedure_code": "1.012784"})
    page = client.get("/procedures/1.012784").content.decode()
    assert "Khoan giếng: Vùng hạn chế khai thác nước dưới đất, Vùng hạn chế 2 (Được khi có điều kiện)" in page


def test_an_unknown_code_is_one_sentence(client: Client) -> None:
    deliver(PARCELS, parcel(1))
    answer = client.get("/procedures/9.999999")
    assert answer.status_code == 404
    assert "Không có thủ tục mã “9.999999”." in answer.content.decode()


def test_a_zone_of_an_answer_names_the_procedures_its_rules_ask_for(listed: None, client: Client) -> None:
    publish_ground()
    deliver("groundwater-zones", zone("groundwater-zones", "GW", FIELD))
    rule = {"activity": "well", "zone_layer": "groundwater-zones", "zone_kind": "2", "verdict": "on-condition"}
    deliver("permissions", rule | {"edition": "Bản 1", "procedure_code": "1.012784"})
    page = client.get(f"/parcels/{standing(1).feature_id}").content.decode()
    assert '<a href="/procedures/1.012784" lang="vi">Tách thửa hoặc hợp thửa đất</a>' in page


def imported(file: Path, *words: str) -> str:
    """What the command says of a file of procedures."""
    out = StringIO()
    with contextlib.suppress(SystemExit):
        call_command("import_layer", "procedures", str(file), "--set", "edition=Danh mục 1", *words, stdout=out)
    return out.getvalue()


def test_a_list_of_procedures_comes_in_like_a_layer_and_the_same_again_changes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "danh-muc.csv"
    rows = "Mã thủ tục;Tên thủ tục;Lĩnh vực\n1.01;Tách thửa;Đất đai\n1.02;Hợp thửa;Đất đai\n"
    file.write_text(rows, encoding="utf-8")
    named = ("--map", "code=Mã thủ tục", "--map", "name=Tên thủ tục", "--map", "field=Lĩnh vực", "--publish")
    imported(file, *named)
    assert set(Procedure.objects.values_list("code", "name")) == {("1.01", "Tách thửa"), ("1.02", "Hợp thửa")}
    assert "không thay đổi gì" in imported(file, *named)


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the folder shared/data does not stand beside the repository")
def test_the_collected_list_is_refused_only_where_a_code_is_missing() -> None:
    said = imported(SHARED / "procedures.csv")
    assert "cell-missing: 1" in said
    assert "“code” trống ở 20 dòng" in said
    assert "Dòng 28" not in said


@pytest.mark.parametrize(
    ("query", "code", "match"),
    [
        ("tach thua hoac hop thua dat", "1.012784", "exact"),
        ("giấy phép môi trường", "MH.2", "exact"),
        ("1.012784", "1.012784", "exact"),
        ("mh.2", "MH.2", "exact"),
        ("cap giay phep moi truong", "MH.2", "exact"),
        ("cấp giấy phép môi trươnk", "MH.2", "fuzzy"),
    ],
)
def test_the_search_of_everything_finds_it_too(listed: None, client: Client, query: str, code: str, match: str) -> None:
    [found] = client.get("/api/search", {"q": query}).json()["results"]
    assert (found["kind"], found["url"], found["match"]) == ("procedure", f"/procedures/{code}", match)
    assert found["subtitle"] == f"Thủ tục hành chính {code}"


def test_search_lists_procedures_alone_by_their_kind_and_never_on_a_place(listed: None, client: Client) -> None:
    by_kind = client.get("/api/search", {"kind": "procedure"}).json()
    assert {found["title"] for found in by_kind["results"]} == {
        "Tách thửa hoặc hợp thửa đất",
        "Cấp giấy phép môi trường",
    }
    somewhere = client.get("/api/search", {"q": "môi trường", "bbox": "106,20,107,21"}).json()
    assert somewhere["results"] == []
    nearest = client.get("/api/search", {"kind": "procedure", "sort": "distance", "near": "106.3,20.4"}).json()
    assert len(nearest["results"]) == 2
