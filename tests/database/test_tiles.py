"""Tiles decoded by another library than the one that made them, and what stands under their addresses."""

from __future__ import annotations

import gzip
import math
from dataclasses import dataclass
from typing import Any

import mapbox_vector_tile
import pytest
import shapely
from django.db import connection
from django.test import Client
from pyproj import Transformer

from layers import catalogue, public
from layers.declare import Layer
from layers.ground.parcels import PARCELS, Parcel
from layers.queries import tiles
from layers.queries.snapshots import newest
from tests.database.province import FIELD, SOUTH, WEST, box, deliver, line, parcel, point, standing, zone

pytestmark = pytest.mark.django_db(databases="__all__")

TO_WGS84 = Transformer.from_crs(9209, 4326, always_xy=True)
WORLD = 2 * math.pi * 6378137


@dataclass(frozen=True)
class Place:
    """A tile, and where on it (4096 units, y down) a point of the province's plane must be."""

    z: int
    x: int
    y: int

    def unit(self, east: float, north: float) -> tuple[float, float]:
        across, down = world(east, north)
        return (across * 2**self.z - self.x) * 4096, (down * 2**self.z - self.y) * 4096


def world(east: float, north: float) -> tuple[float, float]:
    """How far across and down the Mercator world, 0 to 1, by the textbook's formula on pyproj's degrees."""
    lon, lat = TO_WGS84.transform(east, north)
    return (lon + 180) / 360, (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2


def tile_at(z: int, east: float = WEST + 50, north: float = SOUTH + 25) -> Place:
    across, down = world(east, north)
    return Place(z, int(across * 2**z), int(down * 2**z))


def address(layer: Layer, place: Place, snapshot: int | None = None) -> str:
    template = public.tile_address(layer, snapshot or newest() or 0)
    assert template is not None
    return template.format(z=place.z, x=place.x, y=place.y)


def get(client: Client, layer: Layer, place: Place, snapshot: int | None = None) -> Any:
    return client.get(address(layer, place, snapshot))


def decoded(answer: Any) -> dict[str, Any]:
    """The one layer of a tile; y down, as it is written."""
    assert answer.status_code == 200, answer.content
    [layer] = mapbox_vector_tile.decode(answer.content, default_options={"y_coord_down": True}).values()
    return dict(layer)


def features(answer: Any) -> list[dict[str, Any]]:
    return list(decoded(answer)["features"])


@pytest.mark.parametrize("z", [14, 15, 16, 17])
def test_a_parcel_is_drawn_within_one_unit_of_its_place(client: Client, z: int) -> None:
    deliver(PARCELS, parcel(1))
    place = tile_at(z)
    [feature] = features(get(client, PARCELS, place))
    drawn = shapely.geometry.shape(feature["geometry"])
    true = shapely.Polygon([place.unit(*corner) for corner in FIELD.exterior.coords])
    assert shapely.hausdorff_distance(drawn.exterior, true.exterior) <= 1
    assert abs(drawn.area - true.area) <= drawn.length


def test_a_feature_has_its_own_id_and_only_the_declared_public_attributes(client: Client) -> None:
    deliver(PARCELS, parcel(1, land_use="ONT", parcel_code="123456789012", source="Đo đạc 2014"))
    [feature] = features(get(client, PARCELS, tile_at(16)))
    assert feature["id"] == standing(1).feature_id
    assert feature["properties"] == {"parcel_no": "1", "land_use": "ONT"}


def test_a_plain_shape_and_one_that_needs_repair_are_drawn_alike(client: Client) -> None:
    deliver(PARCELS, parcel(1))
    assert standing(1).plain_shape
    plain = features(get(client, PARCELS, tile_at(16)))
    Parcel.objects.update(plain_shape=False)
    repaired = features(get(client, PARCELS, tile_at(16)))
    same = [shapely.geometry.shape(feature["geometry"]).normalize() for feature in (*plain, *repaired)]
    assert same[0].equals_exact(same[1], tolerance=1)


@pytest.mark.parametrize("sign", [1.0, -1.0], ids=["delivered anticlockwise", "delivered clockwise"])
def test_outer_rings_run_the_way_round_the_format_asks_for(client: Client, sign: float) -> None:
    deliver(PARCELS, parcel(1, shapely.geometry.polygon.orient(FIELD, sign)))
    [feature] = features(get(client, PARCELS, tile_at(16)))
    # Positive area by the surveyor's formula on the numbers as written (Mapbox Vector Tile 2.1, 4.3.3.3).
    assert shapely.geometry.shape(feature["geometry"]).exterior.is_ccw


@pytest.mark.parametrize(
    ("shape", "plain"),
    [
        (box(0, 0, 20, 15), True),
        (box(0, 0, 0.2, 15), False),
        (box(0, 0, 1500, 1500), False),
        (shapely.Point(WEST, SOUTH).buffer(30, quad_segs=64), False),
    ],
    ids=["a plot", "thinner than a unit", "larger than tiles bear", "of too many vertices"],
)
def test_only_small_simple_parcels_go_the_short_way(shape: Any, plain: bool) -> None:
    deliver(PARCELS, parcel(1, shape))
    assert standing(1).plain_shape is plain


def test_a_large_parcel_is_clipped_near_the_edge_of_its_tile(client: Client) -> None:
    deliver(PARCELS, parcel(1, box(-1000, -1000, 1000, 1000)))
    [feature] = features(get(client, PARCELS, tile_at(17)))
    west, south, east, north = shapely.geometry.shape(feature["geometry"]).bounds
    assert (west, south, east, north) == (-32, -32, 4128, 4128)


@pytest.mark.parametrize(
    ("slug", "shape", "kind"),
    [
        ("groundwater-zones", box(0, 0, 100, 50), "Polygon"),
        ("source-corridors", line((0, 0), (100, 50)), "LineString"),
        ("licensed-wells", point(50, 25), "Point"),
    ],
)
def test_areas_lines_and_points_are_drawn_where_they_are(client: Client, slug: str, shape: Any, kind: str) -> None:
    deliver(slug, zone(slug, "A1", shape))
    place = tile_at(15)
    [feature] = features(get(client, catalogue.get(slug), place))
    drawn = shapely.geometry.shape(feature["geometry"])
    true = shapely.transform(shape, lambda xy: [place.unit(*each) for each in xy])
    assert drawn.geom_type == kind
    assert shapely.hausdorff_distance(drawn, true) <= 1.5
    assert set(feature["properties"]) <= set(catalogue.get(slug).tile_fields)
    assert feature["properties"]["name"] == "Vùng A1"


def test_a_shape_of_many_vertices_is_told_in_few_before_one_can_see_the_difference(client: Client) -> None:
    shore = shapely.Point(WEST + 50, SOUTH + 25).buffer(300, quad_segs=200)
    deliver("groundwater-zones", zone("groundwater-zones", "N1", shore))
    for z, fewest, most, stray in ((13, 8, 100, 3), (15, 300, 802, 1)):
        place = tile_at(z, WEST + 50, SOUTH + 25)
        [feature] = features(get(client, catalogue.get("groundwater-zones"), place))
        drawn = shapely.geometry.shape(feature["geometry"])
        true = shapely.transform(shore, lambda xy, place=place: [place.unit(*each) for each in xy])
        true = true.intersection(shapely.box(-32, -32, 4128, 4128))
        assert shapely.hausdorff_distance(drawn.exterior, true.exterior) <= stray
        assert fewest <= shapely.get_num_coordinates(drawn) <= most


def test_an_older_revisions_tile_still_shows_the_older_state(client: Client) -> None:
    deliver(PARCELS, parcel(1), parcel(2, box(100, 0, 150, 50)))
    before = newest()
    old_address = address(PARCELS, tile_at(14))
    old = client.get(old_address).content
    deliver(PARCELS, parcel(1, land_use="ONT"), parcel(3, box(150, 0, 200, 50)))
    assert client.get(old_address).content == old
    named = {feature["properties"]["parcel_no"] for feature in features(get(client, PARCELS, tile_at(14), before))}
    assert named == {"1", "2"}
    now = {feature["properties"]["parcel_no"] for feature in features(get(client, PARCELS, tile_at(14)))}
    assert now == {"1", "3"}


def test_publishing_one_layer_leaves_the_addresses_of_others(client: Client) -> None:
    deliver(PARCELS, parcel(1))
    before = address(PARCELS, tile_at(16))
    deliver("licensed-wells", zone("licensed-wells", "G1", point(5, 5)))
    assert address(PARCELS, tile_at(16)) == before
    deliver(PARCELS, parcel(1, land_use="ONT"))
    assert address(PARCELS, tile_at(16)) != before


def test_a_tile_may_be_kept_for_ever_and_comes_compressed_when_that_is_understood(client: Client) -> None:
    deliver(PARCELS, parcel(1))
    plain = get(client, PARCELS, tile_at(16))
    packed = client.get(address(PARCELS, tile_at(16)), headers={"accept-encoding": "br, gzip"})
    for answer in (plain, packed):
        assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer["Content-Type"] == "application/vnd.mapbox-vector-tile"
        assert "Accept-Encoding" in answer["Vary"]
        assert "X-Tile-Cut" not in answer
    assert "Content-Encoding" not in plain
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content


def test_a_tile_with_nothing_in_it_is_told_so_and_kept_for_ever(client: Client) -> None:
    deliver(PARCELS, parcel(1))
    answer = get(client, PARCELS, tile_at(16, WEST + 9000, SOUTH + 9000))
    assert answer.status_code == 204
    assert answer.content == b""
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"


def test_too_heavy_a_tile_keeps_the_biggest_shapes_and_says_so(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    plots = [parcel(number, box(number * 6, 0, number * 6 + 6, 6 + number)) for number in range(100)]
    deliver(PARCELS, *plots)
    whole = get(client, PARCELS, tile_at(14))
    monkeypatch.setattr(tiles, "HEAVIEST", len(whole.content) // 3)
    cut = get(client, PARCELS, tile_at(14))
    assert cut["X-Tile-Cut"] == "1"
    assert len(cut.content) <= len(whole.content) // 3
    kept = {int(feature["properties"]["parcel_no"]) for feature in features(cut)}
    assert len(features(whole)) == 100
    assert kept == set(range(100 - len(kept), 100))
    assert len(kept) > 10


def test_more_shapes_than_a_tile_bears_are_cut(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    deliver(PARCELS, *(parcel(number, box(number * 5, 0, number * 5 + 5, 5)) for number in range(10)))
    monkeypatch.setattr(tiles, "MOST_FEATURES", 9)
    assert get(client, PARCELS, tile_at(15))["X-Tile-Cut"] == "1"


BAD = [
    ("/tiles/no-such-layer/1-00000000/14/1/1.mvt", 404, "layer-unknown"),
    ("/tiles/parcels/1-00000000/14/13000/7200.mvt", 404, "tile-address-old"),
    ("/tiles/parcels/999999-00000000/14/13000/7200.mvt", 404, "tile-address-old"),
    ("/tiles/parcels/99999999999999999999-00000000/14/13000/7200.mvt", 404, "tile-address-old"),
    ("/tiles/parcels/newest/14/13000/7200.mvt", 404, "tile-address-old"),
    ("/tiles/parcels/1-';DROP/14/13000/7200.mvt", 404, "tile-address-old"),
    ("/tiles/coverage/1-00000000/14/13000/7200.mvt", 404, "tile-address-old"),
    ("/tiles/admin-successions/1-00000000/14/13000/7200.mvt", 404, "tile-address-old"),
    ("/tiles/parcels/1-00000000/14/16384/0.mvt", 404, "tile-outside"),
    ("/tiles/parcels/1-00000000/14/0/16384.mvt", 404, "tile-outside"),
    (f"/tiles/parcels/1-00000000/{10**40}/0/0.mvt", 404, "tile-outside"),
    ("/tiles/parcels/1-00000000/13/6500/3600.mvt", 404, "tile-below-zoom"),
    ("/tiles/parcels/1-00000000/18/208000/115200.mvt", 404, "tile-below-zoom"),
    ("/tiles/map-sheets/1-00000000/16/0/0.mvt", 404, "tile-below-zoom"),
    ("/tiles/parcels/1-00000000/14/-1/0.mvt", 404, "page-unknown"),
    ("/tiles/parcels/1-00000000/14/0x1/0.mvt", 404, "page-unknown"),
]


@pytest.mark.parametrize(("asked", "status", "code"), BAD, ids=[code for _, _, code in BAD])
def test_a_wrong_address_is_answered_with_one_sentence(client: Client, asked: str, status: int, code: str) -> None:
    deliver(PARCELS, parcel(1))
    answer = client.get(asked)
    assert answer.status_code == status
    told = answer.json()
    assert told["code"] == code
    assert told["status"] == status
    assert told["title"].endswith(".")
    assert answer["Cache-Control"] == "no-store"


def test_the_address_of_another_layers_revision_is_refused(client: Client) -> None:
    deliver(PARCELS, parcel(1))
    deliver("licensed-wells", zone("licensed-wells", "G1", point(5, 5)))
    place = tile_at(16)
    asked = address(PARCELS, place).replace("/parcels/", "/licensed-wells/")
    assert client.get(asked).json()["code"] == "tile-address-old"


def test_a_tile_that_takes_too_long_is_a_busy_database(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    deliver(PARCELS, parcel(1))
    asked = address(PARCELS, tile_at(16))
    endless = "SELECT 'ab', 0, convert_to(pg_sleep(60)::text, 'UTF8')"
    monkeypatch.setattr(tiles, "statements", lambda slug: (endless, endless))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '50ms'")
    answer = client.get(asked)
    assert answer.status_code == 503
    assert answer.json()["code"] == "database-away"
    assert answer["Retry-After"]


def test_the_layers_are_told_as_of_a_snapshot(client: Client) -> None:
    deliver(PARCELS, parcel(1))
    before = newest()
    deliver("licensed-wells", zone("licensed-wells", "G1", point(5, 5)))

    def told(asked: str) -> dict[str, Any]:
        return {layer["slug"]: layer["tiles"] for layer in client.get(asked).json()["layers"]}

    then, now = told(f"/api/layers?at={before}"), told("/api/layers")
    assert list(now) == [layer.slug for layer in catalogue.mapped()]
    assert then["licensed-wells"] is None
    assert now["licensed-wells"] == public.tile_address(catalogue.get("licensed-wells"), newest() or 0)
    assert then["parcels"] == now["parcels"]


def test_layers_of_a_snapshot_to_come_are_refused(client: Client) -> None:
    deliver(PARCELS, parcel(1))
    answer = client.get("/api/layers?at=99")
    assert answer.status_code == 404
    assert answer.json()["code"] == "snapshot-unknown"
