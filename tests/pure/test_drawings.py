"""The parcel to scale, hatches as lines, quiet tints, and the land under the map."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from decimal import Decimal

import pytest
import shapely

from exports import base_map, tints
from exports.drawing import HEIGHT, WIDTH, drawing
from exports.hatching import STEP, hatched
from exports.still_map import HEIGHT as PICTURE_HIGH
from exports.still_map import SHARE, around, path
from layers.report.answers import ParcelCard

Ring = tuple[tuple[float, float], ...]
# 20 m wide, 30 m deep, counter-clockwise, from its south-western corner.
HOUSE: Ring = ((0.0, 0.0), (20.0, 0.0), (20.0, 30.0), (0.0, 30.0), (0.0, 0.0))


def card(*rings: Ring) -> ParcelCard:
    east, north = zip(*rings[0], strict=True)
    return ParcelCard(
        feature_id=1,
        since=1,
        commune_code="12688",
        commune="Xã Đông Hưng",
        sheet_no="45",
        parcel_no="123",
        old_commune="",
        old_district="",
        old_sheet_no="",
        old_parcel_no="",
        parcel_code="",
        area_paper_m2=None,
        area_drawn_m2=Decimal(600),
        purposes=(),
        map_scale=1000,
        accuracy_m=0.15,
        source="",
        surveyed_on=None,
        lon=106.3,
        lat=20.4,
        bounds=(min(east), min(north), max(east), max(north)),
        polygons=(rings,),
        parents=(),
        children=(),
    )


def test_corners_are_numbered_clockwise_from_the_north_west() -> None:
    corners = drawing(card(HOUSE)).corners
    assert [(corner.number, corner.east, corner.north) for corner in corners] == [
        (1, 0.0, 30.0),
        (2, 20.0, 30.0),
        (3, 20.0, 0.0),
        (4, 0.0, 0.0),
    ]
    assert [corner.edge_m for corner in corners] == [20.0, 30.0, 20.0, 30.0]


@pytest.mark.parametrize("ring", [HOUSE, HOUSE[::-1]], ids=["counter-clockwise", "clockwise"])
def test_the_direction_of_the_delivered_ring_does_not_matter(ring: Ring) -> None:
    assert drawing(card(ring)).corners == drawing(card(HOUSE)).corners


def test_lengths_on_the_drawing_are_in_one_scale_with_its_bar() -> None:
    drawn = drawing(card(HOUSE))
    first, second = drawn.corners[0], drawn.corners[1]
    on_picture = math.dist((first.x, first.y), (second.x, second.y))
    assert on_picture / first.edge_m == pytest.approx(drawn.bar / drawn.bar_m, rel=0.02)


def test_the_labels_stand_outside_the_parcel_and_inside_the_picture() -> None:
    drawn = drawing(card(HOUSE))
    inside = shapely.Polygon([(corner.x, corner.y) for corner in drawn.corners])
    for corner in drawn.corners:
        assert corner.label is not None
        assert not inside.contains(shapely.Point(corner.label))
        assert 0 < corner.label[0] < WIDTH
        assert 0 < corner.label[1] < HEIGHT


def test_a_hole_is_drawn_but_its_corners_are_not_numbered() -> None:
    hole: Ring = ((5.0, 5.0), (10.0, 5.0), (10.0, 10.0), (5.0, 5.0))
    drawn = drawing(card(HOUSE, hole))
    assert drawn.path.count("M") == 2
    assert len(drawn.corners) == 4


def test_corners_of_a_curve_are_all_told_but_not_all_numbered() -> None:
    circle = shapely.Point(0, 0).buffer(20, quad_segs=40).exterior.coords
    ring = tuple((float(x), float(y)) for x, y in circle)
    corners = drawing(replace(card(ring))).corners
    assert len(corners) == 160
    assert 10 < sum(corner.label is not None for corner in corners) < 80


@pytest.mark.parametrize("kind", ["diagonal", "back-diagonal", "cross", "dots"])
def test_a_hatch_stays_within_its_shape(kind: str) -> None:
    shape = shapely.Point(100, 100).buffer(60).difference(shapely.Point(100, 100).buffer(20))
    parts = hatched(shape, kind)
    assert len(parts) > 5
    assert all(shape.buffer(1.5).contains(part) for part in parts)


def test_diagonals_lean_to_opposite_sides_and_keep_their_distance() -> None:
    square = shapely.box(0, 0, 90, 90)
    slopes = {}
    for kind in ("diagonal", "back-diagonal"):
        [(x1, y1), (x2, y2)] = next(part for part in hatched(square, kind) if part.length > 30).coords
        slopes[kind] = (y2 - y1) / (x2 - x1)
    assert slopes == {"diagonal": pytest.approx(-1), "back-diagonal": pytest.approx(1)}
    lines = hatched(square, "diagonal")
    assert lines[5].distance(lines[6]) == pytest.approx(STEP)


def test_no_hatch_is_no_line() -> None:
    assert hatched(shapely.box(0, 0, 9, 9), "none") == []


def test_the_still_map_keeps_neighbours_around_a_large_parcel_and_metres_around_a_small_one() -> None:
    frame = around((0, 0, 300, 200))
    assert (frame.box[3] - frame.box[1]) * SHARE >= 200
    assert around((0, 0, 4, 4)).box[3] - around((0, 0, 4, 4)).box[1] >= 100
    assert frame.scale * (frame.box[3] - frame.box[1]) == pytest.approx(PICTURE_HIGH)


def test_a_tint_is_between_the_paper_and_the_official_colour() -> None:
    assert tints.softened("#000000") < "#b0b0b0"
    assert tints.land_use()["LUC"] != "#fffc8c"
    assert all(len(colour) == 7 for colour in tints.land_use().values())


def test_the_archipelagos_are_named_where_they_lie() -> None:
    features = json.loads(base_map.TARGET.read_text(encoding="utf-8"))["features"]
    places = {feature["properties"].get("name"): feature["geometry"]["coordinates"] for feature in features}
    assert places["Quần đảo Hoàng Sa"] == [112.0, 16.5]
    assert places["Quần đảo Trường Sa"] == [114.3333, 10.0]


def test_the_base_map_is_what_its_source_makes() -> None:
    if not base_map.SOURCE.is_file():
        pytest.skip("node_modules is not there; ./portal setup fetches it")
    made = json.loads(base_map.text_of(json.loads(base_map.SOURCE.read_text())))
    kept = json.loads(base_map.TARGET.read_text(encoding="utf-8"))
    made_land, kept_land = (shapely.geometry.shape(found["features"][0]["geometry"]) for found in (made, kept))
    assert made_land.symmetric_difference(kept_land).area < 1e-6


@pytest.mark.parametrize(("lon", "lat", "is_land"), [(106.34, 20.45, True), (107.2, 20.2, False)])
def test_the_province_is_land_and_the_gulf_is_not(lon: float, lat: float, is_land: bool) -> None:
    [land, *_] = json.loads(base_map.TARGET.read_text(encoding="utf-8"))["features"]
    assert shapely.geometry.shape(land["geometry"]).contains(shapely.Point(lon, lat)) is is_land


@pytest.mark.parametrize("words", ["POINT EMPTY", "POLYGON EMPTY", "MULTIPOINT EMPTY", "LINESTRING EMPTY"])
def test_nothing_is_no_path(words: str) -> None:
    assert path(shapely.from_wkt(words)) == ""


def test_a_dot_is_a_line_of_no_length() -> None:
    assert path(shapely.Point(1, 2)) == "M1.0 2.0h0"
