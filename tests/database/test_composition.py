"""The land-use plan answers by composition: what is planned on which part of a parcel, and what nobody knows."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from shapely.geometry.base import BaseGeometry

from layers import catalogue
from layers.ground.parcels import PARCELS
from layers.queries.snapshots import newest
from layers.report.answers import Answer, Composition, Reason, ThemeFinding
from layers.report.canonical import dumps
from layers.revisions import Revision
from layers.twins import ZonePiece
from tests.database.province import (
    DAY,
    EVERYWHERE,
    FIELD,
    Row,
    ask,
    box,
    deliver,
    parcel,
    publish_ground,
    standing,
    survey,
    without_default_accuracy,
    zone,
)

pytestmark = pytest.mark.django_db(databases="__all__")

PLAN, THEME = "planned-land-use", "land-use-plan"
WEST, EAST = box(-500, -500, 60, 500), box(60, -500, 500, 500)
ONT_2014 = [{"code": "ONT", "vocabulary": "TT25-2014", "area_m2": 5000.0}]


def planned(code: str, shape: BaseGeometry, use: str = "ONT", **said: object) -> Row:
    return zone(PLAN, code, shape, planned_use=use, **said)


def publish_plan(*rows: Row) -> Revision | None:
    return deliver(PLAN, *rows, whole_layer=True)


def theme(**asked: object) -> ThemeFinding:
    return next(theme for theme in ask(**asked).themes if theme.theme == THEME)  # type: ignore[arg-type]


def told(**asked: object) -> Any:
    [composition] = theme(**asked).compositions
    return composition


def shares(composition: Composition) -> dict[str, Any]:
    return {"+".join(kind.code for kind in part.kinds): part.share_percent for part in composition.parts}


def total(composition: Composition) -> Any:
    return sum((part.area_m2 or Decimal(0) for part in composition.parts), composition.uncovered_m2)


@pytest.fixture
def ground() -> None:
    """A field of 100 m by 50 m, 5,000 m², known to 1 m, and the plan's survey around it."""
    publish_ground()
    deliver("coverage", survey(PLAN))


@pytest.mark.usefixtures("ground")
class TestParts:
    def test_two_kinds_divide_the_parcel(self) -> None:
        publish_plan(planned("a", WEST), planned("b", EAST, "DGT"))
        found = told()
        assert [(part.area_m2, part.share_percent) for part in found.parts] == [(3000, 60), (2000, 40)]
        assert [[kind.code for kind in part.kinds] for part in found.parts] == [["ONT"], ["DGT"]]
        assert (found.uncovered_m2, found.reason, found.answer) == (0, None, None)
        assert found.years == (2030,)

    def test_records_of_one_kind_are_united_before_they_are_measured(self) -> None:
        publish_plan(
            planned("province", box(-500, -500, 80, 500), level="province"),
            planned("commune", box(20, -500, 500, 500), level="commune"),
        )
        [part] = told().parts
        assert (part.area_m2, part.share_percent) == (5000, 100)
        assert [record.label for record in part.records] == ["Vùng province", "Vùng commune"]

    def test_kinds_over_each_other_are_an_entry_of_their_own(self) -> None:
        publish_plan(planned("a", box(-500, -500, 80, 500)), planned("b", box(50, -500, 500, 500), "DGT"))
        found = told()
        assert shares(found) == {"ONT": 50, "DGT": 20, "DGT+ONT": 30}
        assert total(found) == 5000

    def test_three_plans_over_each_other_still_add_up(self) -> None:
        publish_plan(
            planned("a", box(-500, -500, 80, 500)),
            planned("b", box(50, -500, 500, 500), "DGT"),
            planned("c", box(-500, 25, 70, 500), "CLN"),
        )
        found = told()
        assert shares(found) == {"DGT": 20, "ONT": 25, "CLN+ONT": 25, "DGT+ONT": 20, "CLN+DGT+ONT": 10}
        assert total(found) == 5000

    def test_a_hole_in_the_plan_is_told_with_its_share(self) -> None:
        publish_plan(planned("a", WEST.difference(box(10, 10, 20, 20))), planned("b", EAST, "DGT"))
        found = told()
        assert (found.uncovered_m2, found.uncovered_percent) == (100, 2)
        assert (found.reason, found.answer) == (Reason.NOT_COVERED, None)
        assert total(found) == 5000

    def test_a_strip_of_a_few_centimetres_is_counted(self) -> None:
        publish_plan(planned("a", box(-500, -500, 99.95, 500)), planned("b", box(99.95, -500, 500, 500), "DGT"))
        assert shares(told()) == {"ONT": Decimal("99.95"), "DGT": Decimal("0.05")}

    def test_neighbours_that_miss_each_other_by_a_hair_leave_neither_hole_nor_overlap(self) -> None:
        publish_plan(planned("a", box(-500, -500, 60.0001, 500)), planned("b", EAST, "DGT"))
        assert shares(told()) == {"ONT": 60, "DGT": 40}
        publish_plan(planned("a", box(-500, -500, 59.9999, 500)), planned("b", EAST, "DGT"))
        assert (shares(told()), told().reason) == ({"ONT": 60, "DGT": 40}, None)

    def test_rounded_areas_still_add_up_to_the_parcel(self) -> None:
        thirds = [box(-500, -500, 100 / 3, 500), box(100 / 3, -500, 200 / 3, 500), box(200 / 3, -500, 500, 500)]
        publish_plan(*(planned(use, shape, use) for use, shape in zip(("ONT", "CLN", "LUC"), thirds, strict=True)))
        found = told()
        assert total(found) == 5000
        assert sum(part.share_percent or 0 for part in found.parts) == 100
        assert {part.area_m2 for part in found.parts} == {Decimal("1666.7"), Decimal("1666.6")}

    def test_a_parcel_of_two_parts_with_a_hole_adds_up(self) -> None:
        shape = box(0, 0, 40, 50).difference(box(10, 10, 20, 20)).union(box(70, 0, 100, 50))
        deliver(PARCELS, parcel(1, shape, accuracy_m=1.0))
        publish_plan(planned("a", WEST), planned("b", EAST, "DGT"))
        assert [part.area_m2 for part in told().parts] == [1900, 1500]


@pytest.mark.usefixtures("ground")
class TestPossible:
    """The plan is known to 2 m, the field to 1 m: what lies within 3 m of the field may lie on it."""

    @pytest.mark.parametrize(("away", "is_possible"), [(2.9, True), (3.0, True), (3.1, False)])
    def test_a_kind_within_the_margin_is_possible(self, away: float, is_possible: bool) -> None:
        publish_plan(
            planned("a", box(-500, -500, 100 + away, 500)), planned("b", box(100 + away, -500, 500, 500), "DGT")
        )
        found = told()
        assert shares(found) == {"ONT": 100}
        assert [part.kinds[0].code for part in found.possible] == (["DGT"] if is_possible else [])
        if is_possible:
            [near] = found.possible
            assert (near.area_m2, float(near.distance_m), near.margin_m) == (None, away, 3)

    def test_a_neighbour_that_touches_is_possible_unless_the_decision_lists_whole_parcels(self) -> None:
        beside = box(100, -500, 500, 500)
        publish_plan(planned("a", FIELD), planned("b", beside, "DGT"))
        assert [part.distance_m for part in told().possible] == [0]
        publish_plan(planned("a", FIELD), planned("b", beside, "DGT", whole_parcels=True))
        assert told().possible == ()

    def test_a_kind_that_has_a_part_is_not_possible_as_well(self) -> None:
        publish_plan(planned("a", WEST), planned("b", EAST, "DGT"), planned("c", box(101, -500, 500, 500), "DGT"))
        assert told().possible == ()


@pytest.mark.usefixtures("ground")
class TestNotAssessed:
    """What nobody knows is said, never left out."""

    def test_a_plan_that_was_never_published(self) -> None:
        found = told()
        assert (found.answer, found.reason, found.uncovered_percent) == (
            Answer.NOT_ASSESSED,
            Reason.NOT_PUBLISHED,
            100,
        )
        assert theme().answer == Answer.NOT_ASSESSED

    def test_a_parcel_outside_every_plan(self) -> None:
        publish_plan(planned("a", box(2000, 2000, 2100, 2100)))
        found = told()
        assert (found.answer, found.reason, found.uncovered_m2) == (Answer.NOT_ASSESSED, Reason.NOT_COVERED, 5000)

    def test_ground_that_was_not_surveyed_is_told_beside_what_is_planned(self) -> None:
        deliver("coverage", survey(PLAN, box(-500, -500, 75, 500)))
        publish_plan(planned("a", EVERYWHERE))
        found = told()
        assert (found.answer, found.reason, found.unsurveyed_percent) == (None, Reason.NOT_COVERED, 25)
        assert shares(found) == {"ONT": 100}

    def test_a_parcel_whose_accuracy_nobody_knows(self) -> None:
        deliver(PARCELS, parcel(1, accuracy_m=None))
        publish_plan(planned("a", EVERYWHERE))
        found = told()
        assert (found.answer, found.reason) == (Answer.NOT_ASSESSED, Reason.NO_ACCURACY)
        assert (shares(found), found.parts[0].margin_m, found.possible) == ({"ONT": 100}, None, ())

    def test_a_plan_whose_accuracy_nobody_knows(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(catalogue, "composed", lambda: without_default_accuracy(PLAN))
        publish_plan(planned("a", EVERYWHERE, accuracy_m=None))
        assert told().reason == Reason.NO_ACCURACY


@pytest.mark.usefixtures("ground")
class TestTime:
    @pytest.mark.parametrize(
        "said", [{"valid_until": DAY - timedelta(days=1)}, {"valid_from": DAY + timedelta(days=1)}, {"state": "ended"}]
    )
    def test_a_plan_counts_only_while_it_is_in_force(self, said: dict[str, object]) -> None:
        publish_plan(planned("old", EVERYWHERE, "LUC", **said), planned("new", EVERYWHERE, "ONT"))
        assert shares(told()) == {"ONT": 100}

    def test_a_plan_ends_without_a_publication(self) -> None:
        publish_plan(planned("a", EVERYWHERE, valid_until=DAY))
        assert told(on=DAY).answer is None
        assert told(on=DAY + timedelta(days=1)).answer == Answer.NOT_ASSESSED

    def test_an_older_snapshot_answers_as_it_did(self) -> None:
        publish_plan(planned("a", WEST), planned("b", EAST, "DGT"))
        before, said = newest(), dumps(ask())
        publish_plan(planned("a", EVERYWHERE, "CLN"))
        assert shares(told()) == {"CLN": 100}
        assert dumps(ask(at=before)) == said

    def test_pieces_are_kept_for_the_plan_and_closed_with_it(self) -> None:
        publish_plan(planned("a", EVERYWHERE))
        publish_plan(planned("b", EVERYWHERE, "DGT"))
        pieces = ZonePiece.objects.filter(layer=PLAN)
        assert pieces.filter(until=None).values("row_id").distinct().count() == 1
        assert pieces.exclude(until=None).exists()


@pytest.mark.usefixtures("ground")
@pytest.mark.parametrize(
    ("today", "use", "vocabulary", "same"),
    [
        (("ONT", "TT25-2014"), "ONT", "2024", True),
        (("ONT", "TT25-2014"), "DGT", "2024", False),
        (("RSX", "TT25-2014"), "RSX", "2024", None),
        (("RSX", "TT25-2014"), "RSX", "TT25-2014", True),
        (("BHK", "TT25-2014"), "HNK", "2024", None),
        (("T", "QD499-1995"), "ONT", "2024", None),
        (("LUC", "2024"), "LUA", "2024", None),
        (("ONT", ""), "ONT", "2024", None),
        (None, "ONT", "2024", None),
    ],
)
def test_a_kind_is_as_today_only_where_the_letters_mean_the_same(
    today: tuple[str, str] | None, use: str, vocabulary: str, same: bool | None
) -> None:
    purposes = [{"code": today[0], "vocabulary": today[1], "area_m2": None}] if today else []
    deliver(PARCELS, parcel(1, purposes=purposes))
    publish_plan(planned("a", EVERYWHERE, use, vocabulary=vocabulary))
    assert told().parts[0].kinds[0].as_today is same


@pytest.mark.usefixtures("ground")
def test_one_of_several_purposes_is_enough_to_be_as_today() -> None:
    deliver(PARCELS, parcel(1, purposes=[*ONT_2014, {"code": "CLN", "vocabulary": "TT25-2014", "area_m2": 9.0}]))
    publish_plan(planned("a", WEST, "CLN"), planned("b", EAST, "DGT"))
    assert [part.kinds[0].as_today for part in told().parts] == [True, False]


@pytest.mark.usefixtures("ground")
def test_the_plan_is_never_counted_among_the_four_answers() -> None:
    before = ask().counts
    publish_plan(planned("a", EVERYWHERE))
    assert ask().counts == before
    assert sum(before.values()) == len(catalogue.THEMES) - 1


@pytest.mark.usefixtures("ground")
def test_the_api_tells_the_composition(client: Client) -> None:
    publish_plan(planned("a", WEST), planned("b", EAST, "DGT"))
    said = client.get(f"/api/parcels/{standing().feature_id}/report?on={DAY}").json()
    [plan] = said["themes"][0]["compositions"]
    assert [(part["kinds"][0]["code"], part["area_m2"]) for part in plan["parts"]] == [("ONT", 3000), ("DGT", 2000)]
    assert plan["layer"]["slug"] == PLAN
    assert (said["themes"][0]["answer"], plan["years"]) == (None, [2030])
