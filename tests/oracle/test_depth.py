"""The search for the deepest point, where geometry knows the depth exactly."""

from __future__ import annotations

import pytest
import shapely
from shapely import affinity
from shapely.geometry.base import BaseGeometry

from tests.oracle.depth import greatest_depth
from tests.oracle.drawings import CORNER_FIELD, at_site, box

TRIANGLE = "POLYGON ((0 0, 40 0, 0 30, 0 0))"
NEEDLE = "POLYGON ((0 0, 3000 0, 0 40, 0 0))"

# What encloses the place, and how deep its deepest point lies: the radius of the greatest circle inside.
EXACT = {
    "a right triangle of 30, 40 and 50 m": (TRIANGLE, 10.0),
    "a needle 3 km long": (NEEDLE, 3000 * 40 / (3000 + 40 + 3000.266654815)),
    "a square": (box(0, 0, 20, 20), 10.0),
    "a rectangle, along a ridge of 2 m": (box(0, 0, 22, 20), 10.0),
    "the elbow of an L": (CORNER_FIELD, 40 / (2 + 2**0.5)),
}
TURNS = (0, 17, 143.5)


def turned(wkt: str, angle: float) -> BaseGeometry:
    return affinity.rotate(at_site(wkt), angle)


@pytest.mark.parametrize("angle", TURNS)
@pytest.mark.parametrize(("wkt", "depth"), EXACT.values(), ids=EXACT.keys())
@pytest.mark.parametrize(
    ("above", "exceeds", "near_limit"),
    [(-0.0015, True, False), (-0.0005, None, True), (0.0005, False, True), (0.0015, False, False)],
)
def test_the_deepest_point_is_found_to_a_millimetre(
    wkt: str, depth: float, above: float, exceeds: bool | None, near_limit: bool, angle: float
) -> None:
    area = turned(wkt, angle)
    found = greatest_depth(area, area.boundary, depth + above)
    assert found.near_limit == near_limit
    assert found.exceeds == exceeds or exceeds is None
    assert found.found <= depth + 1e-6


@pytest.mark.parametrize("angle", TURNS)
def test_along_a_line_the_deepest_point_may_lie_between_its_vertices(angle: float) -> None:
    field = affinity.rotate(at_site(TRIANGLE), angle, origin=(0, 0))
    line = affinity.rotate(at_site("LINESTRING (10 0, 10 22.5)"), angle, origin=(0, 0))
    assert greatest_depth(line, field.boundary, 9.998).exceeds
    assert not greatest_depth(line, field.boundary, 10.002).exceeds


def test_a_long_ridge_at_the_limit_is_called_near_instead_of_searched_for_ever() -> None:
    lane = shapely.box(0, 0, 5000, 8)
    assert greatest_depth(lane, lane.boundary, 4).near_limit


def test_nothing_shared_has_no_depth_and_is_near_no_limit() -> None:
    depth = greatest_depth(shapely.Polygon(), shapely.box(0, 0, 1, 1).boundary, 0)
    assert not depth.exceeds
    assert not depth.near_limit
