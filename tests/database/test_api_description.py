"""The description of the API is whole, and what it shows answers."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver

from geoportal import openapi
from layers.queries.snapshots import newest
from tests.database.site_ground import publish_fields

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture(autouse=True)
def ground() -> None:
    publish_fields()


def described() -> dict[str, Any]:
    told: dict[str, Any] = Client().get("/api/openapi.json").json()
    return told


def test_every_public_address_of_the_api_is_described() -> None:
    served = {
        "/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", str(pattern.pattern))
        for pattern in get_resolver().url_patterns
        if str(pattern.pattern).startswith("api/")
    }
    assert set(described()["paths"]) == served


def test_every_documented_example_answers() -> None:
    shown = openapi.examples(newest() or 0)
    assert len(shown) > 8
    for one in shown:
        client = Client()
        if one.body:
            answer = client.post(one.address, one.body, content_type="application/json")
        else:
            answer = client.get(one.address)
        assert answer.status_code == 200, (one.address, answer.content[:300])
        assert answer["Access-Control-Allow-Origin"] == "*", one.address


def test_the_description_speaks_both_languages() -> None:
    summaries = [
        Client().get(f"/api/openapi.json?lang={language}").json()["paths"]["/api/report"]["post"]["summary"]
        for language in ("vi", "en")
    ]
    assert summaries[0].startswith("Điều gì")
    assert summaries[1].startswith("What applies")


def test_a_problem_can_be_read_from_everywhere_too() -> None:
    answer = Client().post("/api/report", "{}", content_type="application/json")
    assert (answer.status_code, answer["Access-Control-Allow-Origin"]) == (400, "*")


def test_a_browser_of_another_host_may_post() -> None:
    asked = Client().options("/api/report")
    assert asked.status_code == 204
    assert "Content-Type" in asked["Access-Control-Allow-Headers"]


def test_the_page_shows_them_all() -> None:
    page = Client().get("/api").content.decode()
    for one in openapi.OPERATIONS:
        assert one.path in page
