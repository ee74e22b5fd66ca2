"""How deep is deep: a few millimetres on either side of a limit, where a rough answer would be a wrong one."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
import shapely
from shapely import affinity
from shapely.geometry.base import BaseGeometry

from layers import catalogue
from layers.declare import Layer
from layers.ground.parcels import PARCELS
from layers.queries import subjects
from layers.queries.snapshots import newest
from layers.queries.zones import Hit, hits
from tests.database.province import DAY, box, deliver, line, parcel, point, standing, zone
from tests.oracle.decide import decide

pytestmark = pytest.mark.django_db(databases="__all__")

GROUNDWATER, WELLS = catalogue.get("groundwater-zones"), catalogue.get("licensed-wells")
LINES = replace(catalogue.get("source-corridors"), reach=None)
MARGINS = (0.5, 10.0, 60.0)
GROUND = box(-500, -500, 500, 500)
PIN = box(-0.1, -0.1, 0, 0)
# Half-way between two corners of a coarse arc, where it is flattest.
ASLANT = math.radians(45 + 5.625 / 2)


def asked(ground: BaseGeometry, layer: Layer, shape: BaseGeometry, margin: float, *, listed: bool = False) -> list[Hit]:
    """What the portal says of the zone; the oracle must say the same when no limit is nearer than a millimetre."""
    deliver(PARCELS, parcel(1, ground))
    deliver(layer, zone(layer.slug, "zone", shape, accuracy_m=0.6 * margin, whole_parcels=listed))
    found = hits(subjects.parcel(standing(1).row_id), 0.4 * margin, {layer.slug: 0.0}, newest() or 0, DAY)
    oracle = decide(ground, shape, margin, listed)
    told = found[0].answer if found else "not-affected"
    assert told == oracle.answer or oracle.near_limit
    return found


@pytest.mark.parametrize("margin", MARGINS)
@pytest.mark.parametrize(("above", "answer"), [(-0.003, "too-close"), (0.003, "affected")])
def test_the_distance_from_a_corner_is_round(margin: float, above: float, answer: str) -> None:
    """Only its far corner, aslant from the corner of a hole in the parcel, may lie deeper than the margin."""
    east, north = (margin + above) * math.cos(ASLANT), (margin + above) * math.sin(ASLANT)
    shape = box(0.99 * east, 0.99 * north, east, north)
    assert asked(GROUND.difference(PIN), GROUNDWATER, shape, margin)[0].answer == answer


@pytest.mark.parametrize("margin", MARGINS)
@pytest.mark.parametrize(("above", "answer"), [(-0.003, "too-close"), (0.003, "affected")])
def test_a_strip_is_as_deep_as_half_its_width(margin: float, above: float, answer: str) -> None:
    lane = box(-50, 0, 50, margin)
    strip = box(-(margin + above), -500, margin + above, 500)
    assert asked(lane, GROUNDWATER, strip, margin)[0].answer == answer


@pytest.mark.parametrize("margin", MARGINS)
@pytest.mark.parametrize(("above", "answer"), [(-0.003, "too-close"), (0.003, "affected")])
def test_a_line_ends_as_deep_as_its_last_point(margin: float, above: float, answer: str) -> None:
    assert asked(GROUND, LINES, line((0, -600), (0, -500 + margin + above)), margin)[0].answer == answer


@pytest.mark.parametrize("margin", MARGINS)
@pytest.mark.parametrize(("above", "answer"), [(-0.003, "too-close"), (0.003, "affected")])
def test_a_point_is_as_deep_as_the_nearest_edge_is_far(margin: float, above: float, answer: str) -> None:
    assert asked(GROUND, WELLS, point(-500 + margin + above, 0), margin)[0].answer == answer


@pytest.mark.parametrize("margin", MARGINS)
@pytest.mark.parametrize(("above", "found"), [(-0.003, 1), (0.003, 0)])
def test_beside_the_parcel_the_margin_is_a_distance(margin: float, above: float, found: int) -> None:
    beside = box(500 + margin + above, -10, 600, 10)
    assert len(asked(GROUND, GROUNDWATER, beside, margin)) == found


def test_a_small_part_in_the_middle_counts_beside_a_large_one_at_the_edge() -> None:
    parts = shapely.union_all([box(-490, -500, 490, -492), box(0, 0, 1, 1)])
    assert asked(GROUND, GROUNDWATER, parts, 10)[0].answer == "affected"


def test_a_closed_shore_is_wholly_within_its_own_margin() -> None:
    """GEOS takes a closed line for a ring and, where the margin fills the ring, leaves ground out of it."""
    plot = shapely.Polygon([(583_000, 2_260_051.5), (583_022, 2_260_064), (583_043, 2_260_013.8), (583_022, 2_260_000)])
    twins = shapely.union_all([plot, affinity.translate(plot, 122, 113)])
    assert asked(twins, GROUNDWATER, twins.buffer(0.4, quad_segs=3), 51.24)[0].answer == "too-close"


def test_a_curve_of_many_shallow_corners_is_followed_exactly() -> None:
    """A border in waves of 0.25 m: from the crests 54.75 m are too deep, from the troughs only 55 m."""
    waves = [(x, 0.25 * (x % 20 == 0)) for x in range(-400, 401, 10)]
    rough = shapely.Polygon([*line(*waves).coords, *line((400, 110.0), (-400, 110.0)).coords])
    assert asked(rough, GROUNDWATER, rough, 54.85)[0].answer == "affected"
    assert asked(rough, GROUNDWATER, rough, 54.95)[0].answer == "affected"
    assert asked(rough, GROUNDWATER, rough, 55.05)[0].answer == "too-close"


@pytest.mark.parametrize(
    ("layer", "shape"), [(LINES, line((-500, -100), (-500, 100))), (WELLS, point(-500, 0))], ids=["line", "point"]
)
def test_what_lies_on_the_edge_is_not_inside_a_listed_parcel(layer: Layer, shape: BaseGeometry) -> None:
    [hit] = asked(GROUND, layer, shape, 5, listed=True)
    assert hit.answer == "not-affected"
    assert hit.distance_m == 0


def test_a_line_drawn_twice_is_as_long_as_once() -> None:
    once = line((-600, 0), (0, 0))
    [hit] = asked(GROUND, LINES, shapely.MultiLineString([once, once]), 5)
    assert hit.length_m == 500
