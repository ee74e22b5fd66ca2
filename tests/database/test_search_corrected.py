"""What was understood of a query, said back and put right piece by piece; what is picked out of a paragraph."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from layers.search.finding import find
from tests.database import small_province
from tests.database.small_province import IDS

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture(scope="module", autouse=True)
def province(one_connection: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        small_province.build()
        yield
        transaction.set_rollback(True)


def test_a_group_of_houses_in_an_address_is_no_sheet() -> None:
    assert find("Tổ 5, thửa 123, tờ 45, xã Đông Hưng").results[0].id == IDS["centre"]
    assert {hit.title for hit in find("tổ 5 phường Trần Lãm").results} == {"Phường Trần Lãm"}


def test_a_group_of_houses_alone_says_so_and_offers_the_sheet(client: Client) -> None:
    page = client.get("/search", {"q": "tổ 45"}, headers={"HX-Request": "true"}).content.decode()
    assert "Tổ, thôn (không phải số tờ)" in page
    assert "?q=t%E1%BB%9D%2045" in page


@pytest.mark.parametrize(
    ("pieces", "first_id"),
    [
        ({"sheet": "45", "parcel": "123", "commune": "Đông Hưng"}, "centre"),
        ({"sheet": "045", "parcel": "123", "commune": "12688"}, "centre"),
        ({"sheet": "045", "parcel": "123", "commune": "99999"}, None),
        ({"sheet": "45", "parcel": "123", "commune": "Đông Hưng", "edition": "old"}, None),
        ({"sheet": "12", "parcel": "77", "commune": "Đông Hưng", "edition": "old"}, "centre"),
        ({"sheet": "45", "parcel": "123", "commune": "Minh Tân, huyện Hưng Hà"}, "tan-hh"),
        ({"sheet": "TĐ03-2014", "parcel": "8"}, "extract-8"),
    ],
)
def test_pieces_put_right_are_asked_as_they_are(client: Client, pieces: dict[str, str], first_id: str | None) -> None:
    results = client.get("/api/search", pieces).json()["results"]
    if first_id is None:
        assert IDS["centre"] not in [hit["id"] for hit in results]
    else:
        assert results[0]["id"] == IDS[first_id]


def test_the_page_offers_each_piece_to_be_put_right(client: Client) -> None:
    page = client.get("/search", {"q": "thửa 123 tờ 45 xã Đông Các"}).content.decode()
    for name, value in (("parcel", "123"), ("sheet", "45"), ("commune", "Xã Đông Các, Huyện Đông Hưng")):
        assert f'name="{name}" value="{value}"' in page


def test_coordinates_can_be_put_into_another_system_and_order(client: Client) -> None:
    guessed = client.get("/api/search", {"q": "2260015 583025"}).json()
    put = client.get("/api/search", {"q": "2260015 583025", "system": "9210"}).json()
    assert "105°30'" in guessed["understood"]["spot"]
    assert "105°45'" in put["understood"]["spot"]
    assert guessed["results"][0]["point"] != put["results"][0]["point"]
    swapped = client.get("/api/search", {"q": "20.4296 106.2975", "axes": "east"}).json()
    assert "không quá 90" in swapped["trouble"]
    page = client.get("/search", {"q": "2260015 583025", "system": "9210"}).content.decode()
    assert '<option value="9210" selected>' in page


LETTER = (
    "Kính gửi Sở Nông nghiệp và Môi trường, gia đình tôi có {numbers} đang canh tác từ nhiều năm nay, nay muốn biết"
    " trên đất này có vướng quy hoạch hay hành lang gì không, xin quý cơ quan trả lời giúp"
)


def test_of_a_whole_paragraph_what_was_recognised_is_searched_and_said(client: Client) -> None:
    query = LETTER.format(numbers="thửa đất số 123, tờ bản đồ số 45 tại xã Đông Các, huyện Đông Hưng,")
    told = client.get("/api/search", {"q": query}).json()
    assert told["results"][0]["id"] == IDS["cac"]
    assert (told["understood"]["parcel"], told["understood"]["sheet"]) == ("123", "45")
    assert told["trouble"] == "Câu hỏi dài: chỉ tìm theo những gì nhận ra được trong đó."
    assert len(told["understood"]["leftover"].split()) <= 9


def test_a_paragraph_that_quotes_a_decision_finds_it(client: Client) -> None:
    told = client.get("/api/search", {"q": LETTER.format(numbers="vùng theo Quyết định số 123/QĐ-UBND,")}).json()
    assert told["results"][0]["title"] == "Vùng hạn chế Diêm Điền"


def test_a_paragraph_with_nothing_in_it_gets_one_sentence(client: Client) -> None:
    told = client.get("/api/search", {"q": LETTER.format(numbers="ruộng") * 5}).json()
    assert told["results"] == []
    assert told["trouble"].startswith("Câu hỏi dài mà không nhận ra")
