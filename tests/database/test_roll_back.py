"""Rolling back: copies under a new number, nothing deleted, refused where later deliveries build on it."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from importers.publish import Delivery, PublishRefused, publish, roll_back
from layers.ground.parcels import PARCEL_SUCCESSIONS, PARCELS, Parcel
from layers.queries.snapshots import newest, published
from layers.report.answers import Answer, Reason
from layers.report.canonical import dumps
from layers.revisions import Revision
from layers.themes.groundwater_zones import GroundwaterZone
from layers.twins import ZoneEdge, ZonePiece
from tests.database.province import FIELD, Row, ask, box, deliver, finding, parcel, publish_ground, standing, zone

pytestmark = pytest.mark.django_db(databases="__all__")

GROUNDWATER = "groundwater-zones"
UNDO = Delivery("", "", "Bình", approver="An", note="nhầm tệp")


def fields(*numbers: int, **said: object) -> list[Row]:
    return [parcel(number, box(200 * number, 0, 200 * number + 100, 50), **said) for number in numbers]


def present() -> list[tuple[str, int | None, int]]:
    rows = Parcel.objects.filter(until=None).order_by("parcel_no")
    return list(rows.values_list("parcel_no", "map_scale", "feature_id"))


def test_what_was_added_changed_and_removed_is_as_before_with_the_same_ids() -> None:
    deliver(PARCELS, *fields(1, 2, 3))
    before = present()
    deliver(PARCELS, *fields(1), *fields(2, map_scale=500), *fields(4))
    revision = roll_back(2, UNDO)
    assert present() == before
    assert (revision.number, revision.added, revision.changed, revision.removed, revision.undoes) == (3, 1, 1, 1, 2)
    assert (revision.publisher, revision.approver, revision.note) == ("Bình", "An", "nhầm tệp")


def test_nothing_is_deleted_and_no_closed_row_is_touched() -> None:
    deliver(PARCELS, *fields(1, 2))
    deliver(PARCELS, *fields(1, map_scale=500))
    rows = set(Parcel.objects.exclude(until=None).values_list("row_id", "since", "until"))
    count = Parcel.objects.count()
    roll_back(2, UNDO)
    assert rows <= set(Parcel.objects.values_list("row_id", "since", "until"))
    assert Parcel.objects.count() == count + 2


def test_an_answer_reads_as_before_the_delivery_and_every_snapshot_keeps_its_own() -> None:
    publish_ground()
    deliver(GROUNDWATER, zone(GROUNDWATER, "a", box(0, 0, 50, 50)))
    deliver(GROUNDWATER, zone(GROUNDWATER, "a", box(300, 0, 350, 50)))
    there = {at: dumps(ask(at=at)) for at in (3, 4)}
    roll_back(4, UNDO)
    assert {at: dumps(ask(at=at)) for at in (3, 4)} == there
    assert (
        finding(ask(), GROUNDWATER).zones
        == finding(ask(at=3), GROUNDWATER).zones
        != finding(ask(at=4), GROUNDWATER).zones
    )


def test_twins_follow() -> None:
    deliver(GROUNDWATER, zone(GROUNDWATER, "a", FIELD))
    deliver(GROUNDWATER, zone(GROUNDWATER, "a", box(0, 0, 9, 9)))
    roll_back(2, UNDO)
    now = GroundwaterZone.objects.get(until=None)
    for twin in (ZonePiece, ZoneEdge):
        assert list(twin.objects.filter(until=None).values_list("row_id", "since")) == [(now.row_id, 3)]


def test_the_same_delivery_can_be_published_again_afterwards() -> None:
    deliver(PARCELS, *fields(1))
    deliver(PARCELS, *fields(1, map_scale=500))
    roll_back(2, UNDO)
    again = deliver(PARCELS, *fields(1, map_scale=500))
    assert again is not None
    assert (again.number, again.changed) == (4, 1)


def test_rolling_back_can_be_rolled_back() -> None:
    deliver(PARCELS, *fields(1, 2))
    deliver(PARCELS, *fields(1), *fields(3))
    after = present()
    roll_back(2, UNDO)
    roll_back(3, UNDO)
    assert present() == after


def test_the_digest_chains() -> None:
    deliver(PARCELS, *fields(1))
    deliver(PARCELS, *fields(1, 2))
    roll_back(2, UNDO)
    assert len(set(Revision.objects.values_list("digest", flat=True))) == 3


class TestRefusal:
    def refused(self, number: int) -> PublishRefused:
        before = Revision.objects.count()
        with pytest.raises(PublishRefused) as refusal:
            roll_back(number, UNDO)
        assert Revision.objects.count() == before
        return refusal.value

    def test_a_later_delivery_changed_what_it_brought(self) -> None:
        deliver(PARCELS, *fields(1))
        deliver(PARCELS, *fields(1, map_scale=500))
        refusal = self.refused(1)
        assert (refusal.code, refusal.keys) == ("built-upon", [("2", "parcels", "parcels.gpkg")])
        assert "2 / parcels" in refusal.sentence

    def test_every_later_delivery_is_listed_the_newest_first(self) -> None:
        deliver(PARCELS, *fields(1, 2))
        deliver(PARCELS, *fields(1, map_scale=500), *fields(2))
        deliver(PARCELS, *fields(1, map_scale=500), *fields(2, map_scale=500))
        assert [key[0] for key in self.refused(1).keys] == ["3", "2"]

    def test_a_later_delivery_gave_the_number_to_another_parcel(self) -> None:
        deliver(PARCELS, *fields(1, 2))
        deliver(PARCELS, *fields(2))
        deliver(PARCELS, *fields(1, 2))
        assert self.refused(2).keys == [("3", "parcels", "parcels.gpkg")]

    def test_a_later_lineage_names_its_parcels(self) -> None:
        deliver(PARCELS, *fields(1, 2))
        deliver(PARCELS, *fields(1, 2, 3))
        step = {"kind": "split", "parent_id": standing(1).feature_id, "child_id": standing(3).feature_id}
        deliver(PARCEL_SUCCESSIONS, step)
        assert self.refused(2).keys == [("3", "parcel-successions", "parcel-successions.gpkg")]

    def test_it_was_rolled_back_already(self) -> None:
        deliver(PARCELS, *fields(1))
        deliver(PARCELS, *fields(1, 2))
        roll_back(2, UNDO)
        assert self.refused(2).code == "built-upon"

    def test_there_is_no_such_revision(self) -> None:
        assert self.refused(7).code == "unknown-revision"

    def test_a_delivery_elsewhere_does_not_stand_in_the_way(self) -> None:
        deliver(PARCELS, *fields(1))
        deliver(PARCELS, *fields(2, sheet_no="46"))
        roll_back(1, UNDO)
        assert [number for number, _, _ in present()] == ["2"]


class TestTheFirstPublication:
    """Ground without records would read as not affected, so a layer that was taken back is not published."""

    def test_a_layer_taken_back_altogether_is_not_assessed(self) -> None:
        publish_ground()
        deliver(GROUNDWATER, zone(GROUNDWATER, "far", box(900, 900, 950, 950)))
        assert finding(ask(), GROUNDWATER).answer is Answer.NOT_AFFECTED
        roll_back(3, UNDO)
        said = finding(ask(), GROUNDWATER)
        assert (said.answer, said.reason) == (Answer.NOT_ASSESSED, Reason.NOT_PUBLISHED)

    def test_it_counts_again_when_that_is_undone(self) -> None:
        deliver(GROUNDWATER, zone(GROUNDWATER, "a", FIELD))
        seen = []
        for undone in (1, 2, 3):
            roll_back(undone, UNDO)
            seen.append(GROUNDWATER in published(newest() or 0))
        assert seen == [False, True, False]

    def test_another_publication_still_stands(self) -> None:
        deliver(GROUNDWATER, zone(GROUNDWATER, "a", FIELD))
        deliver(GROUNDWATER, zone(GROUNDWATER, "b", FIELD, decision_no="2/QĐ"))
        roll_back(1, UNDO)
        assert GROUNDWATER in published(3)


def test_the_console_rolls_back_and_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    publish(PARCELS, [], UNDO)
    deliver(PARCELS, *fields(1))
    call_command("roll_back", "1", "--lang", "en")
    assert "Rolled number 1 back by number 2" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        call_command("roll_back", "1", "--lang", "en")
    assert "built-upon: Later publications build on this one: 2" in capsys.readouterr().err
