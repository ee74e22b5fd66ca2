"""The history of what was published, for whoever wants to look at an earlier state or compare two."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils.timezone import localdate

from layers.ground.parcels import PARCELS
from layers.queries.snapshots import newest
from tests.database.province import box, deliver, parcel, zone

pytestmark = pytest.mark.django_db(databases="__all__")


def test_publications_are_told_newest_first_with_day_and_layer(client: Client) -> None:
    deliver(PARCELS, parcel(1))
    deliver("groundwater-zones", zone("groundwater-zones", "N1", box(0, 0, 100, 50)))
    told = client.get("/api/snapshots").json()["snapshots"]
    assert [one["number"] for one in told] == [newest(), newest() - 1]  # type: ignore[operator]
    assert [one["layer"] for one in told] == ["groundwater-zones", "parcels"]
    assert told[1]["title"]["vi"] == PARCELS.title.vi
    assert {one["day"] for one in told} == {localdate().isoformat()}


def test_the_layers_of_a_snapshot_come_with_its_day(client: Client) -> None:
    deliver(PARCELS, parcel(1))
    told = client.get("/api/layers?at=1").json()
    assert (told["snapshot"], told["day"]) == (1, localdate().isoformat())


def test_an_empty_portal_has_no_history(client: Client) -> None:
    assert client.get("/api/snapshots").json() == {"snapshots": []}
