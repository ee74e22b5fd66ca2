"""What is drawn on a tile: every shape in its place, and no more than the declaration says."""

from __future__ import annotations

from typing import Any

import pytest
import shapely
from django.test import Client

from layers import catalogue
from layers.ground.parcels import PARCELS, Parcel
from layers.queries import tiles
from tests.database.province import FIELD, SOUTH, WEST, box, deliver, line, parcel, point, standing, zone
from tests.database.tile_places import features, get, tile_at

pytestmark = pytest.mark.django_db(databases="__all__")


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
