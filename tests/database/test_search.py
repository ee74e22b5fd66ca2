"""What people type, and what they mean by it. Half of the spellings carry a mistake."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.plugin import DjangoDbBlocker

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
