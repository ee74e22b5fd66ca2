"""What surveys say of a parcel's ground: where silence means something, and how accurate that is."""

from __future__ import annotations

from decimal import Decimal

import pytest
from shapely.geometry.base import BaseGeometry

from layers import catalogue
from layers.ground.parcels import PARCELS
from layers.report.answers import Answer, Reason
from tests.database.province import (
    EVERYWHERE,
    ask,
    box,
    deliver,
    finding,
    parcel,
    survey,
    without_default_accuracy,
    zone,
)

pytestmark = pytest.mark.django_db(databases="__all__")

GROUNDWATER = "groundwater-zones"
AWAY = box(4000, 4000, 4010, 4010)


class TestCoverage:
    """Where a layer was not surveyed, silence means nothing."""

    @pytest.fixture(autouse=True)
    def _published(self) -> None:
        deliver(PARCELS, parcel(1))
        deliver(GROUNDWATER, zone(GROUNDWATER, "far", AWAY))

    def covered(self, *shapes: BaseGeometry, **said: object) -> tuple[Answer, Decimal, int]:
        rows = [survey(GROUNDWATER, shape, f"Vùng {n}", **said) for n, shape in enumerate(shapes)]
        deliver("coverage", *rows)
        told = finding(ask(), GROUNDWATER)
        return told.answer, told.uncovered_percent, len(told.surveys)

    def test_no_row_at_all(self) -> None:
        told = finding(ask(), GROUNDWATER)
        assert (told.answer, told.reason) == (Answer.NOT_ASSESSED, Reason.NOT_COVERED)
        assert told.uncovered_percent == Decimal("100.00")

    def test_one_row_over_all(self) -> None:
        assert self.covered(EVERYWHERE) == (Answer.NOT_AFFECTED, Decimal(0), 1)

    def test_a_row_elsewhere(self) -> None:
        assert self.covered(box(300, 0, 400, 50)) == (Answer.NOT_ASSESSED, Decimal(100), 0)

    def test_a_hole_tells_how_much_lies_in_it(self) -> None:
        assert self.covered(box(-50, -50, 75, 100)) == (Answer.NOT_ASSESSED, Decimal("25.00"), 1)

    def test_two_rows_side_by_side_cover(self) -> None:
        assert self.covered(box(-50, -50, 40, 100), box(40, -50, 200, 100)) == (Answer.NOT_AFFECTED, Decimal(0), 2)

    def test_overlapping_rows_count_their_ground_once(self) -> None:
        told = self.covered(box(-50, -50, 60, 100), box(40, -50, 80, 100))
        assert told == (Answer.NOT_ASSESSED, Decimal("20.00"), 2)

    def test_a_seam_of_a_tenth_of_a_millimetre_is_rounding(self) -> None:
        assert self.covered(box(-50, -50, 40, 100), box(40.0001, -50, 200, 100))[0] == Answer.NOT_AFFECTED

    def test_a_gap_of_a_metre_is_a_hole(self) -> None:
        told = self.covered(box(-50, -50, 40, 100), box(41, -50, 200, 100))
        assert told == (Answer.NOT_ASSESSED, Decimal("1.00"), 2)

    def test_a_hole_does_not_hide_a_zone(self) -> None:
        deliver(GROUNDWATER, zone(GROUNDWATER, "near", box(50, -100, 500, 100)))
        assert self.covered(box(-50, -50, 75, 100))[0] == Answer.AFFECTED

    def test_a_hole_beside_a_doubtful_zone_leaves_the_doubt(self) -> None:
        deliver(GROUNDWATER, zone(GROUNDWATER, "near", box(105, -100, 500, 100)))
        assert self.covered(box(-50, -50, 75, 100))[0] == Answer.TOO_CLOSE

    def test_a_row_withdrawn_later_no_longer_covers(self) -> None:
        assert self.covered(EVERYWHERE)[0] == Answer.NOT_AFFECTED
        assert self.covered(box(300, 0, 400, 50))[0] == Answer.NOT_ASSESSED


class TestAccuracy:
    """The record's accuracy, else its coverage row's, else the declaration's; none: not assessed."""

    @pytest.fixture(autouse=True)
    def _published(self) -> None:
        deliver(PARCELS, parcel(1, accuracy_m=0.5))

    def margin(self, record: float | None, coverage: float | None) -> Decimal:
        deliver("coverage", survey(GROUNDWATER, accuracy_m=coverage))
        deliver(GROUNDWATER, zone(GROUNDWATER, "half", box(50, -100, 500, 100), accuracy_m=record))
        [half] = finding(ask(), GROUNDWATER).zones
        return half.margin_m

    def test_the_record_knows_best(self) -> None:
        assert self.margin(2.0, 30.0) == Decimal("2.50")

    def test_then_its_coverage_row(self) -> None:
        assert self.margin(None, 30.0) == Decimal("30.50")

    def test_then_the_declaration(self) -> None:
        assert self.margin(None, None) == Decimal("10.50")

    def test_of_two_surveys_the_worse_holds(self) -> None:
        deliver(
            "coverage",
            survey(GROUNDWATER, box(-50, -50, 40, 100), "tây", accuracy_m=3.0),
            survey(GROUNDWATER, box(40, -50, 200, 100), "đông", accuracy_m=7.0),
        )
        deliver(GROUNDWATER, zone(GROUNDWATER, "half", box(50, -100, 500, 100)))
        assert finding(ask(), GROUNDWATER).zones[0].margin_m == Decimal("7.50")

    def test_nowhere_known_is_not_assessed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(catalogue, "reported", lambda: without_default_accuracy(GROUNDWATER))
        deliver("coverage", survey(GROUNDWATER))
        deliver(GROUNDWATER, zone(GROUNDWATER, "far", AWAY))
        told = finding(ask(), GROUNDWATER)
        assert (told.answer, told.reason) == (Answer.NOT_ASSESSED, Reason.NO_ACCURACY)

    def test_records_that_all_know_theirs_are_assessed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(catalogue, "reported", lambda: without_default_accuracy(GROUNDWATER))
        deliver("coverage", survey(GROUNDWATER))
        deliver(GROUNDWATER, zone(GROUNDWATER, "far", AWAY, accuracy_m=3.0))
        assert finding(ask(), GROUNDWATER).answer == Answer.NOT_AFFECTED

    def test_a_parcel_that_nobody_can_place_is_not_assessed(self) -> None:
        deliver(PARCELS, parcel(1, accuracy_m=None))
        deliver("coverage", survey(GROUNDWATER))
        deliver(GROUNDWATER, zone(GROUNDWATER, "all", EVERYWHERE))
        told = finding(ask(), GROUNDWATER)
        assert (told.answer, told.reason, told.zones) == (Answer.NOT_ASSESSED, Reason.NO_ACCURACY, ())

    def test_a_parcel_may_have_its_accuracy_from_the_cadastre_s_coverage(self) -> None:
        deliver(PARCELS, parcel(1, accuracy_m=None))
        deliver("coverage", survey(GROUNDWATER), survey("parcels", accuracy_m=0.3))
        deliver(GROUNDWATER, zone(GROUNDWATER, "all", EVERYWHERE))
        assert finding(ask(), GROUNDWATER).zones[0].margin_m == Decimal("10.30")
