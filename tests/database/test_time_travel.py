"""Nothing published is overwritten: any answer can be computed again, to the byte."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from layers.ground.parcels import PARCEL_SUCCESSIONS, PARCELS, Parcel
from layers.queries.snapshots import newest
from layers.report.answers import Answer
from layers.report.canonical import dumps
from tests.database.province import (
    DAY,
    ask,
    box,
    deliver,
    finding,
    line,
    parcel,
    point,
    publish_ground,
    standing,
    survey,
    zone,
)

pytestmark = pytest.mark.django_db(databases="__all__")

GROUNDWATER, CORRIDORS, WELLS = "groundwater-zones", "source-corridors", "licensed-wells"
HALF, OTHER_HALF = box(50, -100, 500, 100), box(-500, -100, 50, 100)


@pytest.fixture
def before() -> int:
    """A published province; its snapshot."""
    publish_ground()
    deliver(GROUNDWATER, zone(GROUNDWATER, "zone", HALF), zone(GROUNDWATER, "second", OTHER_HALF))
    deliver(CORRIDORS, zone(CORRIDORS, "bank", line((110, -500), (110, 500))))
    deliver(WELLS, zone(WELLS, "well", point(50, 25), valid_until=DAY))
    return newest() or 0


def change_everything() -> None:
    """Change, remove and add in every layer the answer is made of, coverage and the parcel included."""
    deliver(GROUNDWATER, zone(GROUNDWATER, "zone", box(99, -100, 500, 100), decision_no="1/QĐ", name="Tên mới"))
    deliver(CORRIDORS, zone(CORRIDORS, "bank", line((110, -500), (110, 500)), width_m=70.0))
    deliver(WELLS, zone(WELLS, "new", point(20, 20)))
    deliver("coverage", survey(GROUNDWATER, box(0, 0, 10, 10)), survey(WELLS, accuracy_m=40.0))
    deliver(PARCELS, parcel(1, box(0, 0, 100, 60), accuracy_m=7.0))


def test_an_answer_of_an_older_snapshot_is_the_same_to_the_byte(before: int) -> None:
    told = dumps(ask())
    change_everything()
    assert dumps(ask(at=before)) == told
    assert dumps(ask()) != told


def test_every_snapshot_on_the_way_keeps_its_own_answer(before: int) -> None:
    told = {before: dumps(ask())}
    for step in range(1, 4):
        deliver(GROUNDWATER, zone(GROUNDWATER, "zone", box(50 + 10 * step, -100, 500, 100)))
        told[newest() or 0] = dumps(ask())
    assert len(set(told.values())) == 4
    assert {at: dumps(ask(at=at)) for at in told} == told


def test_the_present_asked_by_its_number_is_the_present(before: int) -> None:
    assert dumps(ask(at=before)) == dumps(ask())


def test_what_was_removed_is_still_there_at_its_time(before: int) -> None:
    deliver(GROUNDWATER, zone(GROUNDWATER, "zone", box(4000, 4000, 4001, 4001)), whole_layer=True)
    assert finding(ask(), GROUNDWATER).answer == Answer.NOT_AFFECTED
    assert [hit.label for hit in finding(ask(at=before), GROUNDWATER).zones] == ["Vùng zone", "Vùng second"]


def test_later_publications_of_other_layers_leave_an_older_answer_alone(before: int) -> None:
    told = dumps(ask())
    deliver("place-names", {"name": "Chợ Gạo", "kind": "market", "geometry": point(10, 10)})
    assert newest() == before + 1
    assert dumps(ask(at=before)) == told


def test_a_layer_published_later_was_not_assessed_before() -> None:
    publish_ground()
    at = newest()
    deliver(WELLS, zone(WELLS, "well", point(50, 25)))
    assert finding(ask(at=at), WELLS).answer == Answer.NOT_ASSESSED
    assert finding(ask(), WELLS).answer == Answer.AFFECTED


def test_coverage_counts_as_it_was_known_then(before: int) -> None:
    deliver("coverage", survey(GROUNDWATER, box(0, 0, 10, 10)))
    assert finding(ask(), GROUNDWATER).uncovered_percent == 98
    assert finding(ask(at=before), GROUNDWATER).uncovered_percent == 0


def test_snapshot_and_day_are_two_questions(before: int) -> None:
    deliver(WELLS, zone(WELLS, "well", point(50, 25), valid_until=DAY + timedelta(days=30)))
    later = DAY + timedelta(days=7)
    assert finding(ask(at=before, on=DAY), WELLS).answer == Answer.AFFECTED
    assert finding(ask(at=before, on=later), WELLS).answer == Answer.NOT_AFFECTED
    assert finding(ask(on=later), WELLS).answer == Answer.AFFECTED


def test_an_address_with_snapshot_and_day_always_says_the_same(before: int, client: Client) -> None:
    address = f"/api/parcels/{standing().feature_id}/report?at={before}&on={DAY}"
    told = client.get(address).content
    change_everything()
    assert client.get(address).content == told


@pytest.mark.parametrize(
    ("asked", "status", "code"),
    [
        ("at=999", 404, "snapshot-unknown"),
        ("at=0", 404, "snapshot-unknown"),
        ("at=-1", 400, "number-wrong"),
        ("at=one", 400, "number-wrong"),
        ("on=2026-02-30", 400, "date-wrong"),
        ("on=tomorrow", 400, "date-wrong"),
    ],
)
def test_a_time_that_never_was_is_a_problem(before: int, client: Client, asked: str, status: int, code: str) -> None:
    reply = client.get(f"/api/parcels/{standing().feature_id}/report?{asked}")
    assert (reply.status_code, reply.json()["code"]) == (status, code)


def test_a_parcel_is_unknown_before_it_was_published(before: int, client: Client) -> None:
    deliver(PARCELS, parcel(1), parcel(2, box(100, 0, 200, 50)))
    address = f"/api/parcels/{standing(2).feature_id}/report"
    assert client.get(address).status_code == 200
    assert client.get(f"{address}?at={before}").status_code == 404


class TestLineage:
    """A number that was split or merged is cancelled and leads to what it became."""

    @pytest.fixture(autouse=True)
    def _published(self, before: int) -> None:
        self.before = before
        self.first = standing(1).feature_id

    def becomes(self, old: int, *new: int, kind: str = "split") -> None:
        """The parcel of one number goes, those of other numbers come in its place."""
        parent = standing(old).feature_id
        stay = [row for row in Parcel.objects.filter(until=None).values_list("parcel_no", flat=True) if row != str(old)]
        deliver(PARCELS, *(parcel(number) for number in sorted({*map(int, stay), *new})))
        steps = [{"kind": kind, "parent_id": parent, "child_id": standing(number).feature_id} for number in new]
        deliver(PARCEL_SUCCESSIONS, *steps)

    @pytest.mark.parametrize("address", ["/parcels/{}", "/api/parcels/{}/report"])
    def test_one_successor_is_where_one_is_sent(self, client: Client, address: str) -> None:
        self.becomes(1, 7, kind="renumber")
        reply = client.get(address.format(self.first) + "?lang=en")
        assert reply.status_code == 301
        assert reply["Location"] == address.format(standing(7).feature_id) + "?lang=en"

    def test_several_successors_are_named(self, client: Client) -> None:
        self.becomes(1, 7, 8)
        reply = client.get(f"/api/parcels/{self.first}/report")
        assert (reply.status_code, reply.json()["code"]) == (410, "parcel-gone")
        ids = [standing(number).feature_id for number in (7, 8)]
        assert [said["id"] for said in reply.json()["successors"]] == ids

    def test_the_page_names_them_too(self, client: Client) -> None:
        self.becomes(1, 7, 8)
        reply = client.get(f"/parcels/{self.first}")
        assert reply.status_code == 410
        for number in (7, 8):
            assert f"/parcels/{standing(number).feature_id}" in reply.content.decode()

    def test_a_chain_of_splits_leads_to_those_of_today(self, client: Client) -> None:
        self.becomes(1, 7, 8)
        self.becomes(7, 9, 10)
        self.becomes(8, 11, kind="renumber")
        said = client.get(f"/api/parcels/{self.first}/report").json()["successors"]
        assert [entry["parcel_no"] for entry in said] == ["9", "10", "11"]

    def test_a_chain_to_one_leads_straight_there(self, client: Client) -> None:
        self.becomes(1, 7, kind="renumber")
        self.becomes(7, 9, kind="renumber")
        reply = client.get(f"/parcels/{self.first}")
        assert (reply.status_code, reply["Location"]) == (301, f"/parcels/{standing(9).feature_id}")

    def test_two_that_were_merged_lead_to_one(self, client: Client) -> None:
        self.becomes(1, 7, 8)
        parents = [standing(number).feature_id for number in (7, 8)]
        deliver(PARCELS, parcel(9))
        child = standing(9).feature_id
        deliver(PARCEL_SUCCESSIONS, *({"kind": "merge", "parent_id": one, "child_id": child} for one in parents))
        assert [client.get(f"/parcels/{old}")["Location"] for old in (self.first, *parents)] == [
            f"/parcels/{child}"
        ] * 3

    def test_without_a_successor_it_is_gone(self, client: Client) -> None:
        deliver(PARCELS, parcel(2))
        reply = client.get(f"/api/parcels/{self.first}/report")
        assert (reply.status_code, reply.json()["successors"]) == (410, [])

    def test_at_its_own_time_it_still_answers(self, client: Client) -> None:
        self.becomes(1, 7, 8)
        assert client.get(f"/api/parcels/{self.first}/report?at={self.before}").status_code == 200

    def test_a_child_names_its_parent_and_the_parent_is_no_longer_there(self) -> None:
        self.becomes(1, 7, 8)
        [parent] = ask(7).parcel.parents
        assert (parent.feature_id, parent.parcel_no, parent.kind, parent.exists) == (self.first, "1", "split", False)

    @pytest.mark.parametrize("address", ["/parcels/999999999", "/api/parcels/999999999/report"])
    def test_a_parcel_that_never_was_is_unknown(self, client: Client, address: str) -> None:
        assert client.get(address).status_code == 404
