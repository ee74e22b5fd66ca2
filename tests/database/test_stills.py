"""The picture a phone's map begins with: what it shows, and that a page names the one that shows what it speaks of."""

from __future__ import annotations

import re
from html import unescape
from xml.etree import ElementTree

import pytest
from django.test import Client

from exports.phone_map import HERE, View, of_box, roadway
from exports.still_map import CHOSEN, SHARE
from layers.ground.places import Road
from tests.database.province import box, deliver, line, publish_ground, standing, zone

pytestmark = pytest.mark.django_db(databases="__all__")

GROUNDWATER = "groundwater-zones"
ROAD = {"code": "r", "name": "Đường 39", "kind": "district", "geometry": line((-50, -10), (150, -10))}
STILL = re.compile(
    r'<img class="map-still[^>]*src="([^"]+)"[^>]*data-lon="([^"]+)" data-lat="([^"]+)" data-wide="([^"]+)"'
)


@pytest.fixture(autouse=True)
def ground() -> None:
    publish_ground()
    deliver(GROUNDWATER, zone(GROUNDWATER, "near", box(50, -100, 500, 100)))
    deliver("roads", ROAD)


def named(client: Client, page: str) -> tuple[str, View]:
    """The address of the picture that a page begins with, and its view."""
    found = STILL.search(" ".join(client.get(page).content.decode().split()))
    assert found is not None
    lon, lat, wide = map(float, found.groups()[1:])
    return unescape(found[1]), View(lon, lat, wide)


def drawn(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/svg+xml"
    picture = answer.content.decode()
    assert ElementTree.fromstring(picture).tag.endswith("svg")  # noqa: S314 (our own picture)
    return picture


def test_the_page_of_a_parcel_begins_with_it_and_the_zones_of_its_answer(client: Client) -> None:
    address, view = named(client, f"/parcels/{standing().feature_id}")
    picture = drawn(client, address)
    assert CHOSEN.fill in picture
    assert ">1</text>" in picture
    without = drawn(client, re.sub("&show=[^&]+", "", address))
    assert picture.count("<path") > without.count("<path")
    assert view.wide_m == pytest.approx(100 / SHARE)


def test_the_page_of_a_place_begins_with_the_place_marked(client: Client) -> None:
    _, parcel = named(client, f"/parcels/{standing().feature_id}")
    address, view = named(client, f"/identify?lon={parcel.lon}&lat={parcel.lat}")
    assert HERE in drawn(client, address)
    assert (view.lon, view.lat) == (parcel.lon, parcel.lat)


def test_the_page_of_a_site_begins_with_it_and_the_zones_of_its_answer(client: Client) -> None:
    site = f"parcels={standing().feature_id}"
    address, view = named(client, f"/check?{site}")
    picture = drawn(client, address)
    assert CHOSEN.fill in picture
    assert picture.count("<path") > drawn(client, re.sub("show=[^&]+&", "", address)).count("<path")
    _, of_parcel = named(client, f"/parcels/{standing().feature_id}")
    assert (view.lon, view.lat) == pytest.approx((of_parcel.lon, of_parcel.lat), abs=2e-6)


def test_the_page_of_a_record_begins_with_all_of_it_and_its_name(client: Client) -> None:
    address, view = named(client, f"/map?layer=roads&feature={Road.objects.get().feature_id}")
    assert "Đường 39" in drawn(client, address)
    assert 200 < view.wide_m < 2000


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("", 404),  # no map sheet was published, so there is nothing to show as a whole
        ("layer=roads&feature=99", 404),
        ("layer=parcels&feature=99", 404),
        ("layer=nothing&feature=1", 404),
        ("parcels=99", 404),
        ("outline=nothing", 404),
        ("lon=106.3&lat=10", 400),
        ("lon=106.3&lat=20.4&show=nothing", 404),
        ("at=999999&lon=106.3&lat=20.4", 404),
    ],
)
def test_what_is_not_there_is_not_drawn(client: Client, words: str, status: int) -> None:
    assert client.get(f"/map/still.svg?{words}").status_code == status


def test_a_place_as_a_whole_fits_into_the_picture_and_a_small_one_has_ground_around_it() -> None:
    wide = of_box((106.0, 20.4, 106.1, 20.41)).wide_m
    assert 10_400 / 0.6 < wide < 10_500 / 0.6
    assert of_box((106.0, 20.4, 106.00001, 20.40001)).wide_m >= 150


def test_a_road_is_as_wide_as_on_the_living_map() -> None:
    assert [roadway(zoom) for zoom in (8.0, 10.0, 14.0, 18.0, 20.0)] == pytest.approx([0.6, 0.6, 2.4, 14.0, 14.0])
    assert 2.4 < roadway(15) < (2.4 + 14) / 2
