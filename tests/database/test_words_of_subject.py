"""What every answer tells of itself, whether about a parcel or about a site: in words that fit which of them it is."""

from __future__ import annotations

import html
import json
from typing import Any

import pytest
from django.test import Client

from layers import catalogue
from layers.report.differing import differences
from layers.rulebook.uncomputed_rules import UNCOMPUTED_RULES
from tests.database.province import DAY, deliver, point, standing, zone
from tests.database.site_ground import publish_fields

pytestmark = pytest.mark.django_db(databases="__all__")

WELLS = "licensed-wells"
RULE = {"code": "D", "title": "Đê điều", "why": "Chưa có lớp đê.", "edition": "Bản thử", "source": "thử"}


@pytest.fixture(autouse=True)
def ground() -> None:
    publish_fields()
    deliver(WELLS, zone(WELLS, "w", point(50, 25)))
    deliver(UNCOMPUTED_RULES, RULE)


def answer_of(client: Client, subject: str) -> dict[str, Any]:
    feature_id = standing().feature_id
    if subject == "parcel":
        return dict(client.get(f"/api/parcels/{feature_id}/report?on={DAY}").json())
    asked = client.post(f"/api/report?on={DAY}", {"parcels": [feature_id]}, content_type="application/json")
    return dict(asked.json())


def page_of(client: Client, subject: str, language: str = "vi") -> str:
    feature_id = standing().feature_id
    address = f"/parcels/{feature_id}?" if subject == "parcel" else f"/check?parcels={feature_id}&"
    page = client.get(f"{address}on={DAY}&lang={language}").content.decode()
    return " ".join(html.unescape(page).split())


@pytest.mark.parametrize("subject", ["parcel", "site"])
def test_what_is_not_computed_stands_on_the_page_and_in_its_twin(client: Client, subject: str) -> None:
    assert [rule["title"]["vi"] for rule in answer_of(client, subject)["not_computed"]] == ["Đê điều"]
    assert "Đê điều Chưa có lớp đê." in page_of(client, subject).replace("</dt> <dd>", " ").replace("<dt>", "")


def test_a_parcels_page_leads_to_the_distances_that_only_a_site_is_told(client: Client) -> None:
    assert f'href="/check?parcels={standing().feature_id}"' in page_of(client, "parcel")


def test_a_rule_that_is_computed_from_now_on_leaves_the_list(client: Client) -> None:
    deliver(UNCOMPUTED_RULES, RULE | {"edition_until": "2026-01-01"})
    assert answer_of(client, "parcel")["not_computed"] == []


def test_that_an_older_release_told_no_list_is_no_change_of_the_answer(client: Client) -> None:
    new = answer_of(client, "parcel")
    old = {name: value for name, value in new.items() if name != "not_computed"}
    assert differences(old, new, catalogue.get("parcels").title) == ()
    [changed] = differences(new | {"not_computed": []}, new, catalogue.get("parcels").title)
    assert changed.title.en == "Not computed by the portal"


@pytest.mark.parametrize(
    ("subject", "vietnamese", "english"),
    [
        ("parcel", "Trên thửa đất này có giếng", "well stands on this parcel"),
        ("site", "Trên khu đất này có giếng", "well stands on this site"),
    ],
)
def test_what_explains_a_layer_names_what_was_asked_about(
    client: Client, subject: str, vietnamese: str, english: str
) -> None:
    layers = [layer for theme in answer_of(client, subject)["themes"] for layer in theme["layers"]]
    [wells] = [layer["layer"] for layer in layers if layer["layer"]["slug"] == WELLS]
    assert vietnamese in wells["meaning"]["vi"]
    assert english in wells["meaning"]["en"]
    assert vietnamese in page_of(client, subject)
    assert english in page_of(client, subject, "en")


def test_no_explanation_of_a_site_names_a_parcel_it_is_not(client: Client) -> None:
    themes = answer_of(client, "site")["themes"]
    told = json.dumps([layer["layer"] for theme in themes for layer in theme["layers"]], ensure_ascii=False)
    for wrong in ("Thửa đất nằm", "thửa này", "Trong thửa đất", "The parcel", "this parcel", "of the parcel", "ubject"):
        assert wrong not in told
