"""Two publishers at once stand in a row. Real connections, one a thread, and real commits."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest
from django.db import connections

from importers.publish import twins
from layers.ground.parcels import PARCELS, Parcel
from layers.revisions import Revision
from tests.database.province import deliver, parcel

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")

PATIENCE_S = 120


def in_own_connections(work: Callable[[], Any]) -> Any:
    try:
        return work()
    finally:
        connections.close_all()


def published(number: int) -> int:
    revision = deliver(PARCELS, parcel(number, sheet_no=str(number)))
    assert revision is not None
    return revision.number


def somebody_waits_for_the_lock() -> bool:
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database"
            " WHERE locktype = 'advisory' AND NOT granted AND datname = current_database())"
        )
        return bool(cursor.fetchone()[0])


def until(condition: Callable[[], bool]) -> bool:
    """Whether it comes true within the patience of these tests."""
    pause = threading.Event()
    return any(condition() or pause.wait(0.01) for _ in range(PATIENCE_S * 100))


def test_the_second_waits_until_the_first_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    inside, go = threading.Event(), threading.Event()
    follow = twins.follow

    def held_up(*said: Any) -> None:
        inside.set()
        assert go.wait(PATIENCE_S)
        follow(*said)

    monkeypatch.setattr(twins, "follow", held_up)
    with ThreadPoolExecutor(2) as pool:
        first: Future[int] = pool.submit(in_own_connections, lambda: published(1))
        assert inside.wait(PATIENCE_S)
        second: Future[int] = pool.submit(in_own_connections, lambda: published(2))
        waits = until(somebody_waits_for_the_lock)
        seen = Revision.objects.count()
        go.set()
        numbers = [first.result(PATIENCE_S), second.result(PATIENCE_S)]
    assert waits
    assert seen == 0
    assert numbers == [1, 2]


def test_many_publications_at_once_have_numbers_without_a_gap() -> None:
    with ThreadPoolExecutor(4) as pool:
        jobs = [pool.submit(in_own_connections, partial(published, n)) for n in range(12)]
        numbers = sorted(job.result(PATIENCE_S) for job in jobs)
    assert numbers == list(range(1, 13))
    assert Parcel.objects.filter(until=None).count() == 12
    assert sorted(Parcel.objects.values_list("since", flat=True)) == numbers
