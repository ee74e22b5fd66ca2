"""A name planted in every column of twenty layouts: afterwards it is in no table, page, tile, log, backup or folder."""

from __future__ import annotations

import gzip
import logging
import os
import re
import subprocess
import tempfile
from io import StringIO
from pathlib import Path
from typing import Any

import geopandas
import pytest
import shapely
from django.apps import apps
from django.core.management import call_command
from django.db import connections
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from exports.batches import answering, making
from importers.publish import Delivery, publish
from launcher.postgres import tools_of
from layers import public
from layers.ground.admin_units import ADMIN_UNITS, NEW
from layers.ground.parcels import PARCELS, Parcel
from layers.queries.snapshots import newest
from layers.revisions import Revision
from tests.database.any_layer import TO_TILES
from tests.database.deliveries import COMMUNE, EAST, NORTH, OUTLINE
from tests.database.layouts import LAYOUTS, TRACES, Layout, written
from tests.database.layouts import PARCELS as EXPECTED
from tests.database.officers import at_the_desk, officer, parts, send, work
from tests.database.sheet_ground import words_of

ZOOM, HALF_WORLD = 17, 20037508.342789244


@pytest.fixture
def data_folder(tmp_path: Path, settings: Settings) -> Path:
    settings.DATA_DIR = tmp_path / "data"
    settings.DATA_DIR.mkdir()
    return settings.DATA_DIR


@pytest.fixture
def own_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def publish_commune() -> None:
    unit = {"edition": NEW, "code": COMMUNE, "name": "Thái Ninh", "level": "xã"}
    unit |= {"province_code": "33", "province": "Hưng Yên"}
    frame = geopandas.GeoDataFrame([unit], geometry=[shapely.MultiPolygon([OUTLINE])], crs=9209)
    publish(ADMIN_UNITS, [frame], Delivery("test", "0", "test"))


def delivered(layout: Layout, folder: Path) -> str:
    """Publish a delivery by command; all that was said."""
    folder.mkdir(exist_ok=True)
    said, complaints = StringIO(), StringIO()
    options = ["--crs", "EPSG:9209", "--publish"]
    call_command("import_layer", "parcels", written(layout, folder), *options, stdout=said, stderr=complaints)
    return said.getvalue() + complaints.getvalue()


def tables() -> str:
    with connections["default"].cursor() as cursor:
        told = []
        for model in apps.get_models():
            cursor.execute(f"SELECT coalesce(string_agg(t::text, chr(10)), '') FROM \"{model._meta.db_table}\" AS t")
            told.append(cursor.fetchone()[0])
    return "\n".join(told)


def shown(client: Client) -> str:
    """What the public sees of the first parcel: its page, its answer as JSON, what a search says, its tile."""
    found = Parcel.objects.get(parcel_no="1", until=None).feature_id
    addresses = [f"/parcels/{found}", f"/api/parcels/{found}/report", "/search?q=thua+1+to+45"]
    east, north = TO_TILES.transform(EAST + 5, NORTH + 5)
    across, down = (int((half / (2 * HALF_WORLD) + 0.5) * 2**ZOOM) for half in (east, -north))
    revision = Revision.objects.filter(layer="parcels").latest("number")
    addresses.append(public.address_of(PARCELS, revision).format(z=ZOOM, x=across, y=down))
    return "\n".join(client.get(address).content.decode("utf-8", "replace") for address in addresses)


def files_in(*folders: Path) -> str:
    found = [file for folder in folders for file in folder.rglob("*") if file.is_file()]
    return "\n".join(str(file) + file.read_bytes().decode("utf-8", "replace") for file in found)


def traces(*told: str) -> list[str]:
    return [trace for trace in TRACES for text in told if trace in text]


@pytest.mark.django_db(databases="__all__")
@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.title)
def test_a_planted_name_is_nowhere_afterwards(
    client: Client,
    caplog: pytest.LogCaptureFixture,
    data_folder: Path,
    own_temporary_folder: Path,
    tmp_path: Path,
    layout: Layout,
) -> None:
    publish_commune()
    with caplog.at_level(logging.DEBUG):
        said = delivered(layout, tmp_path / "sent")
    assert Parcel.objects.filter(until=None).count() == EXPECTED
    assert traces(said, caplog.text, tables(), shown(client), files_in(data_folder, own_temporary_folder)) == []
    assert not list(own_temporary_folder.iterdir())


DESK_PAGES = ("understood", "findings", "findings.csv", "difference", "map", "record")


@pytest.mark.django_db(databases="__all__")
@pytest.mark.usefixtures("one_press")
@pytest.mark.parametrize("layout", [LAYOUTS[-4], LAYOUTS[-1]], ids=lambda layout: layout.title)
def test_a_planted_name_is_on_no_page_of_the_desk_and_in_no_export(
    client: Client, caplog: pytest.LogCaptureFixture, data_folder: Path, tmp_path: Path, layout: Layout
) -> None:
    """A spreadsheet and a text table in TCVN3 on their whole way, and all that is made of them."""
    publish_commune()
    lan, minh = at_the_desk(officer("lan", "editor")), at_the_desk(officer("minh", "approver"))
    (tmp_path / "sent").mkdir()
    with caplog.at_level(logging.DEBUG):
        file = written(layout, tmp_path / "sent")
        delivery = work(send(lan, *(parts(file) if layout.kind == "shp" else [file]), commune=COMMUNE))
        said = shown_at(lan, delivery, "understood")
        lan.post(f"/desk/deliveries/{delivery.pk}/understood", {"crs": "EPSG:9209"})
        work(delivery)
        said += shown_at(lan, delivery, *DESK_PAGES) + kept_in(data_folder)
        delivery.faults.update(is_open=False)
        lan.post(f"/desk/deliveries/{delivery.pk}/send")
        delivery.refresh_from_db()
        minh.post(f"/desk/deliveries/{delivery.pk}/approve", {"digest": delivery.digest})
        assert work(delivery).state == "published"
        said += shown_at(minh, delivery, "record") + minh.get("/desk/history").content.decode()
        said += shown(client) + exported(client, tmp_path)
    assert traces(said, caplog.text, tables(), files_in(data_folder)) == []


def shown_at(officer: Client, delivery: Any, *pages: str) -> str:
    answers = [officer.get(f"/desk/deliveries/{delivery.pk}/{page}") for page in pages]
    assert [answer.status_code for answer in answers] == [200] * len(pages)
    return "\n".join(answer.content.decode() for answer in answers)


def kept_in(data_folder: Path) -> str:
    """What lies of a delivery while it waits: the public columns, packed; letters that JSON escapes as they are."""
    kept = list(data_folder.rglob("kept"))
    assert kept and not list(data_folder.rglob("original/*"))
    told = "\n".join(gzip.decompress(file.read_bytes()).decode("utf-8", "replace") for file in kept)
    return told + re.sub(r"\\u([0-9a-f]{4})", lambda escape: chr(int(escape[1], 16)), told)


def exported(client: Client, folder: Path) -> str:
    """The first parcel as a map of its own, as a sheet with what is inside it, and as a row of a batch."""
    found = Parcel.objects.get(parcel_no="1", until=None).feature_id
    sheet = client.get(f"/parcels/{found}/sheet.pdf").content
    assert sheet.startswith(b"%PDF")
    (folder / "sheet.pdf").write_bytes(sheet)
    subprocess.run(["pdfdetach", "-saveall", "-o", str(folder), str(folder / "sheet.pdf")], check=True)
    inside = "\n".join(file.read_text(encoding="utf-8") for file in folder.glob("*.json"))
    batch = making.make(
        making.Wanted("somebody", newest() or 0, timezone.localdate(), "vi"), [("1", {"parcels": [found]})]
    )
    answering.work(60)
    rows = [client.get(f"/check/batch/{batch.code}/sites.{kind}") for kind in ("csv", "xlsx", "gpkg")]
    assert [answer.status_code for answer in rows] == [200] * 3
    told = "\n".join(content_of(answer).decode("utf-8", "replace") for answer in rows)
    return "\n".join((client.get(f"/parcels/{found}/map").content.decode(), words_of(sheet, folder), inside, told))


def content_of(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_there_are_twenty_layouts_in_five_formats() -> None:
    assert len({layout.title for layout in LAYOUTS}) == 20
    assert {layout.kind for layout in LAYOUTS} == {"shp", "gpkg", "geojson", "xlsx", "csv"}


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_a_planted_name_is_in_no_backup(data_folder: Path, tmp_path: Path) -> None:
    publish_commune()
    for number, layout in enumerate(LAYOUTS[::5]):
        delivered(layout, tmp_path / str(number))
    dump = dumped()
    assert "layers_parcel" in dump
    assert traces(dump) == []


def dumped() -> str:
    said: dict[str, Any] = connections["default"].settings_dict
    where = [f"--host={said['HOST']}", f"--port={said['PORT'] or 5432}", f"--username={said['USER']}"]
    command = [str(tools_of(None).path("pg_dump")), *where, "--data-only", str(said["NAME"])]
    environment = os.environ | {"PGPASSWORD": str(said["PASSWORD"] or "")}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout
