"""A delivery beside what is published: overlaps with the next sheet, numbers elsewhere, parcels that vanish."""

from __future__ import annotations

import pytest

from importers.neighbours import against_published, beside_published
from layers import catalogue
from layers.ground.parcels import PARCELS
from tests.database.province import box, deliver, frame, parcel, zone

pytestmark = pytest.mark.django_db(databases="__all__")


def test_an_overlap_with_the_next_sheet_is_a_decision_with_its_place() -> None:
    deliver(PARCELS, parcel(1, box(100, 0, 200, 50), sheet_no="46"), parcel(2, box(300, 0, 400, 50), sheet_no="46"))
    [finding] = beside_published(PARCELS, frame([parcel(7, box(0, 0, 100.5, 50))]))
    assert (finding.code, finding.severity, finding.detail["other"]) == (
        "overlap-published",
        "decide",
        "12817 / 46 / 1",
    )
    assert finding.detail["area"] == "25.00"
    assert finding.place is not None and 583_100 < finding.place[0] < 583_100.5


def test_what_the_delivery_replaces_is_no_overlap() -> None:
    deliver(PARCELS, parcel(1), parcel(2, box(100, 0, 200, 50)))
    assert beside_published(PARCELS, frame([parcel(1, box(0, 0, 150, 50))])) == []


def test_the_same_number_at_another_place_is_a_decision() -> None:
    deliver(PARCELS, parcel(1), parcel(2, box(200, 0, 300, 50)))
    rows = [parcel(1, box(1000, 0, 1100, 50)), parcel(2, box(200.5, 0, 300.5, 50))]
    _, findings = against_published(PARCELS, frame(rows))
    moved = [finding for finding in findings if finding.code == "number-elsewhere"]
    assert [(finding.row, finding.detail["distance"]) for finding in moved] == [(0, "900")]


def test_parcels_that_vanish_without_a_successor_are_one_finding() -> None:
    deliver(PARCELS, parcel(1), parcel(2, box(200, 0, 300, 50)), parcel(3, box(400, 0, 500, 50)))
    rows = [parcel(4, box(0, 0, 60, 50)), parcel(5, box(60, 0, 100, 50))]
    lineage, findings = against_published(PARCELS, frame(rows))
    assert lineage is not None
    assert [step.kind for step in lineage.steps] == ["split"]
    assert [(finding.code, finding.detail["count"]) for finding in findings] == [("gone-unexplained", "2")]


def test_zones_are_not_asked() -> None:
    layer = catalogue.get("groundwater-zones")
    rows = frame([zone("groundwater-zones", "a", box(0, 0, 10, 10))])
    assert against_published(layer, rows) == (None, [])
    assert beside_published(layer, rows) == []
