"""On which parcel do I stand? As sure as the circle of the device allows, and no surer."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from pyproj import Transformer

from layers.ground.parcels import PARCELS
from tests.database.province import SOUTH, WEST, box, deliver, parcel, standing, zone

pytestmark = pytest.mark.django_db(databases="__all__")

TO_WGS84 = Transformer.from_crs(9209, 4326, always_xy=True)


def asked(x: float, y: float, accuracy: object, **more: object) -> dict[str, object]:
    lon, lat = TO_WGS84.transform(WEST + x, SOUTH + y)
    return {"lon": lon, "lat": lat, "accuracy": accuracy, **more}


def told(client: Client, x: float, y: float, accuracy: object) -> dict[str, Any]:
    answer = client.get("/api/identify", asked(x, y, accuracy))
    assert answer.status_code == 200, answer.content
    return dict(answer.json()["standing"])


def read(client: Client, x: float, y: float, accuracy: object, **more: object) -> str:
    answer = client.get("/identify", asked(x, y, accuracy, **more))
    assert answer.status_code == 200, answer.content
    return re.sub(r"[ \n]+", " ", answer.content.decode())


@pytest.fixture(autouse=True)
def two_neighbours() -> None:
    """Two parcels of 100 by 50 m side by side; north of them a road of 20 m, then a third parcel."""
    deliver(
        PARCELS,
        parcel(1, geometry=box(0, 0, 100, 50)),
        parcel(2, geometry=box(100, 0, 200, 50)),
        parcel(3, geometry=box(0, 70, 200, 120)),
    )


def ids(*numbers: int) -> list[int]:
    return [standing(number).feature_id for number in numbers]


def test_a_circle_inside_one_parcel_names_that_parcel(client: Client) -> None:
    assert told(client, 50, 25, 8) == {
        "stands": "on",
        "accuracy_m": 8.0,
        "parcels": ids(1),
        "inside_first": True,
        "more": False,
    }
    page = read(client, 50, 25, 8)
    assert "Bạn đang đứng trên Thửa 1, tờ 45" in page
    assert f'href="/parcels/{ids(1)[0]}">Điều gì áp dụng cho thửa này?' in page


def test_a_circle_over_a_border_names_both_parcels_the_nearer_first(client: Client) -> None:
    found = told(client, 96, 25, 8)
    assert (found["stands"], found["parcels"], found["inside_first"]) == ("possibly", ids(1, 2), True)
    assert "Bạn có thể đang đứng trên một trong 2 thửa." in read(client, 96, 25, 8)


def test_a_circle_over_the_outer_border_is_not_sure_even_of_the_only_parcel(client: Client) -> None:
    assert told(client, 5, 25, 8)["stands"] == "possibly"
    assert "hoặc ngay bên cạnh" in read(client, 5, 25, 8)


def test_the_accuracy_of_the_survey_counts_as_well(client: Client) -> None:
    """The parcel's own record says 1 m; its nearest border is 25 m away."""
    assert told(client, 50, 25, 23.9)["stands"] == "on"
    assert told(client, 50, 25, 24.1)["stands"] == "possibly"


def test_on_a_road_nobody_stands_on_a_parcel(client: Client) -> None:
    assert told(client, 50, 60, 5)["stands"] == "nowhere"
    assert "không có thửa đất nào" in read(client, 50, 60, 5)
    found = told(client, 50, 60, 15)
    assert (found["stands"], found["inside_first"]) == ("possibly", False)
    assert "đường, bờ đê hay kênh" in read(client, 50, 60, 15)


def test_a_circle_too_large_names_no_parcel_at_all(client: Client) -> None:
    assert told(client, 50, 25, 500)["parcels"]
    assert told(client, 50, 25, 501) == {
        "stands": "anywhere",
        "accuracy_m": 501.0,
        "parcels": [],
        "inside_first": False,
        "more": False,
    }
    page = read(client, 50, 25, 1500)
    assert "1,5\u00a0km, quá lớn" in page
    assert "Thửa 1" not in page


def test_a_zone_the_circle_only_touches_is_told_with_its_distance(client: Client) -> None:
    deliver("groundwater-zones", zone("groundwater-zones", "N1", box(60, 0, 100, 50)))
    lon_lat = asked(50, 25, 12)
    layers = {layer["slug"]: layer for layer in client.get("/api/identify", lon_lat).json()["layers"]}
    assert layers["groundwater-zones"]["features"][0]["distance_m"] == pytest.approx(10, abs=0.02)
    sure = {layer["slug"] for layer in client.get("/api/identify", asked(50, 25, 9)).json()["layers"]}
    assert "groundwater-zones" not in sure


@pytest.mark.parametrize("accuracy", ["gần", "-1", "nan", "inf", ""])
def test_an_accuracy_that_is_none_is_refused_in_a_sentence(client: Client, accuracy: str) -> None:
    answer = client.get("/identify", asked(50, 25, accuracy))
    assert answer.status_code == 400
    assert "phải là số mét" in answer.content.decode()


def test_outside_the_province_is_told_in_a_sentence(client: Client) -> None:
    answer = client.get("/identify", {"lon": 106.7, "lat": 10.77, "accuracy": 5})
    assert answer.status_code == 400
    assert "nằm ngoài tỉnh" in answer.content.decode()


def test_the_answer_it_leads_to_is_of_the_same_snapshot_and_day(client: Client) -> None:
    page = read(client, 50, 25, 8, at=1, on="2026-01-31")
    assert f"/parcels/{ids(1)[0]}?at=1&amp;on=2026-01-31" in page
