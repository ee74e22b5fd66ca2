"""A firm's file is checked as the desk would, and nothing of it stays but its hash."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import geopandas
import pytest
import shapely
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from desk import apart, choices, examining, keys, store
from desk.models import Delivery, FirmKey, Precheck
from exports.api_keys.stored import ApiKey, make
from geoportal.problems import Problem
from importers.publish import Delivery as Published
from importers.publish import publish
from layers import catalogue
from layers.ground.admin_units import ADMIN_UNITS, NEW
from layers.ground.parcels import PARCELS
from layers.revisions import Revision
from tests.addresses import address_of
from tests.database import deliveries
from tests.database.deliveries import COMMUNE, OUTLINE, box
from tests.database.officers import parts

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path, settings: Any) -> Path:
    settings.DATA_DIR = tmp_path / "data"
    settings.RATE_PRECHECKS = 0
    return tmp_path / "data"


@pytest.fixture
def key() -> str:
    return keys.allow("Công ty Đo đạc Trà Lý")


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """The check in this process, which alone sees what a test has published."""
    monkeypatch.setattr(apart, "examine", lambda folder, slug, said: examining.examine(folder, layer(slug), said))


def layer(slug: str) -> Any:
    return catalogue.get(slug)


@pytest.fixture
def commune() -> Iterator[None]:
    unit = {"edition": NEW, "code": COMMUNE, "name": "Thái Ninh", "level": "xã"}
    unit |= {"province_code": "33", "province": "Hưng Yên"}
    frame = geopandas.GeoDataFrame([unit], geometry=[shapely.MultiPolygon([OUTLINE])], crs=9209)
    publish(ADMIN_UNITS, [frame], Published("test", "0", "test"))
    yield


def ask(key: str, shp: Path, address: str = "/precheck.json", **more: str) -> Any:
    opened = [file.open("rb") for file in parts(shp)]
    posted = {"layer": "parcels", "crs": "EPSG:9209", "file": opened, **more}
    answer = Client().post(address, posted, headers={"Authorization": f"Bearer {key}"})
    for file in opened:
        file.close()
    return answer


def left(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_firm_gets_the_findings_and_only_the_hash_stays(
    commune: None, here: None, key: str, tmp_path: Path, data_folder: Path
) -> None:
    before = Revision.objects.count()
    told = ask(key, deliveries.parcels(tmp_path / "thua", shapes=[box(0), box(0, 30), box(3)])).json()
    assert told["rows"] == 3 and told["refused"] is None and not told["ready"]
    overlaps = [line for line in told["findings"] if line["code"] == "overlap"]
    assert overlaps and overlaps[0]["severity"] == "block" and overlaps[0]["east"] and overlaps[0]["finding"]
    kept = Precheck.objects.get()
    assert (kept.key.key.name, kept.sha256, kept.layer_slug) == ("Công ty Đo đạc Trà Lý", told["sha256"], "parcels")
    assert kept.counts == told["counts"] and kept.counts["block"] >= 1
    assert left(data_folder) == [] and list((data_folder / "desk").iterdir()) == []
    assert Delivery.objects.count() == 0 and Revision.objects.count() == before


def test_a_clean_file_is_ready_and_told_against_what_is_published(
    commune: None, here: None, key: str, tmp_path: Path
) -> None:
    told = ask(key, deliveries.parcels(tmp_path / "thua", TENCHU=[""] * 5, GHICHU=[""] * 5)).json()
    assert told["changes"] == {"added": 5, "changed": 0, "removed": 0, "same": 0}
    assert not {"block"} & set(told["counts"]), told["findings"]


def test_names_of_people_are_not_in_the_answer_and_the_firm_is_told_of_their_column(
    commune: None, here: None, key: str, tmp_path: Path
) -> None:
    answer = ask(key, deliveries.parcels(tmp_path / "thua"))
    assert "TENCHU" in answer.json()["personal_columns"]
    assert "Bí Mật" not in answer.content.decode()


@pytest.mark.parametrize("address", ["/precheck", "/precheck.csv"])
def test_the_sheet_is_a_page_or_a_table(commune: None, here: None, key: str, tmp_path: Path, address: str) -> None:
    answer = ask(key, deliveries.parcels(tmp_path / "thua", shapes=[box(0), box(0, 30), box(3)]), address)
    text = answer.content.decode()
    assert answer.status_code == 200 and "no-store" in answer["Cache-Control"] and not answer.cookies
    assert "Phiếu phát hiện" in text if address == "/precheck" else "overlap" in codes(text)


def codes(text: str) -> set[str]:
    return {row["code"] for row in csv.DictReader(StringIO(text.lstrip("\ufeff")))}


def test_a_program_that_asks_for_json_gets_it_at_the_page_too(here: None, key: str, tmp_path: Path) -> None:
    shp = deliveries.parcels(tmp_path / "thua")
    with shp.open("rb") as file:
        posted = {"layer": "parcels", "file": file}
        headers = {"Authorization": f"Bearer {key}", "Accept": "application/json"}
        told = Client().post("/precheck", posted, headers=headers).json()
    assert told["refused"]["sentence"]  # a .shp alone
    assert Precheck.objects.get().counts == {"refused": 1}


def test_the_key_may_be_typed_into_the_form_and_is_not_shown_again(here: None, key: str, tmp_path: Path) -> None:
    with deliveries.parcels(tmp_path / "thua").open("rb") as file:
        answer = Client().post("/precheck", {"key": key, "layer": "nothing", "file": file})
    assert answer.status_code == 400 and key not in answer.content.decode() and not answer.cookies


@pytest.mark.parametrize("shown", ["", "Bearer ", "Bearer kt_wrong", "Basic kt_wrong"])
def test_without_a_key_nothing_is_taken(shown: str, data_folder: Path) -> None:
    answer = Client().post("/precheck.json", {"layer": "parcels"}, headers={"Authorization": shown})
    assert answer.status_code == 401 and answer["WWW-Authenticate"] == "Bearer"
    assert answer.json()["code"] == "key-wrong" and not data_folder.exists()


def test_an_ended_key_opens_nothing(key: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("precheck_key", "end", str(FirmKey.objects.get().pk))
    assert ask(key, deliveries.parcels(tmp_path / "thua")).status_code == 401
    with pytest.raises(CommandError):
        call_command("precheck_key", "end", str(FirmKey.objects.get().pk))


def test_a_key_is_told_once_and_kept_as_its_hash(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("precheck_key", "add", "Công ty A")
    key = capsys.readouterr().out.split()[-1]
    assert ApiKey.objects.get().sha256 == hashlib.sha256(key.encode()).hexdigest()
    call_command("precheck_key", "list")
    listed = capsys.readouterr().out
    assert "Công ty A" in listed and key not in listed and ApiKey.objects.get().sha256 not in listed


def test_a_key_for_asking_opens_the_pre_check_only_when_it_was_allowed_to(tmp_path: Path, here: None) -> None:
    key = make("Công ty A", 60)
    shp = deliveries.parcels(tmp_path / "thua")
    assert ask(key, shp).status_code == 401
    assert keys.allow("Công ty A") == ""
    assert ask(key, shp).status_code == 200


def test_a_key_checks_one_file_at_a_time(here: None, key: str, tmp_path: Path) -> None:
    FirmKey.objects.update(running_since=timezone.now())
    answer = ask(key, deliveries.parcels(tmp_path / "thua"))
    assert (answer.status_code, answer.json()["code"]) == (429, "precheck-running")
    FirmKey.objects.update(running_since=timezone.now() - keys.FORGOTTEN - timedelta(seconds=1))
    assert ask(key, deliveries.parcels(tmp_path / "thua")).status_code == 200  # that process was killed


def test_the_machine_bears_only_so_many_checks(key: str) -> None:
    firms = [keys.of(keys.allow(f"Công ty {at}")) for at in range(keys.MOST_AT_ONCE)]
    assert all(keys.begin(firm) for firm in firms if firm)
    mine = keys.of(key)
    assert mine and not keys.begin(mine)
    keys.finish(firms[0])  # type: ignore[arg-type]
    assert keys.begin(mine)


def test_a_body_larger_than_we_read_is_refused_before_it_is_taken(key: str) -> None:
    headers = {"Authorization": f"Bearer {key}"}
    answer = Client().post("/precheck.json", {"layer": "parcels"}, headers=headers, CONTENT_LENGTH=10**8)
    assert answer.status_code == 413


def test_keys_cannot_be_tried_without_end(settings: Any) -> None:
    settings.RATE_PRECHECKS = 3
    client = Client()
    answers = [client.post("/precheck.json", {}, headers={"Authorization": "Bearer x"}) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [401, 401, 401, 429, 429]


def test_the_check_is_a_process_of_its_own(
    key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data_folder: Path
) -> None:
    monkeypatch.setenv("DATABASE_URL", address_of(connection.settings_dict["NAME"]))
    monkeypatch.setenv("PORTAL_DATA", str(data_folder))
    told = ask(key, deliveries.parcels(tmp_path / "thua", shapes=[box(0), box(0, 30), box(3)])).json()
    assert told["rows"] == 3 and "overlap" in {line["code"] for line in told["findings"]}
    assert left(data_folder) == [] and FirmKey.objects.get().running_since is None


def test_a_check_that_takes_too_long_is_ended_and_leaves_nothing(
    key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data_folder: Path
) -> None:
    monkeypatch.setattr(apart, "WALL", 0.05)
    answer = ask(key, deliveries.parcels(tmp_path / "thua"))
    assert (answer.status_code, answer.json()["code"]) == (422, "precheck-too-heavy")
    assert left(data_folder) == [] and FirmKey.objects.get().running_since is None and not Precheck.objects.exists()


def test_a_check_that_breaks_says_no_more_than_that(data_folder: Path) -> None:
    folder = store.new_folder()
    with pytest.raises(Problem) as problem:
        apart.examine(folder, "no-such-layer", {})
    assert problem.value.code == "precheck-too-heavy"


def test_what_the_process_hands_over_is_plain_data(data_folder: Path) -> None:
    folder = store.new_folder()
    (store.root() / folder / "original" / "delivery.zip").write_bytes(b"PK no archive")
    told = examining.examine(folder, PARCELS, choices.NOTHING)
    assert json.loads(json.dumps(told))["refused"]["code"]
