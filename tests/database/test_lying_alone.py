"""Pieces of a plan that lie alone are not united to see whether they lie over each other: publishing has seen it. What
is told must be what it always was, whatever was published, taken back or withdrawn in between."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from shapely.geometry.base import BaseGeometry

from importers.publish import Delivery, roll_back
from importers.publish.withdrawing import withdraw
from layers import catalogue
from layers.queries.snapshots import newest
from layers.report.answers import Composition
from layers.report.canonical import dumps
from layers.twins import ZonePiece
from tests.database.province import DAY, EVERYWHERE, Row, ask, box, deliver, publish_ground, survey, zone

pytestmark = pytest.mark.django_db(databases="__all__")

PLAN = "planned-land-use"
WEST, EAST = box(-500, -500, 60, 500), box(60, -500, 500, 500)
OVER = box(50, -500, 500, 500)
BY = Delivery("taken back", "0" * 64, "Bình", approver="An")


@pytest.fixture(autouse=True)
def ground() -> None:
    """A field of 100 m by 50 m, known to 1 m, and the plan's survey around it."""
    publish_ground()
    deliver("coverage", survey(PLAN))


def planned(code: str, shape: BaseGeometry, use: str = "ONT", **said: object) -> Row:
    return zone(PLAN, code, shape, planned_use=use, **said)


def publish_plan(*rows: Row) -> int:
    revision = deliver(PLAN, *rows, whole_layer=True)
    assert revision is not None
    return revision.number


def told(at: int | None = None) -> dict[str, Any]:
    """The shares that are told; and what is told is the same when nobody has looked who lies alone."""
    answer = ask(at=at)
    looked = dict(ZonePiece.objects.values_list("piece_id", "overlap_m2"))
    ZonePiece.objects.update(overlap_m2=None)
    assert dumps(ask(at=at)) == dumps(answer)
    for piece, overlap in looked.items():
        ZonePiece.objects.filter(piece_id=piece).update(overlap_m2=overlap)
    composition: Composition = next(each for theme in answer.themes for each in theme.compositions)
    shares = {"+".join(kind.code for kind in part.kinds): part.share_percent for part in composition.parts}
    return shares | ({"": composition.uncovered_percent} if composition.uncovered_m2 else {})


def shared(code: str) -> Any:
    """The ground (m²) that the present version of a record was found to share when it was published."""
    found = ZonePiece.objects.filter(layer=PLAN, row_id=drawn(code).pk).values_list("overlap_m2", flat=True)
    return None if None in found else sum(one or 0 for one in found)


def drawn(code: str) -> Any:
    """The present version of a record."""
    stored: Any = catalogue.get(PLAN).model._default_manager
    return stored.get(code=code, until=None)


def test_neighbours_lie_alone_and_what_one_delivery_draws_twice_does_not() -> None:
    publish_plan(planned("a", WEST), planned("b", EAST, "DGT"))
    assert [shared("a"), shared("b")] == [0, 0]
    assert told() == {"ONT": 60, "DGT": 40}
    publish_plan(planned("a", WEST), planned("c", OVER, "DGT"))
    assert shared("c") == pytest.approx(10_000)
    assert told() == {"ONT": 50, "DGT+ONT": 10, "DGT": 40}


def test_a_piece_published_over_one_that_lay_alone_leaves_older_answers_as_they_were() -> None:
    before = publish_plan(planned("a", EVERYWHERE))
    said = dumps(ask())
    publish_plan(planned("a", EVERYWHERE), planned("b", OVER, "DGT"))
    assert (shared("a"), shared("b")) == (0, pytest.approx(450_000))
    assert told() == {"ONT": 50, "DGT+ONT": 50}
    assert (told(at=before), dumps(ask(at=before))) == ({"ONT": 100}, said)


def test_what_is_missing_elsewhere_does_not_hide_what_lies_over_each_other() -> None:
    publish_plan(planned("a", box(-500, -500, 60, 500)), planned("b", box(50, -500, 90, 500), "DGT"))
    assert told() == {"ONT": 50, "DGT+ONT": 10, "DGT": 30, "": 10}


def test_what_took_the_place_of_another_lies_alone_and_what_moved_onto_its_neighbour_does_not() -> None:
    publish_plan(planned("a", WEST), planned("b", EAST, "DGT"))
    publish_plan(planned("a", WEST), planned("c", EAST, "CLN"))
    assert (shared("c"), told()) == (0, {"ONT": 60, "CLN": 40})
    publish_plan(planned("a", WEST), planned("c", OVER, "CLN"))
    assert (shared("c"), told()) == (pytest.approx(10_000), {"ONT": 50, "CLN+ONT": 10, "CLN": 40})


def test_what_is_taken_back_and_given_again_is_looked_at_again() -> None:
    publish_plan(planned("a", WEST), planned("b", EAST, "DGT"))
    second = publish_plan(planned("a", WEST), planned("b", OVER, "DGT"))
    back = roll_back(second, BY)
    assert (shared("b"), told()) == (0, {"ONT": 60, "DGT": 40})
    roll_back(back.number, BY)
    assert (shared("b"), told()) == (pytest.approx(10_000), {"ONT": 50, "DGT+ONT": 10, "DGT": 40})
    assert told(at=second) == told()
    assert told(at=back.number) == {"ONT": 60, "DGT": 40}


def test_a_record_brought_back_over_one_that_came_meanwhile_counts_their_ground() -> None:
    publish_plan(planned("a", WEST), planned("b", EAST, "DGT"))
    without = publish_plan(planned("a", WEST))
    publish_plan(planned("a", WEST), planned("c", EAST, "CLN"))
    roll_back(without, BY)
    assert shared("b") == pytest.approx(440_000)
    assert told() == {"ONT": 60, "CLN+DGT": 40}


def test_what_was_withdrawn_shares_nothing_with_what_comes_after() -> None:
    publish_plan(planned("a", WEST), planned("b", OVER, "DGT"))
    withdraw(catalogue.get(PLAN), drawn("b").feature_id, reason="Vẽ nhầm", delivery=BY)
    assert told() == {"ONT": 60, "": 40}
    publish_plan(planned("a", WEST), planned("c", EAST, "CLN"))
    assert (shared("c"), told()) == (0, {"ONT": 60, "CLN": 40})


@pytest.mark.parametrize("said", [{"state": "ended"}, {"valid_until": DAY - timedelta(days=1)}])
def test_what_is_not_in_force_is_seen_and_does_not_count(said: dict[str, object]) -> None:
    publish_plan(planned("old", EVERYWHERE, "LUC", **said), planned("new", EVERYWHERE))
    assert shared("old") + shared("new") > 0
    assert told() == {"ONT": 100}


def test_pieces_of_one_kind_over_each_other_are_still_united() -> None:
    publish_plan(planned("a", WEST, level="province"), planned("b", box(-500, -500, 500, 500), level="commune"))
    assert told() == {"ONT": 100}


def test_overlaps_too_small_for_one_piece_are_added_up() -> None:
    """Fifty strips of 2 m, each over the next by 0.02 mm: 0.05 m² of the field, which is no rounding in all."""
    strips = [box(2 * at, -100, 2 * at + 2.00002, 100) for at in range(50)]
    uses = ("ONT", "DGT")
    publish_plan(*(planned(str(at), strip, uses[at % 2]) for at, strip in enumerate(strips)))
    assert told() == {"ONT": 50, "DGT": 50, "DGT+ONT": 0}


def test_pieces_from_before_anybody_looked_are_looked_at_with_the_next_publication() -> None:
    before = publish_plan(planned("a", WEST), planned("b", OVER, "DGT"))
    publish_plan(planned("a", WEST), planned("b", EAST, "DGT"))
    ZonePiece.objects.update(overlap_m2=None)
    publish_plan(planned("a", WEST), planned("b", EAST, "DGT"), planned("c", box(900, 0, 950, 50), "CLN"))
    assert not ZonePiece.objects.filter(layer=PLAN, overlap_m2=None).exists()
    assert (told(), told(at=before)) == ({"ONT": 60, "DGT": 40}, {"ONT": 50, "DGT+ONT": 10, "DGT": 40})
    seen: Any = ZonePiece.objects.values_list("overlap_m2", flat=True)
    assert sum(seen) == pytest.approx(10_000)


def test_only_layers_that_cover_the_ground_are_looked_at() -> None:
    deliver("groundwater-zones", zone("groundwater-zones", "a", EVERYWHERE))
    assert set(ZonePiece.objects.exclude(layer=PLAN).values_list("overlap_m2", flat=True)) == {None}
    assert newest() is not None
