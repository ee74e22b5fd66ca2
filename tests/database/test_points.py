"""Coordinates and parcel codes lead to the parcel at their place, and say how they were read."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib.gis.geos import Point
from django.db import transaction
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from layers.ground.parcels import Parcel
from layers.queries import points
from layers.search.finding import Found, find
from tests.database import small_province
from tests.database.small_province import IDS, SOUTH, WEST
from tests.pure.coordinate_spellings import DECIMAL, PLANE, SEXAGESIMAL, lines

pytestmark = pytest.mark.django_db(databases="__all__")

EAST, NORTH = WEST + 25, SOUTH + 15
# 106.34° E 20.45° N in VN-2000 (EPSG:9209), by the operation of the decree.
REFERENCE = ((587448.557, 2262291.728), (106.34, 20.45))


@pytest.fixture(scope="module", autouse=True)
def province(one_connection: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        small_province.build()
        yield
        transaction.set_rollback(True)


def degrees(east: float = EAST, north: float = NORTH) -> tuple[float, float]:
    place = Point(east, north, srid=9209).transform(4326, clone=True)
    return place.x, place.y


def first(found: Found) -> tuple[str, int | None, str]:
    hit = found.results[0]
    return hit.kind, hit.id, hit.match


@pytest.mark.parametrize(("system", "pair"), [(9209, REFERENCE[0]), (4326, REFERENCE[1])])
def test_both_systems_meet_at_the_reference_pair(system: int, pair: tuple[float, float]) -> None:
    spot = points.land([(system, *pair)], 9209)[0]
    assert (spot.lon, spot.lat) == pytest.approx(REFERENCE[1], abs=1e-6)


@pytest.mark.parametrize("query", ["{n:.0f} {e:.0f}", "{e:.0f} {n:.0f}", "18{e:.0f} {n:.0f}", "X={n:.2f} Y={e:.2f}"])
def test_a_point_in_a_parcel_gives_the_parcel_first(query: str) -> None:
    found = find(query.format(e=EAST, n=NORTH))
    assert first(found) == ("parcel", IDS["centre"], "exact")
    point = found.results[1]
    assert (point.kind, point.id) == ("point", None)
    assert "xã Đông Hưng; thửa 123, tờ 45" in point.subtitle


def test_degrees_give_the_same_parcel() -> None:
    lon, lat = degrees()
    for query in (f"{lat:.6f}, {lon:.6f}", f"{lon:.6f}, {lat:.6f}".replace(".", ","), f"{lat:.6f} B {lon:.6f} Đ"):
        assert first(find(query)) == ("parcel", IDS["centre"], "exact")


def test_what_was_assumed_is_said_in_words() -> None:
    found = find(f"{NORTH:.0f} {EAST:.0f}")
    assert found.spot == "hiểu là VN-2000, KTT 105°30', múi 3°, X (bắc) trước"
    assert found.results[0].subtitle == found.spot


def test_a_zone_number_before_the_easting_is_said() -> None:
    assert "bỏ số múi 18" in find(f"18 {EAST:.0f} {NORTH:.0f}").spot


def test_a_point_of_another_meridian_is_found_by_where_it_lands() -> None:
    lon, lat = degrees()
    other = Point(lon, lat, srid=4326).transform(9210, clone=True)
    found = find(f"{other.y:.2f} {other.x:.2f}")
    assert first(found) == ("parcel", IDS["centre"], "exact")
    assert "KTT 105°45'" in found.spot


def test_several_readings_are_told_apart_where_no_commune_decides() -> None:
    found = find("2240000 590000")
    assert {hit.kind for hit in found.results} == {"point"}
    assert len({hit.subtitle for hit in found.results}) == len(found.results) > 2
    assert [hit.match for hit in found.results] == ["exact"] + ["fuzzy"] * (len(found.results) - 1)
    assert "Không xã nào" in found.trouble


def test_a_named_meridian_overrules_the_usual_one() -> None:
    found = find(f"KTT 105°45' {NORTH:.0f} {EAST:.0f}")
    assert IDS["centre"] not in [hit.id for hit in found.results]


WITHOUT = [
    ("10.7769, 106.7009", "nằm ở tỉnh khác"),
    ("18.6796 105.6813", "nằm ở tỉnh khác"),
    ("2.045044, 106.34048", "vĩ độ 2,04504° thì không"),
    ("20.45044, 10.634048", "kinh độ 10,63405° thì không"),
    ("20.45044 S 106.34048 E", "thì không"),
    ("48.8566 N 2.3522 E", "nằm ngoài Việt Nam"),
    ("1255172.51 568262.924", "Không kinh tuyến trục nào"),
    ("KTT 108°15' X=1255172.51 Y=568262.924", "Theo VN-2000, KTT 108°15'"),
    ("226229 587448", "thừa hoặc thiếu chữ số"),
    ("20°27'61\"B 106°20'25\"Đ", "nhỏ hơn 60"),
    ("w7es7g2ndvz", "đúng 12 ký tự"),
    ("u4pruydqqvj8", "nằm ngoài tỉnh"),
]


@pytest.mark.parametrize(("query", "words"), WITHOUT)
def test_what_leads_nowhere_is_told_in_one_sentence(query: str, words: str) -> None:
    found = find(query)
    assert found.results == []
    assert words in found.trouble


@pytest.mark.parametrize(("query", "words"), WITHOUT[::4])
def test_the_page_says_it_and_gives_two_ways_on(client: Client, query: str, words: str) -> None:
    page = client.get("/search", {"q": query}, headers={"HX-Request": "true"}).content.decode()
    assert words in page
    assert page[page.index('class="ways-on"') :].count("<a href=") == 2


def test_directions_against_the_numbers_are_a_guess() -> None:
    lon, lat = degrees()
    found = find(f"{lat:.6f} Đ {lon:.6f} B")
    assert first(found) == ("parcel", IDS["centre"], "fuzzy")
    assert "đổi chỗ" in found.spot


@pytest.fixture
def coded() -> str:
    """The code of the cell at the middle of the parcel `centre`, given to it."""
    lon, lat = degrees()
    code = geohash(lon, lat)
    Parcel.objects.filter(feature_id=IDS["centre"]).update(parcel_code=code)
    return code


def geohash(lon: float, lat: float) -> str:
    """Twelve signs, made here by halving only to have a code to ask for."""
    limits, code, axis = [[-180.0, 180.0], [-90.0, 90.0]], "", 0
    for _ in range(12):
        value = 0
        for _ in range(5):
            low, high = limits[axis]
            upper = (lon, lat)[axis] >= (low + high) / 2
            limits[axis][0 if upper else 1] = (low + high) / 2
            value, axis = value * 2 + upper, 1 - axis
        code += "0123456789bcdefghjkmnpqrstuvwxyz"[value]
    return code


@pytest.mark.parametrize("written", [str.lower, str.upper])
def test_a_parcel_code_finds_its_parcel_in_any_case(coded: str, written: object) -> None:
    found = find(written(coded))  # type: ignore[operator]
    assert first(found) == ("parcel", IDS["centre"], "exact")
    assert found.results[0].subtitle == "điểm của mã nằm trong thửa"


def test_a_code_whose_place_is_elsewhere_is_told(coded: str) -> None:
    Parcel.objects.filter(feature_id=IDS["cac"]).update(parcel_code=coded)
    Parcel.objects.filter(feature_id=IDS["centre"]).update(parcel_code="")
    found = find(coded)
    assert first(found) == ("parcel", IDS["cac"], "exact")
    assert "cách thửa" in found.results[0].subtitle


def test_a_code_that_no_parcel_carries_finds_the_parcel_at_its_place_as_a_guess(coded: str) -> None:
    Parcel.objects.update(parcel_code="")
    found = find(coded)
    assert first(found) == ("parcel", IDS["centre"], "fuzzy")
    assert "không thửa nào mang mã này" in found.results[0].subtitle


def test_a_code_stays_as_it_was_given(coded: str) -> None:
    Parcel.objects.filter(feature_id=IDS["cac"]).update(parcel_code=coded.upper())
    find(coded)
    assert Parcel.objects.get(feature_id=IDS["cac"]).parcel_code == coded.upper()


@pytest.mark.parametrize("query", ["123/qd-ubnd", "123/QĐ-UBND", "123 / qđ - ubnd", "quyết định số 123/QĐ-UBND"])
def test_a_decision_is_found_however_it_is_written(query: str) -> None:
    hit = find(query).results[0]
    assert (hit.kind, hit.title, hit.match) == ("zone", "Vùng hạn chế Diêm Điền", "exact")


@pytest.mark.parametrize("query", [*lines(DECIMAL)[::6], *lines(SEXAGESIMAL)[::6], *lines(PLANE)[::6]])
def test_every_spelling_is_answered_over_http(client: Client, query: str) -> None:
    answer = client.get("/api/search", {"q": query}).json()
    assert answer["understood"]["spot"].startswith("hiểu là ")
    assert answer["results"][0]["kind"] == "point"
    assert answer["results"][0]["url"].startswith("/identify?lon=106.34")


def test_the_question_of_a_code_is_answered_by_its_index() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(
            "EXPLAIN SELECT 1 FROM layers_parcel WHERE lower(parcel_code) = %s AND parcel_code <> ''", ["w7es7g2ndvz3"]
        )
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "parcel_code" in plan.split("Index Cond")[0]
