"""While one types: names in which a word begins so, the likeliest first."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from layers.search.suggesting import MOST, suggest
from tests.database import small_province

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture(scope="module", autouse=True)
def province(one_connection: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        small_province.build()
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("typed", "name", "query"),
    [
        ("đông hư", "Xã Đông Hưng", "Xã Đông Hưng"),
        ("DONG HU", "Xã Đông Hưng", "Xã Đông Hưng"),
        ("xã đông hư", "Xã Đông Hưng", "Xã Đông Hưng"),
        ("kim ch", "Xã Kim Chung", "Xã Kim Chung, Huyện Hưng Hà"),
        ("quoc l", "Quốc lộ 10", "Quốc lộ 10"),
        ("trà l", "Phường Trà Lý", "Phường Trà Lý"),
        ("sông tr", "Sông Trà Lý", "Sông Trà Lý"),
        ("chợ đ", "Chợ Đông Hưng", "Chợ Đông Hưng"),
        ("vùng hạn", "Vùng hạn chế Diêm Điền", "Vùng hạn chế Diêm Điền"),
        ("diem di", "Thị trấn Diêm Điền", "Thị trấn Diêm Điền, Huyện Thái Thụy"),
        ("thửa 123 tờ 45 đông hư", "Xã Đông Hưng", "thửa 123 tờ 45 Xã Đông Hưng"),
        ("45/123 x. dong hu", "Xã Đông Hưng", "45/123 Xã Đông Hưng"),
    ],
)
def test_the_name_that_is_meant_comes_first(typed: str, name: str, query: str) -> None:
    found = suggest(typed)[0]
    assert (found.name, found.query) == (name, query)


def test_a_zone_is_suggested_by_a_word_within_its_name() -> None:
    assert "Vùng hạn chế Diêm Điền" in [found.name for found in suggest("diêm")]


def test_an_old_commune_says_so_and_where_it_lay() -> None:
    assert {found.kind for found in suggest("minh tâ")} >= {
        "đơn vị cũ, huyện Đông Hưng",
        "đơn vị cũ, huyện Hưng Hà",
        "đơn vị cũ, huyện Kiến Xương",
    }


def test_a_letter_within_a_word_suggests_nothing() -> None:
    assert suggest("ưng h") == suggest("ong hun") == []


@pytest.mark.parametrize("typed", ["đ", "%", "__", "\\", "' OR 1=1 --", "thửa 123 tờ 45", "20.45, 106.34", "東京"])
def test_what_is_no_name_suggests_nothing(typed: str) -> None:
    assert suggest(typed) == []


def test_there_are_never_more_than_fit() -> None:
    assert len(suggest("xã")) == MOST


def test_the_fragment_holds_options_and_no_page(client: Client) -> None:
    fragment = client.get("/search/suggest", {"q": "đông hư"}).content.decode()
    assert "<html" not in fragment
    assert fragment.count('role="option"') >= 2
    assert 'id="suggestion-1" aria-selected="false" data-query="Xã Đông Hưng"' in fragment


@pytest.mark.parametrize("typed", ["", " ", "x" * 400])
def test_nothing_to_complete_is_an_empty_list(client: Client, typed: str) -> None:
    answer = client.get("/search/suggest", {"q": typed})
    assert (answer.status_code, answer.content.strip().count(b"<li")) == (200, 0)


def test_a_chosen_suggestion_is_found_exactly(client: Client) -> None:
    for typed in ("kim ch", "đông hư", "quoc l", "vùng hạn"):
        found = suggest(typed)[0]
        first = client.get("/api/search", {"q": found.query}).json()["results"][0]
        assert (first["title"], first["match"]) == (found.name, "exact")
