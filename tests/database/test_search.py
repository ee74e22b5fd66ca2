"""What people type, and what they mean by it. Half of the spellings carry a mistake."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping

import pytest
from django.db import transaction
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from layers.queries import prepared
from layers.search.finding import Found, find
from layers.search.hits import Hit
from tests.database import small_province
from tests.database.small_province import IDS

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


CAREFUL = (
    ("thửa 123 tờ 45 xã Đông Hưng", "centre"),
    ("Thửa 123, tờ 45, xã Đông Hưng", "centre"),
    ("thửa đất số 123, tờ bản đồ số 45, xã Đông Hưng, tỉnh Hưng Yên", "centre"),
    ("thửa số 123 tờ số 45 xã Đông Hưng tỉnh Thái Bình", "centre"),
    ("số thửa: 123; số tờ: 45; xã: Đông Hưng", "centre"),
    ("tờ bản đồ 45 thửa đất 123 Đông Hưng", "centre"),
    ("Tờ 45, thửa 123, Đông Hưng, Thái Bình", "centre"),
    ("xã Đông Hưng, tờ 45, thửa 123", "centre"),
    ("45/123 Đông Hưng", "centre"),
    ("45/123 xã Đông Hưng", "centre"),
    ("Đông Hưng 45/123", "centre"),
    ("123 tờ 45 Đông Hưng", "centre"),
    ("thửa 123/45 Đông Hưng", "centre"),
    ("thửa/tờ: 123/45 xã Đông Hưng", "centre"),
    ("tờ/thửa 45/123 xã Đông Hưng", "centre"),
    ("xã Đông Hưng huyện Đông Hưng tờ 45 thửa 123", "centre"),
    ("thửa 77 tờ 12 thị trấn Đông Hưng", "centre"),
    ("thửa 77 tờ 12 TT. Đông Hưng, huyện Đông Hưng, tỉnh Thái Bình", "centre"),
    ("thửa 77 tờ 12 xã Đông Hưng", "centre"),
    ("thửa đất số 123, tờ bản đồ số 45, xã Đông Các, huyện Đông Hưng", "cac"),
    ("thửa 123 tờ 45 xã Đông Các", "cac"),
    ("45/123 Đông Các", "cac"),
    ("thửa 9 tờ 5 xã Đông Các", "cac"),
    ("Đông Các, Đông Hưng, tờ 45 thửa 123", "cac"),
    ("45/123 Minh Tân, Đông Hưng", "tan-dh"),
    ("45/123 xã Minh Tân huyện Hưng Hà", "tan-hh"),
    ("thửa 123 tờ 45 Minh Tân Kiến Xương", "tan-kx"),
    ("xã Minh Tân, huyện Phù Cừ, tỉnh Hưng Yên: tờ 45, thửa 123", "tan-pc"),
    ("thửa 203 tờ 63 xã Bình Thanh", "tan-kx"),
    ("tờ TĐ03-2014 thửa 7", "extract-7"),
    ("TĐ03-2014", "extract-7"),
    ("thửa 8, mảnh trích đo TĐ03-2014, xã Bình Thanh", "extract-8"),
    ("mảnh trích đo địa chính số TĐ03-2014 thửa 8", "extract-8"),
    ("TĐ03-2014 Bình Thanh", "extract-7"),
    ("TĐ03-2014/7", "extract-7"),
    ("thửa 12a tờ 3 phường Trần Lãm", "letter"),
    ("P. Trần Lãm 3/12a", "letter"),
    ("P.Trần Lãm, thửa 12A, tờ 3", "letter"),
    ("thửa 12 tờ 3 phường Trần Lãm, thành phố Thái Bình", "letter"),
    ("thửa 31 tờ 8 phường Thái Bình", "ward"),
    ("thửa 31 tờ 2 phường Bồ Xuyên TP Thái Bình", "ward"),
    ("thửa 31 tờ 2 thành phố Thái Bình", "ward"),
    ("tờ 8 thửa 31 Thái Bình", "ward"),
    ("thửa 15 tờ 4 xã Kim Chung", "kim"),
    ("X. Kim Chung, H. Hưng Hà, tờ 4, thửa 15", "kim"),
    ("thửa 6 tờ 9 Nguyên Xá Đông Hưng", "xa-dh"),
    ("thửa 6 tờ 9 xã Nguyên Xá huyện Vũ Thư", "xa-vt"),
    ("thửa 44 tờ 2 xã Vũ Quý", "quy"),
    ("thửa 44 tờ 1 xã Vũ Quí", "quy"),
    ("thửa 18 tờ 6 xã Hòa Bình huyện Hưng Hà", "hoa"),
    ("thửa 201 tờ 46 xã Đông Hưng", "child-1"),
    ("thửa 10 tờ 46 xã Đông Hưng", "split"),
    ("thửa 10 tờ 7 xã Đông La huyện Đông Hưng", "split"),
    ("thửa 124 tờ 45 xã Bắc Đông Hưng", "bac"),
    ("thửa 3 tờ 3 huyện Đông Hưng", "bac"),
    ("parcel 123 sheet 45 Dong Hung commune", "centre"),
    ("map sheet 45, parcel 123, Dong Hung", "centre"),
    ("thửa 77 tờ 12", "centre"),
    ("thửa 15 tờ 70", "kim"),
    ("thửa 123 xã Đông Hưng", "centre"),
)

CARELESS = (
    ("to 45 thua 123 dong hung", "centre"),
    ("thua 123 to 45 xa dong hung", "centre"),
    ("xa dong hung, to 45, thua 123", "centre"),
    ("THUA 123 TO 45 XA DONG HUNG", "centre"),
    ("THỬA 123 TỜ 45 XÃ ĐÔNG HƯNG", "centre"),
    ("  thửa   123 , , tờ 45 ;; xã   Đông  Hưng !! ", "centre"),
    ("thửa 0123 tờ 045 xã Đông Hưng", "centre"),
    ("thửa: 00123 - tờ: 045 - đông hưng", "centre"),
    ("to45thua123 dong hung", "centre"),
    ("thua123 to45 đông hưng", "centre"),
    ("tờ-45-thửa-123-xã-đông-hưng", "centre"),
    ("45-123 dong hung", "centre"),
    ("45 123 dong hung", "centre"),
    ("45 / 123, x dong hung", "centre"),
    ("tbd 45 thua 123 x. dong hung", "centre"),
    ("tờ bđ số 45 thửa số 123 đông hưng", "centre"),
    ("(thửa 123) (tờ 45) (đông hưng)", "centre"),
    ("thua dat so 123 to ban do so 45 dong hung thai binh", "centre"),
    ("so to 45 so thua 123 dong hung hung yen", "centre"),
    ("thưa 123 tơ 45 xa đong hung", "centre"),
    ("thữa 123 tờ 45 xã đông hưng", "centre"),
    ("to 45 thua 123 donghung", "centre"),
    ("thua 123 to 45 dong hunng", "centre"),
    ("thửa 123 tờ 45 xã Đông Hing", "centre"),
    ("thửa 123 tờ 45 xã Đôg Hưng", "centre"),
    ("45/123 ddong hung", "centre"),
    ("thua 77 to 12 tt dong hung", "centre"),
    ("thua 123 to 45 dong cac dong hung", "cac"),
    ("dong cac 45/123", "cac"),
    ("45/123 dong caa, dong hung", "cac"),
    ("thua 123 to 45 dong caa dong hung", "cac"),
    ("45/123 xã Đông Cấc huyện Đông Hưng", "cac"),
    ("minh tan dong hung 45/123", "tan-dh"),
    ("45/123 minh tan hung ha", "tan-hh"),
    ("to 45 thua 123 x minh tan h kien xuong", "tan-kx"),
    ("to 45 thua 123 minh tan phu cu hung yen", "tan-pc"),
    ("45/123 minh tna huyện hưng hà", "tan-hh"),
    ("to 45 thua 123 mih tan kien xuong", "tan-kx"),
    ("td03-2014 thua 7", "extract-7"),
    ("td3-2014 thua 07", "extract-7"),
    ("TD 03-2014 thửa 7", "extract-7"),
    ("tđ03/2014 thửa 8", "extract-8"),
    ("TĐ03 2014 thửa 8", "extract-8"),
    ("TĐ-03-2014 thửa 8", "extract-8"),
    ("to td03-2014 binh thanh", "extract-7"),
    ("thua 12A to 3 p tran lam", "letter"),
    ("thua 12a to 03 tran lam", "letter"),
    ("3/12a trần lãmm", "letter"),
    ("p.bo xuyen to 2 thua 31", "ward"),
    ("phuong bo xuyen tp thai binh 2/31", "ward"),
    ("thua 15 to 4 kim chung", "kim"),
    ("thửa 15 tờ 4 xã Kim Trung", "kim"),
    ("thua 15 to 4 kim trung hung ha", "kim"),
    ("nguyen xa vu thu to 9 thua 6", "xa-vt"),
    ("nguyên xá, đông hưng: 9/6", "xa-dh"),
    ("thửa 44 tờ 2 vũ quí", "quy"),
    ("vu quy to 1 thua 44", "quy"),
    ("thửa 18 tờ 6 xã Hoà Bình hưng hà", "hoa"),
    ("hoa binh hung ha 6/18", "hoa"),
    ("thua 10 to 46 dong hung", "split"),
    ("bac dong hung 45/124", "bac"),
    ("bacc dong hung 45/124", "bac"),
    ("to 45 thua 124 bac dong hug", "bac"),
    ("123/45 đông hưng", "centre"),
)


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


NAMES = (
    ("Đông Hưng", "commune", "Xã Đông Hưng", "exact"),
    ("xã đông hưng", "commune", "Xã Đông Hưng", "exact"),
    ("TT Đông Hưng", "commune", "Thị trấn Đông Hưng", "exact"),
    ("thị trấn đông hưng huyện đông hưng", "commune", "Thị trấn Đông Hưng", "exact"),
    ("Minh Tân, Hưng Hà", "commune", "Xã Minh Tân", "exact"),
    ("kim chung", "commune", "Xã Kim Chung", "exact"),
    ("An Quý", "commune", "Xã An Quí", "exact"),
    ("Kim Trung", "commune", "Xã Kim Chung", "fuzzy"),
    ("dong hing", "commune", "Xã Đông Hưng", "fuzzy"),
    ("Quỳnh Phuj", "commune", "Xã Quỳnh Phụ", "fuzzy"),
    ("quốc lộ 10", "place", "Quốc lộ 10", "exact"),
    ("QUOC LO", "place", "Quốc lộ 10", "exact"),
    ("tran hung dao", "commune", "Phường Trần Hưng Đạo", "exact"),
    ("đường Trần Hưng Đạo", "place", "Đường Trần Hưng Đạo", "exact"),
    ("sông Trà Lí", "place", "Sông Trà Lý", "exact"),
    ("song tra lyy", "place", "Sông Trà Lý", "fuzzy"),
    ("cho dong hung", "place", "Chợ Đông Hưng", "exact"),
    ("chợ Đông Hưngg", "place", "Chợ Đông Hưng", "fuzzy"),
    ("Vùng hạn chế Diêm Điền", "zone", "Vùng hạn chế Diêm Điền", "exact"),
    ("vung han che", "zone", "Vùng hạn chế Diêm Điền", "exact"),
    ("VHC-012", "zone", "Vùng hạn chế Diêm Điền", "exact"),
    ("vhc-12", "zone", "Vùng hạn chế Diêm Điền", "exact"),
    ("123/QĐ-UBND", "zone", "Vùng hạn chế Diêm Điền", "exact"),
    ("tờ 45", "sheet", "Tờ bản đồ 45, xã Đông Hưng", "exact"),
    ("to 045 dong hung", "sheet", "Tờ bản đồ 45, xã Đông Hưng", "exact"),
)


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
    }
    assert (answer["snapshot"], answer["more"], len(answer["results"])) == (2, 0, 1)
    hit = answer["results"][0]
    assert {"id", "kind", "title", "match", "url", "point", "subtitle"} == set(hit)
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
