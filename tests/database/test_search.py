"""What people type, and what they mean by it. Half of the spellings carry a mistake."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping

import pytest
from django.db import transaction
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from layers.queries import prepared
from layers.search.finding import find
from layers.search.hits import Hit
from layers.search.paging import Found
from tests.database import small_province
from tests.database.small_province import IDS
from tests.database.spellings import CAREFUL, CARELESS, NAMES

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture(scope="module", autouse=True)
def province(one_connection: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Built once for all these tests, which only read."""
    with django_db_blocker.unblock(), transaction.atomic():
        small_province.build()
        yield
        transaction.set_rollback(True)


def first(query: str) -> Hit:
    found = find(query)
    assert found.results, f"nothing found; understood {found.understood}, {found.place}"
    return found.results[0]


def ids(found: Found) -> list[int]:
    return [hit.id for hit in found.results]


@pytest.mark.parametrize(("query", "parcel"), [*CAREFUL, *CARELESS])
def test_the_parcel_a_person_means_comes_first(query: str, parcel: str) -> None:
    hit = first(query)
    assert (hit.kind, hit.id) == ("parcel", IDS[parcel])


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize(("query", "parcel"), CAREFUL[:8])
def test_composed_and_decomposed_letters_are_the_same(query: str, parcel: str, form: str) -> None:
    assert first(unicodedata.normalize(form, query)).id == IDS[parcel]


def test_a_careful_query_is_exact() -> None:
    inexact = [query for query, _ in CAREFUL if first(query).match != "exact"]
    assert inexact == []


@pytest.mark.parametrize(("query", "kind", "title", "match"), NAMES)
def test_names_and_codes_are_found(query: str, kind: str, title: str, match: str) -> None:
    hit = first(query)
    assert (hit.kind, hit.title, hit.match) == (kind, title, match)


MISTYPED = [
    "thua 123 to 45 dong hunng",
    "thửa 123 tờ 45 xã Đông Hing",
    "45/123 dong caa, dong hung",
    "thửa 15 tờ 4 xã Kim Trung",
    "123/45 Đông Hưng",
    "45/123 Minh Tân, huyện Quỳnh Phụ",
]


@pytest.mark.parametrize("query", MISTYPED)
def test_what_merely_looks_alike_is_marked(query: str) -> None:
    assert {hit.match for hit in find(query).results} == {"fuzzy"}


def test_an_exact_commune_keeps_those_that_look_alike_away() -> None:
    assert ids(find("thửa 15 tờ 4 xã Kim Chung")) == [IDS["kim"]]


def test_new_and_old_numbers_are_both_listed_and_told_apart() -> None:
    hits = find("thửa 123 tờ 45 xã Đông Hưng").results
    assert [(hit.id, hit.title, hit.subtitle) for hit in hits] == [
        (
            IDS["centre"],
            "Thửa 123, tờ 45, xã Đông Hưng",
            "số mới; sổ cũ: thửa 77, tờ 12, thị trấn Đông Hưng, huyện Đông Hưng",
        ),
        (IDS["cac"], "Thửa 9, tờ 5, xã Đông Hưng", "sổ cũ: thửa 123, tờ 45, xã Đông Các, huyện Đông Hưng"),
    ]


def test_a_repeated_old_name_lists_every_district() -> None:
    found = find("45/123 Minh Tân")
    assert set(ids(found)) == {IDS[name] for name in ("tan-dh", "tan-hh", "tan-kx", "tan-pc")}
    assert len({hit.subtitle for hit in found.results}) == 4


def test_the_old_province_tells_repeated_names_apart() -> None:
    assert IDS["tan-pc"] not in ids(find("45/123 Minh Tân, Thái Bình"))


def test_numbers_without_a_commune_are_found_in_every_commune() -> None:
    expected = {IDS[name] for name in ("centre", "cac", "tan-dh", "tan-hh", "tan-kx", "tan-pc")}
    assert set(ids(find("thửa 123 tờ 45"))) == expected


def test_an_extract_sheet_alone_lists_its_parcels() -> None:
    assert ids(find("TĐ03-2014")) == [IDS["extract-7"], IDS["extract-8"]]


def test_a_cancelled_parcel_says_what_became_of_it() -> None:
    hit = first("thửa 10 tờ 46 xã Đông Hưng")
    assert (hit.subtitle, hit.url) == ("đã tách thành thửa 201, 202", f"/parcels/{IDS['split']}")


def test_an_old_commune_says_where_it_went() -> None:
    assert first("xã Kim Chung").subtitle == "đơn vị cũ, huyện Hưng Hà; nay thuộc xã Hưng Hà"


def test_a_point_lies_on_the_parcel_in_degrees() -> None:
    lon, lat = first("45/123 Đông Hưng").point or (0, 0)
    assert (lon, lat) == pytest.approx((106.2975, 20.4296), abs=0.0002)
    assert (lon, lat) == (round(lon, 6), round(lat, 6))


def test_more_hits_than_fit_are_counted() -> None:
    found = find("huyện Đông Hưng")
    assert (len(found.results), found.more) == (20, 12)


NOTHING = [
    "Nguyễn Thị Hoa",
    "Phạm Văn Bình",
    "thửa 5 tờ 3 Nguyễn Văn A",
    "thửa 5 tờ 3 xã Đông Hưng",
    "thửa 123",
    "tờ",
    "' OR 1=1 --",
    "'; DROP TABLE layers_parcel; --",
    "<script>alert(1)</script>",
    "%",
    "%%%___",
    "\\",
    "{parcel}",
    "()[]*+?.^$",
    "🏠",
    "東京",
    "thửa " * 50,
    "9" * 250,
]


@pytest.mark.parametrize("query", NOTHING)
def test_what_names_nothing_finds_nothing(query: str) -> None:
    assert find(query).results == []


def api(client: Client, query: str, **said: str) -> dict[str, object]:
    response = client.get("/api/search", {"q": query, **said})
    assert response.status_code == 200, response.content
    return response.json()


def test_the_api_says_what_it_understood_and_found(client: Client) -> None:
    answer = api(client, "thửa đất số 123, tờ bản đồ số 45, xã Đông Các, huyện Đông Hưng")
    assert answer["understood"] == {
        "parcel": "123",
        "sheet": "45",
        "commune": "Xã Đông Các",
        "district": None,
        "leftover": None,
        "hamlet": None,
        "spot": None,
    }
    assert (answer["snapshot"], answer["more"], len(answer["results"])) == (2, 0, 1)
    hit = answer["results"][0]
    assert {"id", "kind", "layer", "title", "match", "url", "point", "subtitle"} < set(hit)
    assert (hit["id"], hit["kind"], hit["match"], hit["url"]) == (
        IDS["cac"],
        "parcel",
        "exact",
        f"/parcels/{IDS['cac']}",
    )


@pytest.mark.parametrize(("query", "code"), [("x" * 10_000, "query-too-long"), ("", "query-missing")])
def test_a_query_of_no_use_is_a_problem_in_words(client: Client, query: str, code: str) -> None:
    response = client.get("/api/search", {"q": query})
    assert (response.status_code, response.json()["code"]) == (400, code)


def test_script_in_a_query_stays_text(client: Client) -> None:
    page = client.get("/search", {"q": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_the_page_lists_results_in_order_with_links(client: Client) -> None:
    page = client.get("/search", {"q": "thửa 123 tờ 45 xã Đông Hưng"}).content.decode()
    centre, cac = (page.index(f'href="/parcels/{IDS[name]}"') for name in ("centre", "cac"))
    assert page.index('<ol class="results">') < centre < cac
    assert "match-fuzzy" not in page


def test_the_page_marks_fuzzy_results_in_words(client: Client) -> None:
    page = client.get("/search", {"q": "dong hing"}).content.decode()
    assert "match-fuzzy" in page
    assert "gần giống" in page


def test_the_fragment_holds_the_results_without_the_page(client: Client) -> None:
    fragment = client.get("/search", {"q": "Minh Tân"}, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in fragment
    assert fragment.count('<li class="card result') == 4


def test_nothing_found_shows_what_was_understood_and_two_ways_on(client: Client) -> None:
    page = client.get("/search", {"q": "thửa 5 tờ 3 xã Đông Hưng"}, headers={"HX-Request": "true"}).content.decode()
    assert page.count("<dd>") == 3
    assert page[page.index('class="ways-on"') :].count("<a href=") == 2


def test_the_page_without_a_query_shows_the_form(client: Client) -> None:
    response = client.get("/search")
    assert response.status_code == 200
    assert 'role="search"' in response.content.decode()


@pytest.mark.parametrize(
    ("query", "most"),
    [("thửa 123 tờ 45 xã Đông Hưng", 3), ("45/123", 2), ("TĐ03-2014", 3), ("thua 123 to 45 dong hunng", 4)],
)
def test_an_answer_takes_few_questions(query: str, most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    ask = prepared.rows

    def counting(using: str, statement: str, values: Mapping[str, object]) -> list[tuple[object, ...]]:
        asked.append(statement)
        return ask(using, statement, values)

    monkeypatch.setattr(prepared, "rows", counting)
    first(query)
    assert len(asked) <= most
