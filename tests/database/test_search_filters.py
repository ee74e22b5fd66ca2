"""What narrows a search: each filter alone, together with a query, page after page, and what it says of bad words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import transaction
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from layers.queries.points import land
from tests.database import small_province
from tests.database.province import box, deliver, point, zone
from tests.database.small_province import IDS, SOUTH, WEST

pytestmark = pytest.mark.django_db(databases="__all__")
TODAY = date(2026, 3, 1)
WELLS = 45


@pytest.fixture(scope="module", autouse=True)
def province(one_connection: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The small province, with zones of every state and more wells than a page holds, all in its one drawn commune."""
    with django_db_blocker.unblock(), transaction.atomic():
        small_province.build()
        deliver(
            "groundwater-zones",
            zone("groundwater-zones", "Z1", box(0, 0, 20, 20), decision_date=date(2024, 1, 1)),
            zone("groundwater-zones", "Z2", box(0, 0, 40, 20), valid_until=TODAY - timedelta(1)),
            zone("groundwater-zones", "Z3", box(0, 0, 10, 10), valid_from=TODAY + timedelta(1)),
            zone("groundwater-zones", "Z4", box(0, 0, 10, 10), state="draft"),
            zone("groundwater-zones", "Z5", box(0, 0, 10, 10), state="suspended", kind="2"),
            zone("groundwater-zones", "Z6", box(0, 0, 10, 10), state="ended"),
            zone("groundwater-zones", "AWAY", box(3000, 0, 3010, 10), decision_date=date(2025, 6, 1)),
            zone("groundwater-zones", "BESIDE", box(50, 0, 60, 10)),
        )
        deliver(
            "licensed-wells",
            *(zone("licensed-wells", f"G{n:02}", point(1 + n, 1), name=f"Giếng {n:02}") for n in range(WELLS)),
        )
        yield
        transaction.set_rollback(True)


def ask(client: Client, **words: Any) -> dict[str, Any]:
    answer = client.get("/api/search", {"on": TODAY.isoformat(), **words})
    assert answer.status_code == 200, answer.content.decode()
    told: dict[str, Any] = answer.json()
    return told


def titles(client: Client, **words: Any) -> set[str]:
    return {hit["title"] for hit in ask(client, **words)["results"]}


def degrees(x: float, y: float) -> tuple[float, float]:
    """A place of the test's ground, in metres from its corner, as longitude and latitude."""
    spot = land([(9209, WEST + x, SOUTH + y)], 9209)[0]
    return spot.lon, spot.lat


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("in-force", {"Vùng Z1", "Vùng AWAY", "Vùng BESIDE", "Vùng hạn chế Diêm Điền"}),
        ("expired", {"Vùng Z2", "Vùng Z6"}),
        ("planned", {"Vùng Z3", "Vùng Z4"}),
        ("suspended", {"Vùng Z5"}),
    ],
)
def test_a_state_is_that_of_the_day(client: Client, state: str, expected: set[str]) -> None:
    assert titles(client, layer="groundwater-zones", state=state) == expected


def test_on_another_day_another_zone_is_in_force(client: Client) -> None:
    assert "Vùng Z3" in titles(client, layer="groundwater-zones", state="in-force", on="2026-03-02")


def test_all_licensed_wells_in_force_of_a_commune_are_listed_and_counted(client: Client) -> None:
    told = ask(client, layer="licensed-wells", state="in-force", commune="xã Đông Hưng", edition="new")
    assert (told["total"], len(told["results"])) == (WELLS, 20)
    assert {hit["layer"] for hit in told["results"]} == {"licensed-wells"}


def test_a_zone_along_the_border_of_a_commune_does_not_lie_in_it(client: Client) -> None:
    found = titles(client, kind="zone", layer="groundwater-zones", commune="Đông Hưng", edition="new")
    assert "Vùng Z1" in found
    assert not found & {"Vùng BESIDE", "Vùng AWAY"}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ({"commune": "Đông Hưng", "edition": "new"}, {"centre", "cac", "xa-dh", "child-1", "child-2"}),
        ({"commune": "Đông Các"}, {"cac"}),
        ({"commune": "dong cacc"}, {"cac"}),
        ({"commune": "Minh Tân, huyện Hưng Hà"}, {"tan-hh"}),
        ({"commune": "Đông Hưng", "edition": "old"}, {"centre"}),
    ],
)
def test_parcels_of_a_commune_old_or_new(client: Client, words: dict[str, str], expected: set[str]) -> None:
    told = ask(client, kind="parcel", **words)
    assert {hit["id"] for hit in told["results"]} == {IDS[name] for name in expected}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ({"area_from": "300", "area_to": "500"}, {"Vùng Z1"}),
        ({"area_from": "500,5"}, {"Vùng Z2", "Vùng hạn chế Diêm Điền"}),
        ({"date_from": "2024-01-01", "date_to": "31/12/2024"}, {"Vùng Z1"}),
        ({"date_from": "2025-01-01"}, {"Vùng AWAY"}),
        ({"class": "groundwater-zones:2"}, {"Vùng Z5"}),
    ],
)
def test_area_date_and_class_narrow(client: Client, words: dict[str, str], expected: set[str]) -> None:
    assert titles(client, layer="groundwater-zones", **words) == expected


def test_what_has_no_area_is_left_out_by_an_area(client: Client) -> None:
    assert ask(client, layer="licensed-wells", area_from="0")["results"] == []


def test_a_view_of_the_map_and_an_outline_hold_what_lies_in_them(client: Client) -> None:
    (west, south), (east, north) = degrees(2990, -10), degrees(3020, 20)
    assert titles(client, layer="groundwater-zones", bbox=f"{west},{south},{east},{north}") == {"Vùng AWAY"}
    outline = ";".join(f"{lon},{lat}" for lon, lat in (degrees(2990, -10), degrees(3050, -10), degrees(3000, 60)))
    assert titles(client, layer="groundwater-zones", within=outline) == {"Vùng AWAY"}


def test_filters_narrow_a_query(client: Client) -> None:
    assert ask(client, q="Giếng 07", layer="groundwater-zones")["results"] == []
    assert titles(client, q="Giếng 07", kind="zone") == {"Giếng 07"}
    assert titles(client, q="Đông Hưng", kind="place") == {"Chợ Đông Hưng"}
    found = ask(client, q="45/123", commune="Minh Tân, huyện Hưng Hà")["results"]
    assert [hit["id"] for hit in found] == [IDS["tan-hh"]]


@pytest.mark.parametrize(
    ("sort", "first", "last"),
    [
        ("area", "Vùng hạn chế Diêm Điền", "Vùng Z6"),
        ("date", "Vùng AWAY", None),
        ("date-up", "Vùng Z1", None),
        ("distance", "Vùng AWAY", None),
    ],
)
def test_a_list_is_sorted(client: Client, sort: str, first: str, last: str | None) -> None:
    lon, lat = degrees(3005, 5)
    found = ask(client, layer="groundwater-zones", sort=sort, near=f"{lon},{lat}")["results"]
    assert found[0]["title"] == first
    if sort == "area":
        assert [hit["area_m2"] for hit in found] == sorted((hit["area_m2"] for hit in found), reverse=True)
    if sort == "distance":
        assert found[0]["distance_m"] == 0
        assert [hit["distance_m"] for hit in found] == sorted(hit["distance_m"] for hit in found)


def pages(client: Client, **words: Any) -> list[list[str]]:
    """All pages of a list, by following the addresses the portal gives."""
    told = ask(client, **words)
    walked = [[hit["title"] for hit in told["results"]]]
    while told["next"]:
        answer = client.get(told["next"])
        assert answer.status_code == 200, answer.content
        told = answer.json()
        walked.append([hit["title"] for hit in told["results"]])
    return walked


@pytest.mark.parametrize(
    "words",
    [
        {"layer": "licensed-wells"},
        {"layer": "licensed-wells", "sort": "date"},
        {"layer": "licensed-wells", "sort": "distance", "near": "106.2975,20.4296"},
        {"q": "giếng"},
    ],
)
def test_pages_repeat_nothing_and_leave_nothing_out(client: Client, words: dict[str, str]) -> None:
    walked = pages(client, **words)
    every = [title for one in walked for title in one]
    assert [len(one) for one in walked] == [20, 20, 5]
    assert sorted(every) == [f"Giếng {n:02}" for n in range(WELLS)]


@pytest.mark.parametrize("words", [{"layer": "licensed-wells"}, {"q": "giếng"}])
def test_what_is_published_between_two_pages_moves_no_result(client: Client, words: dict[str, str]) -> None:
    first = ask(client, **words)
    with transaction.atomic():
        deliver("licensed-wells", zone("licensed-wells", "G-NEW", point(1, 2), name="Giếng 00 a", decision_no="2/QĐ"))
        second = client.get(first["next"]).json()
        transaction.set_rollback(True)
    assert [hit["title"] for hit in second["results"]] == [f"Giếng {n}" for n in range(20, 40)]


def test_a_page_behind_a_result_that_is_gone_says_so(client: Client) -> None:
    answer = client.get("/api/search", {"q": "giếng", "after": "~licensed-wells~999999"})
    assert (answer.status_code, answer.json()["code"]) == (404, "page-gone")


def test_parcels_are_not_listed_for_the_whole_province(client: Client) -> None:
    told = ask(client, kind="parcel")
    assert told["results"] == []
    assert "Thửa đất chỉ liệt kê trong một xã" in told["trouble"]


BAD = [
    ({"kind": "dragon"}, "choice-unknown"),
    ({"state": "asleep"}, "choice-unknown"),
    ({"sort": "colour"}, "choice-unknown"),
    ({"layer": "dragons"}, "layer-unknown"),
    ({"class": "groundwater-zones:9"}, "choice-unknown"),
    ({"edition": "third"}, "choice-unknown"),
    ({"system": "1"}, "choice-unknown"),
    ({"system": "x"}, "number-wrong"),
    ({"area_from": "large"}, "area-wrong"),
    ({"area_to": "-1"}, "area-wrong"),
    ({"date_from": "yesterday"}, "date-wrong"),
    ({"date_to": "31/2/2026"}, "date-wrong"),
    ({"bbox": "106,20,107"}, "box-wrong"),
    ({"bbox": "107,21,106,20"}, "box-wrong"),
    ({"bbox": "nan,20,107,21"}, "box-wrong"),
    ({"within": "106,20;107,21"}, "outline-wrong"),
    ({"within": ";".join(f"106.{n},20.{n}" for n in range(501))}, "outline-wrong"),
    ({"within": "106,20;107,21;107,20;106,21"}, "outline-crossing"),
    ({"near": "106"}, "near-wrong"),
    ({"kind": "zone", "sort": "distance"}, "near-missing"),
    ({"kind": "zone", "after": "x"}, "page-gone"),
    ({"kind": "zone", "after": "~dragons~1"}, "page-gone"),
    ({"kind": "zone", "sort": "area", "after": "x~waters~1"}, "page-gone"),
    ({"sheet": "9" * 21}, "query-too-long"),
    ({}, "query-missing"),
]


@pytest.mark.parametrize(("words", "code"), BAD)
def test_bad_words_are_told_in_one_sentence(client: Client, words: dict[str, str], code: str) -> None:
    answer = client.get("/api/search", words)
    assert answer.json()["code"] == code
    assert answer.json()["title"].endswith(".")


def test_an_unknown_commune_is_told(client: Client) -> None:
    assert "“Xyzzy”" in ask(client, kind="zone", commune="Xyzzy")["trouble"]


def test_the_page_keeps_the_filters_in_its_form_and_in_its_next_page(client: Client) -> None:
    page = client.get("/search", {"layer": "licensed-wells", "state": "in-force", "on": "2026-03-01"}).content.decode()
    assert 'name="layer" value="licensed-wells" form="search-form" checked' in page
    assert '<option value="in-force" selected>' in page
    address = page[page.index('rel="next"') - 400 : page.index('rel="next"')].rpartition('href="')[2].partition('"')[0]
    kept = parse_qs(urlsplit(address.replace("&amp;", "&")).query)
    assert (kept["layer"], kept["state"], kept["on"]) == (["licensed-wells"], ["in-force"], ["2026-03-01"])


def test_without_a_result_the_filters_can_be_dropped(client: Client) -> None:
    page = client.get("/search", {"q": "Giếng 07", "kind": "road"}, headers={"HX-Request": "true"}).content.decode()
    ways = page[page.index('class="ways-on"') :]
    assert 'href="/search?q=Gi%E1%BA%BFng+07"' in ways
    assert ways.count("<a href=") >= 2
