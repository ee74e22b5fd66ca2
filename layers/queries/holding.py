"""Who works at what just now, by session locks of PostgreSQL: the database lets go of them when their process dies.

A heartbeat tells after half a minute, and of a busy process sometimes wrongly; a lock tells at once and never so.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.db import Error, connections

# One number for each kind of work; the second number of the lock is the thing worked at.
KINDS = {"delivery": 9209001, "undoing": 9209002}

TAKE = "SELECT pg_try_advisory_lock(%s, %s)"
LET_GO = "SELECT pg_advisory_unlock(%s, %s)"
HELD = """
    SELECT objid::bigint FROM pg_locks
    WHERE locktype = 'advisory' AND objsubid = 2 AND classid = %s AND granted
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"""


@contextmanager
def holding(kind: str, number: int) -> Iterator[bool]:
    """Yields whether we have it; False: somebody else is at it."""
    with connections["default"].cursor() as cursor:
        cursor.execute(TAKE, [KINDS[kind], number])
        taken = bool(cursor.fetchone()[0])
    try:
        yield taken
    finally:
        if taken:
            # A connection that broke has let go of it already.
            with suppress(Error), connections["default"].cursor() as cursor:
                cursor.execute(LET_GO, [KINDS[kind], number])


def held(kind: str) -> set[int]:
    """The numbers that somebody works at."""
    with connections["default"].cursor() as cursor:
        cursor.execute(HELD, [KINDS[kind]])
        return {number for (number,) in cursor.fetchall()}
