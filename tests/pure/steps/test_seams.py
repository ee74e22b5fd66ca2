"""Seams between parcels and values without sense: frames of a few rows, each made for one fault."""

from __future__ import annotations

import datetime

import pytest
import shapely

from importers.steps.seams import check_seams
from importers.steps.senses import check_senses
from tests.pure.steps.making import EAST, NORTH, box, codes, context, frame, only


def seams(*shapes: object, layer: str = "parcels") -> list[object]:
    return check_seams(frame(shapes=list(shapes), crs=9209), context(layer))[1]


def rectangle(west: float, south: float, east: float, north: float) -> shapely.Polygon:
    return shapely.box(EAST + west, NORTH + south, EAST + east, NORTH + north)


RING = [rectangle(0, 0, 60, 10), rectangle(0, 40, 60, 50), rectangle(0, 10, 20, 40), rectangle(40, 10, 60, 40)]


def test_parcels_that_share_their_corners_give_no_finding() -> None:
    assert seams(box(0), box(1), box(2)) == []


@pytest.mark.parametrize(("width", "is_gap"), [(0.05, True), (0.9, True), (3.0, False)])
def test_narrow_ground_between_parcels_is_a_gap_and_a_road_is_none(width: float, is_gap: bool) -> None:
    middle = rectangle(20, 10, 40 - width, 40)
    found = [finding for finding in seams(*RING, middle) if finding.code == "gap"]
    assert bool(found) == is_gap
    if is_gap:
        [finding] = found
        assert finding.place and EAST + 40 - width < finding.place[0] < EAST + 40
        assert finding.detail["area"] == f"{30 * width:.2f}"


def test_a_hole_nobody_fills_is_a_decision_and_a_filled_one_is_none() -> None:
    inner = rectangle(5, 5, 9, 9)
    holed = box(0).difference(inner)
    finding = only(seams(holed), "hole-empty")
    assert (finding.severity, finding.detail["area"]) == ("decide", "16.0")
    assert seams(holed, inner) == []


def test_a_thread_is_no_parcel() -> None:
    assert "sliver" in codes(seams(rectangle(0, 0, 0.02, 15)))
    assert seams(rectangle(0, 0, 0.9, 0.9)) == []


def test_a_short_edge_is_shown_at_its_middle() -> None:
    shape = shapely.Polygon([(EAST, NORTH), (EAST + 20, NORTH), (EAST + 20.03, NORTH), (EAST + 10, NORTH + 30)])
    finding = only(seams(shape), "edge-short")
    assert finding.place == pytest.approx((EAST + 20.015, NORTH))
    assert finding.detail["length"] == "3.0"


def test_a_corner_on_a_neighbours_border_is_told_to_the_neighbour() -> None:
    low, high = rectangle(20, 0, 40, 15), rectangle(20, 15, 40, 30)
    finding = only(seams(box(0), low, high), "corner-unmatched")
    assert (finding.row, finding.place) == (1, (EAST + 20, NORTH + 15))


def test_zones_need_not_meet() -> None:
    assert seams(*RING, rectangle(20, 10, 39.5, 40), layer="groundwater-zones") == []


@pytest.mark.parametrize("number", ["12", "12a", "TĐ03-2014", "1/2", "12+13"])
def test_numbers_of_parcels_have_many_forms(number: str) -> None:
    assert check_senses(frame(1, parcel_no=number), context())[1] == []


@pytest.mark.parametrize("number", ["không rõ", "1 2", "abc", "?", "=1+1"])
def test_what_is_no_number_of_a_parcel_blocks(number: str) -> None:
    finding = only(check_senses(frame(1, parcel_no=number), context())[1], "number-form")
    assert (finding.severity, finding.row, finding.value) == ("block", 1, number)


def test_a_term_that_ends_before_it_begins_blocks() -> None:
    first, last = datetime.date(2026, 1, 1), datetime.date(2025, 12, 31)
    said = frame(3, valid_from=[first, first, None], valid_until=[last, first, last])
    finding = only(check_senses(said, context("groundwater-zones"))[1], "dates-reversed")
    assert (finding.row, finding.detail["until"]) == (1, "31/12/2025")
