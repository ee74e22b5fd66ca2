"""Lineage of a delivery against what is published, and the rows that record it."""

from __future__ import annotations

import pytest

from importers.lineage import lineage, succession_rows
from importers.publish import Delivery, publish
from layers.ground.parcels import PARCEL_SUCCESSIONS, PARCELS, Parcel, ParcelSuccession
from tests.database.province import ask, box, deliver, frame, parcel, standing

pytestmark = pytest.mark.django_db(databases="__all__")

WHOLE, LEFT, RIGHT = box(0, 0, 100, 50), box(0, 0, 60, 50), box(60, 0, 100, 50)


def test_a_split_is_proposed_recorded_and_shown() -> None:
    deliver(PARCELS, parcel(1, WHOLE), parcel(9, box(500, 0, 600, 50)), parcel(1, box(900, 0, 950, 50), sheet_no="46"))
    parent = standing_id("1", "45")
    rows = [parcel(2, LEFT), parcel(3, RIGHT), parcel(9, box(500, 0, 600, 50))]
    found = lineage(PARCELS, frame(rows))
    assert [(step.kind, step.old, len(step.new)) for step in found.steps] == [("split", (("12817", "45", "1"),), 2)]
    revision = deliver(PARCELS, *rows)
    assert revision is not None
    publish(PARCEL_SUCCESSIONS, [succession_rows(found, revision, "QĐ 7")], Delivery("", "", "Bình"))
    steps = ParcelSuccession.objects.values_list("kind", "parent_id", "child_id", "document")
    assert set(steps) == {("split", parent, standing(n).feature_id, "QĐ 7") for n in (2, 3)}
    assert [relative.parcel_no for relative in ask(2).parcel.parents] == ["1"]


def standing_id(number: str, sheet: str) -> int:
    found = Parcel.objects.get(parcel_no=number, sheet_no=sheet, until=None)
    return found.feature_id
