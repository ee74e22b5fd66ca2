"""Tiles rendered ahead are the database's own, byte for byte; the database answers what no archive holds."""

from __future__ import annotations

import gzip
from pathlib import Path

import geopandas as gpd
import pytest
import shapely
from django.test import Client
from pytest_django import Settings

from exports import jobs
from exports.archives import folder_of, render, stored
from importers.publish import Delivery, publish
from layers.ground.parcels import PARCELS
from layers.public import address_of
from layers.queries import tiles
from layers.revisions import Revision

pytestmark = pytest.mark.django_db(databases="__all__")
DELIVERY = Delivery("test", "0" * 64, "tester")


@pytest.fixture(autouse=True)
def own_folder(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path


def field_of(parcels: int, shift: float = 0.0) -> gpd.GeoDataFrame:
    """A row of square parcels, 20 m wide, in the middle of the province."""
    west = 587_000 + shift
    boxes = [shapely.box(west + 20 * n, 2_262_000, west + 20 * n + 20, 2_262_020) for n in range(parcels)]
    numbers = [str(n + 1) for n in range(parcels)]
    columns = {"commune_code": "12345", "sheet_no": "1", "parcel_no": numbers}
    return gpd.GeoDataFrame(columns, geometry=boxes, crs=9209)


def published(parcels: int = 30, shift: float = 0.0) -> Revision:
    revision = publish(PARCELS, [field_of(parcels, shift)], DELIVERY)
    assert revision is not None
    return revision


def tile_url(revision: Revision, z: int, x: int, y: int) -> str:
    return address_of(PARCELS, revision).format(z=z, x=x, y=y)


def test_every_tile_of_an_archive_is_the_one_the_database_makes(client: Client) -> None:
    revision = published()
    made = list(render.whole_tiles(PARCELS, revision))
    from_database = {place[:3]: client.get(tile_url(revision, *place[:3])).content for place in made}
    assert render.render(PARCELS, revision) == len(made) > 4
    for z, x, y, data in made:
        answer = client.get(tile_url(revision, z, x, y), headers={"accept-encoding": "gzip"})
        assert answer["X-Tile-Rendered"] == "1"
        assert gzip.decompress(answer.content) == data == from_database[z, x, y]


def test_a_browser_without_gzip_gets_the_same_tile() -> None:
    revision = published()
    render.render(PARCELS, revision)
    z, x, y, data = next(render.whole_tiles(PARCELS, revision))
    answer = Client().get(tile_url(revision, z, x, y))
    assert answer.content == data
    assert "Content-Encoding" not in answer


def test_what_is_not_in_the_archive_comes_from_the_database(client: Client) -> None:
    revision = published()
    render.render(PARCELS, revision)
    empty = client.get(tile_url(revision, 14, 0, 0))
    assert empty.status_code == 204
    assert "X-Tile-Rendered" not in empty


def test_the_archive_of_another_address_is_never_asked() -> None:
    revision = published()
    render.render(PARCELS, revision)
    z, x, y, _ = next(render.whole_tiles(PARCELS, revision))
    assert stored.tile(PARCELS.slug, f"{revision.number}-00000000", z, x, y) is None
    assert stored.tile(PARCELS.slug, "../../etc", z, x, y) is None


def test_the_job_renders_what_is_new_and_then_rests() -> None:
    revision = published()
    jobs.render_tiles(0)
    archive = folder_of(PARCELS.slug) / f"{render.address_of(PARCELS, revision)}.pmtiles"
    made = archive.stat().st_mtime_ns
    jobs.render_tiles(60)
    assert archive.stat().st_mtime_ns == made


def test_only_the_last_three_archives_are_kept() -> None:
    for shift in (0.0, 1.0, 2.0, 3.0, 4.0):
        render.render(PARCELS, published(shift=shift))
    kept = sorted(render.revision_number(path) for path in folder_of(PARCELS.slug).glob("*.pmtiles"))
    newest = Revision.objects.filter(layer=PARCELS.slug).order_by("-number").values_list("number", flat=True)
    assert kept == sorted(newest[:3])


def test_a_layer_without_shapes_gets_no_archive() -> None:
    revision = published(parcels=1)
    gone = publish(PARCELS, [field_of(1)[:0]], DELIVERY, whole_layer=True)
    assert gone is not None and gone.number > revision.number
    assert render.render(PARCELS, gone) == 0
    assert not list(folder_of(PARCELS.slug).iterdir())


def test_a_tile_too_heavy_to_be_whole_is_left_to_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    revision = published()
    monkeypatch.setattr(tiles, "HEAVIEST", 200)
    places = [place[:3] for place in render.whole_tiles(PARCELS, revision)]
    assert all(len(tiles.tile(PARCELS, revision.number, *place).data) <= 200 for place in places)
    assert 14 not in {z for z, _, _ in places}
