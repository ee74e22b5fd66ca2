"""The oracle of compositions itself, against what a person works out by hand."""

from __future__ import annotations

import pytest
import shapely

from tests.oracle.composition import Planned, compose
from tests.oracle.plans import random_plans

FIELD = shapely.box(0, 0, 100, 50)
WEST, EAST = shapely.box(-50, -50, 60, 100), shapely.box(60, -50, 200, 100)


def of(*kinds: str) -> frozenset[str]:
    return frozenset(kinds)


def test_two_kinds_divide_the_field() -> None:
    found = compose(FIELD, [Planned(WEST, "ONT", 3), Planned(EAST, "DGT", 3)])
    assert found.parts == {of("ONT"): 3000, of("DGT"): 2000}
    assert (found.possible, found.near_limit) == (of(), False)


def test_what_is_drawn_twice_counts_once() -> None:
    found = compose(FIELD, [Planned(WEST, "ONT", 3), Planned(shapely.box(20, -50, 200, 100), "ONT", 3)])
    assert found.parts == {of("ONT"): pytest.approx(5000)}


def test_kinds_over_each_other_are_told_together_and_bare_ground_alone() -> None:
    found = compose(FIELD, [Planned(WEST, "ONT", 3), Planned(shapely.box(50, -50, 90, 100), "DGT", 3)])
    assert found.parts == {of("ONT"): 2500, of("ONT", "DGT"): 500, of("DGT"): 1500, of(): 500}


def test_without_a_record_all_is_bare() -> None:
    assert compose(FIELD, []).parts == {of(): 5000}


@pytest.mark.parametrize(("away", "possible", "near"), [(2.9, True, False), (3.0, True, True), (3.1, False, False)])
def test_a_kind_within_its_margin_is_possible(away: float, possible: bool, near: bool) -> None:
    found = compose(FIELD, [Planned(shapely.box(100 + away, 0, 200, 50), "DGT", 3)])
    assert (found.possible, found.near_limit) == (of("DGT") if possible else of(), near)


def test_whole_parcels_know_no_margin() -> None:
    assert compose(FIELD, [Planned(shapely.box(100, 0, 200, 50), "DGT", 0)]).possible == of()


def test_a_crumb_counts_with_the_largest_part() -> None:
    found = compose(FIELD, [Planned(WEST, "ONT", 3), Planned(shapely.box(60.0001, -50, 200, 100), "DGT", 3)])
    assert found.parts == {of("ONT"): pytest.approx(3000.005), of("DGT"): pytest.approx(1999.995)}


def test_random_plans_come_again_and_are_of_every_sort() -> None:
    plans = list(random_plans(60, 5))
    again = list(random_plans(60, 5))
    assert [len(plan.records) for plan in plans] == [len(plan.records) for plan in again]
    composed = [compose(plan.parcel, plan.records) for plan in plans]
    assert any(of() in found.parts for found in composed)
    assert any(len(kinds) > 1 for found in composed for kinds in found.parts)
    assert any(found.possible for found in composed)
    for plan, found in zip(plans, composed, strict=True):
        assert sum(found.parts.values()) == pytest.approx(plan.parcel.area, abs=1e-6)
