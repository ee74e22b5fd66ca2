"""Prepared statements with binary results, for the few questions that are asked all day long.

Planning such a statement costs more than answering it, so PostgreSQL keeps its plan for the connection's life (the
settings ask for one plan, whatever the values); a tile comes as bytes instead of hexadecimal text. With psycopg2, which
can do neither, the same statements run the plain way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from django.db import OperationalError, connections
from django.db.backends.postgresql.psycopg_any import IsolationLevel, is_psycopg3

if is_psycopg3:
    # Django's own cursors put the values into the text, and so prepare nothing; this one sends them apart, and takes
    # the text as it is: psycopg's usual cursor reads a long one anew at each use (3 ms for all layers of the map).
    from psycopg import RawCursor

READ_ONLY = "read_only" if is_psycopg3 else "readonly"

# psycopg prepares a statement after so many uses, or when told to; never by itself means: only ours, when told to.
NEVER = 1_000_000_000
# … and forgets the one used longest ago beyond so many; its usual hundred is less than what all pages ask together.
KEPT = 300


def rows(using: str, statement: str, values: Mapping[str, object]) -> list[tuple[Any, ...]]:
    """All rows of a prepared statement on one of the portal's connections.

    A connection that the server had closed meanwhile is opened again once; inside a transaction the error stands.
    """
    try:
        return execute(using, statement, values)
    except OperationalError:
        if connections[using].in_atomic_block or connections[using].is_usable():
            raise
        connections[using].close()
        return execute(using, statement, values)


def execute(using: str, statement: str, values: Mapping[str, object]) -> list[tuple[Any, ...]]:
    wrapper = connections[using]
    wrapper.ensure_connection()
    connection: Any = wrapper.connection
    with wrapper.wrap_database_errors:
        if not is_psycopg3:
            with connection.cursor() as cursor:
                cursor.execute(statement, values)
                return list(cursor.fetchall())
        connection.prepare_threshold, connection.prepared_max = NEVER, KEPT
        text, names = numbered(statement)
        with RawCursor(connection) as cursor:
            return cursor.execute(text, [values[name] for name in names], prepare=True, binary=True).fetchall()


PLACEHOLDER = re.compile(r"%(?:\((\w+)\)s|%)")


@lru_cache(maxsize=256)
def numbered(statement: str) -> tuple[bytes, tuple[str, ...]]:
    """A statement with its values as the server wants them ($1, $2, …), and which is which."""
    names: dict[str, int] = {}

    def number(found: re.Match[str]) -> str:
        return f"${names.setdefault(found[1], len(names) + 1)}" if found[1] else "%"

    return PLACEHOLDER.sub(number, statement).encode(), tuple(names)


@contextmanager
def steady(using: str) -> Iterator[None]:
    """The transaction that begins inside reads one moment of the database (REPEATABLE READ, read only). One that has
    begun before stays what it is."""
    wrapper = connections[using]
    if wrapper.in_atomic_block:
        yield
        return
    wrapper.ensure_connection()
    # Both drivers say it with BEGIN itself, which saves a question for each page.
    connection: Any = wrapper.connection
    connection.isolation_level, usual = IsolationLevel.REPEATABLE_READ, connection.isolation_level
    setattr(connection, READ_ONLY, True)
    try:
        yield
    finally:
        if wrapper.connection is connection and not connection.closed:
            connection.isolation_level = usual
            setattr(connection, READ_ONLY, None)
