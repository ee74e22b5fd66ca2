"""A publisher that dies, or whose database does: nothing of it is there, and the delivery then comes to its end once.

A sample of `./portal prove console_kills`, which does it at ten points of import and publication.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
import shapely
from django.db import OperationalError, connections

from importers.publish import publishing, rows, twins
from layers.ground.parcels import PARCELS, Parcel
from layers.queries.snapshots import newest
from layers.revisions import Revision
from layers.themes.groundwater_zones import GroundwaterZone
from layers.twins import ZonePiece
from proofs.console_kills import POINTS
from proofs.victim import POINTS as KNOWN
from tests.database.province import deliver, parcel

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def own_connections() -> Iterator[None]:
    yield
    connections.close_all()


def victim(file: Path, *point: str) -> subprocess.Popen[str]:
    settings = connections["default"].settings_dict
    address = f"postgis://{settings['USER']}@{settings['HOST']}:{settings['PORT'] or 5432}/{settings['NAME']}"
    if str(settings["HOST"]).startswith("/"):
        address = f"postgis://{settings['USER']}@/{settings['HOST']}/{settings['NAME']}"
    return subprocess.Popen(
        [sys.executable, "-m", "proofs.victim", str(file), *point],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": address},
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


def zones(folder: Path) -> Path:
    shapes = [shapely.Point(583_000 + 500 * at, 2_260_000).buffer(100) for at in range(20)]
    codes = [f"V{at}" for at in range(20)]
    columns = {"MA": codes, "TEN": codes, "SOQD": "1/QĐ", "LOAIVUNG": "1", "TANGCN": "qp"}
    file = folder / "vung.gpkg"
    gpd.GeoDataFrame(columns, geometry=shapes, crs=9209).to_file(file, driver="GPKG")
    return file


def test_the_proof_kills_at_ten_points_that_exist() -> None:
    assert tuple(KNOWN) == POINTS
    assert len(POINTS) == 10
    assert [point for point, (owner, name, _) in KNOWN.items() if not callable(getattr(owner, name, None))] == []


def test_76_a_process_killed_on_the_way_leaves_nothing_and_the_delivery_comes_to_its_end_once(tmp_path: Path) -> None:
    file = zones(tmp_path)
    for point in ("the first features arrive", "half of the rows are copied", "the twins have followed"):
        with victim(file, point) as process:
            assert process.stdout is not None
            assert process.stdout.readline().strip() == f"at {point}"
            process.kill()
            process.communicate()
        assert not Revision.objects.exists()
        assert not GroundwaterZone.objects.exists()
        assert not ZonePiece.objects.exists()
    for said in ("1", "nothing"):
        with victim(file) as process:
            assert process.communicate()[0].strip() == said
    assert GroundwaterZone.objects.filter(until=None).count() == 20
    assert newest() == 1


@pytest.mark.parametrize(("owner", "name"), [(rows, "close"), (rows, "open_versions"), (twins, "follow")])
def test_77_a_database_that_goes_away_while_publishing_leaves_all_or_nothing(
    monkeypatch: pytest.MonkeyPatch, owner: Any, name: str
) -> None:
    deliver(PARCELS, parcel(1))
    before = list(Parcel.objects.values_list("row_id", "since", "until"))
    usual = getattr(owner, name)

    def cut(cursor: Any, *said: Any) -> None:
        usual(cursor, *said)
        with connections["default"].cursor() as other:
            other.execute("SELECT pg_terminate_backend(%s)", [cursor.connection.info.backend_pid])

    monkeypatch.setattr(owner, name, cut)
    with pytest.raises(OperationalError):
        deliver(PARCELS, parcel(1, map_scale=500), parcel(2))
    monkeypatch.undo()
    connections[publishing.CONNECTION].close()
    assert list(Parcel.objects.values_list("row_id", "since", "until")) == before
    assert Revision.objects.count() == 1
    revision = deliver(PARCELS, parcel(1, map_scale=500))
    assert revision is not None
    assert revision.number == 2
