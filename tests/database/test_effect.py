"""The effect before the act: which parcels' answers a delivery would change, told without publishing it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from shapely.geometry.base import BaseGeometry

from importers import effect as effects
from importers.effect import Effect, ThemeShift, effect
from layers import catalogue
from layers.declare import Layer
from layers.ground.coverage import COVERAGE
from layers.ground.parcels import PARCELS, Parcel
from layers.queries.snapshots import newest
from layers.report.answers import Answer, Report
from layers.report.canonical import dumps
from layers.revisions import Revision
from layers.twins import ZonePiece
from tests.database.any_layer import record
from tests.database.province import DAY, FIELD, Row, ask, box, deliver, frame, parcel, survey, zone

pytestmark = pytest.mark.django_db(databases="__all__")

GROUNDWATER = "groundwater-zones"
PLAN = "planned-land-use"
NEAR, UNKNOWN = Answer.TOO_CLOSE, Answer.NOT_ASSESSED


def shape_of(number: int) -> BaseGeometry:
    return box(200 * number, 0, 200 * number + 100, 50)


@pytest.fixture(autouse=True)
def province() -> None:
    """Twelve parcels in a row, every layer surveyed, one zone of each kind of report far away."""
    deliver(PARCELS, *(parcel(n, shape_of(n)) for n in range(12)))
    deliver("coverage", *(survey(layer.slug) for layer in (*catalogue.reported(), *catalogue.composed())))
    deliver(GROUNDWATER, zone(GROUNDWATER, "far", box(4000, 4000, 4100, 4100), decision_no="9/QĐ"))
    deliver(PLAN, zone(PLAN, "far", box(4000, 4000, 4100, 4100), decision_no="9/QĐ"))


def would(layer: str | Layer, *rows: Row, whole_layer: bool = False) -> Effect:
    declared = catalogue.get(layer) if isinstance(layer, str) else layer
    return effect(declared, [frame(rows)], whole_layer=whole_layer, on=DAY)


def theme(answer: Report, name: str) -> Answer | None:
    return next(found.answer for found in answer.themes if found.theme == name)


def test_a_new_zone_changes_the_parcels_it_touches_and_no_other() -> None:
    found = would(GROUNDWATER, zone(GROUNDWATER, "a", box(0, 0, 700, 50), accuracy_m=1.0))
    assert [shift.number[2] for shift in found.parcels] == ["0", "1", "2", "3"]
    assert (found.changed, found.shifted, found.examined == found.touched) == (4, 0, True)
    assert found.largest_share_change == Decimal("100.00")


def test_it_says_from_what_to_what() -> None:
    before = {n: theme(ask(n), "water") for n in range(12)}
    rows = [zone(GROUNDWATER, "a", box(0, 0, 50, 50), accuracy_m=1.0)]
    found = would(GROUNDWATER, *rows)
    deliver(GROUNDWATER, *rows)
    after = {n: theme(ask(n), "water") for n in range(12)}
    truth = {n: (before[n], after[n]) for n in range(12) if before[n] != after[n]}
    told = {int(shift.number[2]): (shift.themes[0].before, shift.themes[0].after) for shift in found.parcels}
    assert told == truth != {}


def test_it_writes_nothing() -> None:
    before = (newest(), Revision.objects.count(), ZonePiece.objects.count(), dumps(ask(1)))
    would(GROUNDWATER, zone(GROUNDWATER, "a", box(0, 0, 700, 50)))
    would(PARCELS, *(parcel(n, FIELD) for n in range(1, 2)))
    assert (newest(), Revision.objects.count(), ZonePiece.objects.count(), dumps(ask(1))) == before
    assert not Parcel.objects.exclude(until=None).exists()


def test_the_same_delivery_again_changes_nothing() -> None:
    found = would(GROUNDWATER, zone(GROUNDWATER, "far", box(4000, 4000, 4100, 4100), decision_no="9/QĐ"))
    assert found == Effect(found.difference)
    assert found.difference.same == 1


def test_a_zone_that_grows_shifts_shares_without_another_answer() -> None:
    deliver(GROUNDWATER, zone(GROUNDWATER, "a", box(0, 0, 50, 50), accuracy_m=1.0))
    found = would(GROUNDWATER, zone(GROUNDWATER, "a", box(0, 0, 80, 50), accuracy_m=1.0))
    assert (found.changed, found.shifted) == (0, 1)
    assert found.largest_share_change == Decimal("30.00")


def test_a_zone_that_goes_counts_with_a_minus() -> None:
    deliver(GROUNDWATER, zone(GROUNDWATER, "a", box(0, 0, 50, 50), accuracy_m=1.0))
    found = would(GROUNDWATER, zone(GROUNDWATER, "b", box(4000, 0, 4050, 50)))
    assert [(shift.number[2], shift.share_change) for shift in found.parcels] == [("0", Decimal("-50.00"))]


def test_a_zone_near_the_border_is_too_close_to_call() -> None:
    found = would(GROUNDWATER, zone(GROUNDWATER, "a", box(-50, 0, -5, 50), accuracy_m=10.0))
    assert [(shift.number[2], shift.themes[0].after) for shift in found.parcels] == [("0", NEAR)]


def test_a_parcel_that_is_measured_anew_is_compared_with_itself() -> None:
    deliver(GROUNDWATER, zone(GROUNDWATER, "a", box(0, 0, 50, 50), accuracy_m=1.0))
    rows = [parcel(n, shape_of(n)) for n in range(1, 12)]
    found = would(PARCELS, parcel(0, box(60, 0, 100, 50)), *rows)
    assert (found.touched, found.changed) == (1, 1)
    assert found.parcels[0].share_change == Decimal("-50.00")


def test_new_purposes_change_no_answer() -> None:
    found = would(PARCELS, *(parcel(n, shape_of(n), map_scale=500) for n in range(12)))
    assert (found.difference.changed, found.touched, found.changed) == (12, 0, 0)


def test_a_plan_is_told_by_its_kinds() -> None:
    found = would(PLAN, zone(PLAN, "a", box(0, 0, 50, 50)))
    assert found.themes == {ThemeShift("land-use-plan", UNKNOWN, None): 1}
    assert found.largest_share_change == Decimal("50.00")


def test_a_survey_taken_away_makes_ground_unassessed() -> None:
    rows = [survey(layer.slug) for layer in catalogue.reported() if layer.slug != GROUNDWATER]
    found = would(COVERAGE, *rows, survey(GROUNDWATER, box(-5000, -5000, 250, 5000)))
    # The theme was not assessed before, for want of its other layers; of this one, 11 parcels lose a side or all.
    assert (found.touched, found.changed, found.shifted) == (12, 0, 11)


def test_a_layer_published_for_the_first_time_is_asked_of_everybody() -> None:
    found = would("kept-ponds", zone_of_any("kept-ponds"))
    assert found.touched == 12


def zone_of_any(slug: str) -> Row:
    return {**record(catalogue.get(slug)), "geometry": box(4000, 0, 4050, 50)}


def test_beyond_a_number_a_sample_stands_for_the_rest_and_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(effects, "EVERY_PARCEL_UP_TO", 4)
    monkeypatch.setattr(effects, "SAMPLE", 5)
    found = would(GROUNDWATER, zone(GROUNDWATER, "a", box(-50, -50, 3000, 100), accuracy_m=1.0))
    assert (found.touched, found.examined, found.is_sample, found.changed) == (12, 5, True, 5)
    assert found.changed_in_all == 12


def test_a_layer_no_answer_depends_on_is_compared_only() -> None:
    found = would("roads", record(catalogue.get("roads")))
    assert (found.difference.added, found.touched) == (1, 0)


def test_what_many_are_told_is_what_each_is_told() -> None:
    """The set-based answers are those of the report."""
    deliver(GROUNDWATER, zone(GROUNDWATER, "a", box(0, 0, 700, 50), accuracy_m=8.0))
    deliver(PLAN, zone(PLAN, "a", box(0, 0, 250, 50)))
    found = would(GROUNDWATER, zone(GROUNDWATER, "a", box(4000, 0, 4700, 50), accuracy_m=8.0))
    assert found.changed == 4
    for shift in found.parcels:
        answer = ask(feature_id=shift.feature_id)
        assert {change.theme: change.before for change in shift.themes} == {
            change.theme: theme(answer, change.theme) for change in shift.themes
        }
