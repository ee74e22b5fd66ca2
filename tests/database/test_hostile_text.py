"""What a delivery may write into its cells: on every page it is text, and in a table a spreadsheet opens it is text."""

from __future__ import annotations

import html

import pytest
from django.test import Client

from desk.views.findings import plain
from exports.delivery_map import Drawn, delivery_map
from layers.ground.parcels import PARCELS
from layers.themes.groundwater_zones import GroundwaterZone
from tests.database.province import FIELD, deliver, parcel, publish_ground, standing, zone

pytestmark = pytest.mark.django_db(databases="__all__")

MARKUP = ['<img src=x onerror="alert(1)">', '"><script>alert(1)</script>', "javascript:alert(1)"]
SIGNS = ["' OR 1=1 --", '"; DROP TABLE layers_parcel; --', "{{ 7*7 }}{% debug %}", "$(reboot) `reboot`"]


def pages(client: Client) -> list[str]:
    found = standing(1).feature_id
    addresses = [f"/parcels/{found}", "/search?q=VHC", "/search/suggest?q=VHC", "/map", f"/parcels/{found}/map"]
    return [client.get(address).content.decode() for address in addresses]


def published(text: str) -> None:
    publish_ground()
    deliver("groundwater-zones", zone("groundwater-zones", "VHC-1", FIELD, name=text, issuer=text, reason=text))


@pytest.mark.parametrize("text", MARKUP)
def test_61_markup_in_a_cell_is_text_on_every_page(client: Client, text: str) -> None:
    published(text)
    told = pages(client)
    for page in told:
        assert "<img src=x" not in page
        assert "<script>alert" not in page
        assert 'href="javascript:' not in page
    assert any("alert(1)" in page for page in told)
    report = client.get(f"/api/parcels/{standing(1).feature_id}/report")
    assert text in report.content.decode().replace('\\"', '"')
    assert report["Content-Type"].startswith("application/json")


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_62_a_cell_a_spreadsheet_would_run_is_text_in_our_tables(sign: str) -> None:
    assert plain(f"{sign}HYPERLINK(1)").startswith("'")
    assert plain("12a") == "12a"


@pytest.mark.parametrize("text", SIGNS)
def test_63_signs_of_sql_templates_and_shells_are_plain_data(client: Client, text: str) -> None:
    published(text)
    assert GroundwaterZone.objects.get().name == text
    assert PARCELS.model._default_manager.count() == 1
    told = [html.unescape(page) for page in pages(client)]
    assert any(text in page for page in told)
    deliver(PARCELS, parcel(text[:20]))


def test_63_what_a_template_would_run_is_text_on_the_maps_that_folium_writes(client: Client) -> None:
    """folium reads what it has written as a template again, labels and all."""
    sum_in_a_cell = "{{ 7*191 }}{% set x = 1 %}"
    publish_ground()
    deliver("groundwater-zones", zone("groundwater-zones", sum_in_a_cell, FIELD))
    of_parcel = client.get(f"/parcels/{standing(1).feature_id}/map").content.decode()
    point = '{"type":"Point","coordinates":[106.3,20.4]}'
    drawn = [Drawn("added", sum_in_a_cell, point), Drawn("same", "features of added", point)]
    of_delivery = delivery_map(PARCELS, drawn, (0.0, 0.0, 1.0, 1.0), (106.3, 20.4, 106.4, 20.5))
    for page in (of_parcel, of_delivery):
        assert "1337" not in page
        assert sum_in_a_cell in html.unescape(page).replace("\\u0026#123;", "{")
    assert of_delivery.count('"FeatureCollection"') == 2
