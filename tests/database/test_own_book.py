"""“So với sổ của tôi”: the page by POST, without JavaScript, and nothing of what was typed kept anywhere."""

from __future__ import annotations

import io
import logging

import pytest
from django.db import connection
from django.test import Client

from geoportal.logs import JsonLines
from layers.ground.parcels import PARCELS
from tests.database.province import deliver, parcel, standing

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def address() -> str:
    purposes = [{"code": "ONT", "vocabulary": "2024", "area_m2": 300}]
    deliver(PARCELS, parcel(123, area_paper_m2=5012.0, map_scale=1000, accuracy_m=0.15, purposes=purposes))
    return f"/parcels/{standing(123).feature_id}/own-book"


def test_the_page_tells_line_by_line_what_agrees_and_what_does_not(client: Client, address: str) -> None:
    typed = {"area": "5.012,0", "purposes": "đất ở tại nông thôn", "edges": "50; 100; 50,1; 99"}
    answer = client.post(address, typed)
    words = answer.content.decode()
    assert answer.status_code == 200
    assert [words.count(f"<b>{verdict}</b>") for verdict in ("Khớp", "Không khớp")] == [6, 1]
    assert "mỗi đỉnh lệch đến 0,15" in words
    assert 'value="5.012,0"' in words and "50; 100; 50,1; 99</textarea>" in words


def test_a_garbled_number_is_one_sentence_in_place_and_loses_nothing(client: Client, address: str) -> None:
    words = client.post(address, {"area": "5O12", "edges": "50; 1OO"}).content.decode()
    assert "“5O12” không phải là một số lớn hơn 0." in words
    assert "Có phải ý là 5012?" in words and "Có phải ý là 100?" in words
    assert 'value="5O12"' in words


@pytest.mark.parametrize("typed", [{}, {"area": " "}, {"edges": "\x00"}, {"area": "<script>"}, {"edges": "1;" * 900}])
def test_whatever_is_typed_the_page_answers(client: Client, address: str, typed: dict[str, str]) -> None:
    answer = client.post(address, typed)
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()


def test_nothing_typed_is_kept_in_a_table_a_log_or_a_cache(client: Client, address: str) -> None:
    lines = io.StringIO()
    handler = logging.StreamHandler(lines)
    handler.setFormatter(JsonLines())
    logging.getLogger().addHandler(handler)
    try:
        answer = client.post(address, {"area": "7777,7", "purposes": "Nguyễn Thị Planted"})
    finally:
        logging.getLogger().removeHandler(handler)
    assert "no-store" in answer["Cache-Control"]
    assert not answer.cookies
    assert "7777" not in lines.getvalue() and "Planted" not in lines.getvalue()
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT count(*) FROM "{table}" t WHERE t::text LIKE %s', ["%Planted%"])
            assert cursor.fetchone() == (0,), table


def test_who_opens_the_address_comes_to_the_parcel(client: Client, address: str) -> None:
    answer = client.get(address + "?lang=en")
    assert (answer.status_code, answer["Location"]) == (302, address[: -len("/own-book")] + "?lang=en#own-book")


def test_an_unknown_parcel_is_404(client: Client, address: str) -> None:
    assert client.post("/parcels/999999/own-book", {"area": "1"}).status_code == 404


def test_no_token_is_needed_because_nothing_is_changed(address: str) -> None:
    assert Client(enforce_csrf_checks=True).post(address, {"area": "5012"}).status_code == 200
