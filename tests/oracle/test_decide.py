"""The oracle against what a person works out with a pencil."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from tests.oracle.cases import CASES
from tests.oracle.decide import (
    Answer,
    combine_layer,
    combine_theme,
    decide,
    is_covered,
    uncovered_area,
)
from tests.oracle.drawings import FIELD, Case, at_site, box
from tests.oracle.pairs import KINDS, random_pairs

NOT_A_DRAWING = {
    "empty": "POLYGON EMPTY",
    "without extent": "POLYGON ((0 0, 10 0, 20 0, 0 0))",
    "mixed": "GEOMETRYCOLLECTION (POINT (1 1), LINESTRING (0 0, 5 5))",
}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_hand_made_case_is_decided_as_by_hand(case: Case) -> None:
    decision = decide(case.parcel_at_site(), case.zone_at_site(), case.margin, case.whole_parcels)
    assert decision.answer == case.answer
    assert decision.near_limit == case.at_limit
    said = {"shared_area": case.area, "share": case.share, "distance": case.distance}
    found = {name: getattr(decision, name) for name, value in said.items() if value is not None}
    assert found == pytest.approx({name: value for name, value in said.items() if value is not None}, abs=1e-6)


def test_no_two_cases_have_one_name() -> None:
    assert len({case.name for case in CASES}) == len(CASES) >= 30


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_case_says_whether_its_drawings_are_broken(case: Case) -> None:
    assert case.broken == (not (case.parcel_at_site().is_valid and case.zone_at_site().is_valid))


@pytest.mark.parametrize("zone", NOT_A_DRAWING.values(), ids=NOT_A_DRAWING.keys())
def test_what_is_no_drawing_is_refused_in_words(zone: str) -> None:
    with pytest.raises(ValueError, match=r"\w+ \w+"):
        decide(shapely.from_wkt(FIELD), shapely.from_wkt(zone), 1)


def test_a_coordinate_that_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="not a number"):
        decide(shapely.from_wkt(FIELD), shapely.Point(float("nan"), 1), 1)


@pytest.mark.parametrize("margin", [-1, float("nan"), float("inf")])
def test_a_margin_that_is_no_length_is_refused(margin: float) -> None:
    with pytest.raises(ValueError, match="length in metres"):
        decide(shapely.from_wkt(FIELD), shapely.Point(1, 1), margin)


def test_a_line_is_no_parcel() -> None:
    with pytest.raises(ValueError, match="A parcel is an area"):
        decide(shapely.from_wkt("LINESTRING (0 0, 5 5)"), shapely.Point(1, 1), 1)


@pytest.mark.parametrize("kind", KINDS)
def test_no_sampled_point_is_deeper_than_an_undecided_or_unaffected_pair_allows(kind: str) -> None:
    """The search for the deepest point, held against a thousand points of the shared ground."""
    looked_at = 0
    for pair in random_pairs(kind, 150, seed=5):
        decision = decide(*pair)
        shared = pair.parcel.intersection(pair.zone)
        if pair.whole_parcels or decision.answer == "affected" or shared.is_empty:
            continue
        points = shapely.points(shapely.get_coordinates(shared.segmentize(0.5)))
        depths = shapely.distance(pair.parcel.boundary, points)
        if kind == "area":
            depths = np.maximum(depths, shapely.distance(pair.zone.boundary, points))
        assert depths.max() <= pair.margin + 0.001
        looked_at += 1
    assert looked_at > 10


def test_an_affected_pair_has_ground_left_after_the_margin_is_taken_off() -> None:
    """The same definition by buffers: of P ∩ Z something must remain inside the shrunk zone or parcel."""
    looked_at = 0
    for pair in random_pairs("area", 150, seed=6):
        decision = decide(*pair)
        if pair.whole_parcels or decision.near_limit or decision.answer == "not-affected":
            continue
        shared = pair.parcel.intersection(pair.zone)
        edges = [shape.boundary.buffer(pair.margin, quad_segs=256) for shape in (pair.parcel, pair.zone)]
        rest = max(shared.difference(edge).area for edge in edges)
        assert (rest > 0) == (decision.answer == "affected")
        looked_at += 1
    assert looked_at > 50


@pytest.mark.parametrize(
    ("zones", "covered", "answer"),
    [
        ([], True, "not-affected"),
        ([], False, "not-assessed"),
        (["not-affected"], True, "not-affected"),
        (["not-affected"], False, "not-assessed"),
        (["not-affected", "not-assessed"], True, "not-assessed"),
        (["too-close"], False, "too-close"),
        (["too-close", "not-affected"], True, "too-close"),
        (["too-close", "affected"], False, "affected"),
    ],
)
def test_a_layer_says_the_strongest_of_its_zones(zones: list[Answer], covered: bool, answer: str) -> None:
    assert combine_layer(zones, covered) == answer


@pytest.mark.parametrize(
    ("layers", "answer"),
    [
        ([], "not-assessed"),
        (["not-affected", "not-affected"], "not-affected"),
        (["not-affected", "not-assessed"], "not-assessed"),
        (["not-assessed", "too-close"], "too-close"),
        (["not-assessed", "too-close", "affected"], "affected"),
    ],
)
def test_a_theme_is_not_affected_only_when_every_layer_is(layers: list[Answer], answer: str) -> None:
    assert combine_theme(layers) == answer


def test_coverage_counts_overlapping_surveys_once_and_sees_a_gap() -> None:
    west, east, gap = (
        at_site(box(-10, -10, 60, 60)),
        at_site(box(40, -10, 110, 60)),
        at_site(box(62, -10, 110, 60)),
    )
    assert is_covered(at_site(FIELD), [west, east])
    assert uncovered_area(at_site(FIELD), [west, gap]) == pytest.approx(100)
    assert not is_covered(at_site(FIELD), [west, gap])
    assert uncovered_area(at_site(FIELD), []) == pytest.approx(5000)


def test_a_seam_of_a_tenth_of_a_millimetre_is_rounding() -> None:
    assert is_covered(at_site(FIELD), [at_site(box(-10, -10, 60, 60)), at_site(box(60.0001, -10, 110, 60))])
