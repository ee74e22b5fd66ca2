"""A fixed sample of the proof `search`: every fifth query of its table, five of each of the twelve kinds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from proofs.search import Query, judged, table
from tests.database import search_province

pytestmark = pytest.mark.django_db(databases="__all__")
SAMPLE = table()[::5]


@pytest.fixture(scope="module", autouse=True)
def province(one_connection: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        search_province.build()
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("query", SAMPLE, ids=[query.text for query in SAMPLE])
def test_what_is_meant_comes_first(query: Query) -> None:
    one = judged(query)
    assert one.place == 1, one.told


def test_the_table_holds_what_the_proof_says_of_it() -> None:
    every = table()
    kinds = Counter(query.kind for query in every)
    assert (len(kinds), set(kinds.values())) == (12, {25})
    assert sum(bool(query.mistake) for query in every) >= 150
    assert len({query.text for query in every}) == 300
