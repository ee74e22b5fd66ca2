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


@pytest.mark.parametrize("address", ["/api/report", "/api/may-i", "/api/batches", "/api/search?q=a", "/api/sheets"])
def test_a_browser_of_another_host_may_post_and_show_its_key(address: str) -> None:
    asked = Client().options(address)
    assert (asked.status_code, asked["Access-Control-Allow-Origin"]) == (204, "*")
    assert asked["Access-Control-Allow-Headers"] == "Content-Type, Authorization"


def test_a_page_of_another_host_reads_when_to_come_back(settings: Any) -> None:
    settings.RATE_PAGES = 1
    client = Client(REMOTE_ADDR="192.0.2.7")
    told = [client.get("/api/snapshots") for _ in range(2)][-1]
    assert (told.status_code, told["Access-Control-Expose-Headers"]) == (429, "Retry-After")
    assert int(told["Retry-After"]) > 0


# As much of JSON Schema as our own description uses.
TYPES: dict[str, Any] = {"object": dict, "array": list, "string": str, "integer": int, "number": (int, float)}


def fits(value: Any, schema: dict[str, Any], known: dict[str, Any]) -> bool:
    if "$ref" in schema:
        return fits(value, known[schema["$ref"].rpartition("/")[2]], known)
    if "oneOf" in schema or "anyOf" in schema:
        fitting = sum(fits(value, one, known) for one in schema.get("oneOf") or schema["anyOf"])
        return fitting == 1 if "oneOf" in schema else fitting > 0
    if not isinstance(value, TYPES[schema["type"]]):
        return False
    if isinstance(value, list):
        is_sized = schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value))
        return is_sized and all(fits(one, schema.get("items", {"type": "object"}), known) for one in value)
    if not isinstance(value, dict):
        return True
    own = {name: one for name, one in schema.get("properties", {}).items() if name in value}
    whole = all(name in value for name in schema.get("required", ()))
    return whole and all(fits(value[name], one, known) for name, one in own.items())


def test_every_example_of_a_body_fits_its_schema_and_nonsense_does_not() -> None:
    told = described()
    known = told["components"]["schemas"]
    posts = [
        one["post"]["requestBody"]["content"]["application/json"] for one in told["paths"].values() if "post" in one
    ]
    assert len(posts) == 3
    for one in posts:
        assert fits(one["example"], one["schema"], known), one["example"]
        assert not fits({"corner": 1}, one["schema"], known)
    point = {"point": [106.34, 20.45], "radius_m": 10}
    for body in ({"parcels": [1]}, point, {"geojson": {"type": "Point"}}, {"type": "Polygon", "coordinates": []}):
        assert fits(body, known["Site"], known), body
    assert not fits(point | {"parcels": [1]}, known["Site"], known)
    assert fits({"sites": [{"named": "thửa 1 tờ 2"}]}, known["Batch"], known)
    assert not fits({"sites": []}, known["Batch"], known)


def test_every_answer_of_a_problem_fits_its_schema() -> None:
    told = Client().post(
        "/api/report", {"geojson": {"type": "Polygon", "coordinates": []}}, content_type="application/json"
    )
    assert fits(told.json(), described()["components"]["schemas"]["Problem"], {})


def test_the_page_shows_them_all() -> None:
    page = Client().get("/api").content.decode()
    for one in openapi.OPERATIONS:
        assert one.path in page
