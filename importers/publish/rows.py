"""Closing old versions and opening new ones, from the temporary tables `arrived` and `difference`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from psycopg import Cursor, sql

from importers.publish.staging import delivered_columns, names
from layers.declare import Layer
from layers.queries.tiles import PLAIN_SHAPE

# From this many new rows on it is faster to build a table's indexes once than to keep them row by row.
BULK_ROWS = 50_000

OPEN = """
INSERT INTO {table} (feature_id, since, digest, {columns}{more})
SELECT coalesce(d.feature_id, {before} + d.place), {number}, d.digest, {values}{computed}
FROM arrived AS a JOIN difference AS d USING (no){tile_shape}
WHERE d.fate IN ('added', 'changed')
"""

# OFFSET 0 keeps the planner from pulling the transformation apart and doing it once for each use. Areas run clockwise,
# the way round that tiles want them (see layers/sql/plain_shape.sql); lines and points stay as they are.
TILE_SHAPE = sql.SQL(
    " CROSS JOIN LATERAL (SELECT ST_ForcePolygonCW(ST_Transform(a.geom, 3857)) AS shape OFFSET 0) AS tile"
)


def next_number(cursor: Cursor) -> int:
    """One more than the newest revision; safe because the publishing lock is held."""
    row = cursor.execute("SELECT coalesce(max(number), 0) + 1 FROM layers_revision").fetchone()
    assert row is not None  # noqa: S101  (an aggregate always gives a row)
    return int(row[0])


def close(cursor: Cursor, layer: Layer, number: int) -> None:
    query = sql.SQL(
        "UPDATE {} SET until = {} WHERE row_id IN (SELECT row_id FROM difference WHERE fate IN ('changed', 'removed'))"
    )
    cursor.execute(query.format(sql.Identifier(layer.table), sql.Literal(number)))


def open_versions(cursor: Cursor, layer: Layer, number: int) -> None:
    """Insert the new versions: a changed feature keeps its id, an added one gets the next. Makes the tile shapes."""
    columns = [column.name for column in delivered_columns(layer)]
    computed = computed_columns(layer)
    before = reserve_ids(cursor)
    cursor.execute(
        sql.SQL(OPEN).format(
            before=sql.Literal(before),
            table=sql.Identifier(layer.table),
            columns=names(columns),
            more=sql.SQL("").join(sql.SQL(", {}").format(sql.Identifier(name)) for name in computed),
            number=sql.Literal(number),
            values=names(columns, "a"),
            tile_shape=TILE_SHAPE if "geom_3857" in computed else sql.SQL(""),
            computed=sql.SQL("").join(sql.SQL(", {}").format(value) for value in computed.values()),
        )
    )


def reserve_ids(cursor: Cursor) -> int:
    """The number before the first of as many new feature ids as there are added rows. The publishing lock is held."""
    row = cursor.execute(
        "WITH first AS (SELECT nextval('public.layers_feature_id') AS id),"
        " added AS (SELECT count(*) AS count FROM difference WHERE fate = 'added')"
        " SELECT id - 1, setval('public.layers_feature_id', greatest(id + count - 1, id), count > 0) FROM first, added"
    ).fetchone()
    assert row is not None  # noqa: S101  (both parts always give a row)
    return int(row[0])


def computed_columns(layer: Layer) -> dict[str, sql.Composable]:
    own = {column.name for column in layer.model._meta.fields}
    computed: dict[str, sql.Composable] = {}
    if "geom_3857" in own:
        computed["geom_3857"] = sql.SQL("tile.shape")
    if "plain_shape" in own:
        computed["plain_shape"] = sql.SQL(PLAIN_SHAPE).format(geom=sql.SQL("tile.shape"))
    return computed


def change_digest(cursor: Cursor) -> str:
    """SHA-256 over what was opened and closed, in an order that does not depend on the delivery's."""
    row = cursor.execute(
        "SELECT encode(sha256(coalesce(string_agg(fate || coalesce(digest::text, feature_id::text), ','"
        " ORDER BY digest, feature_id), '')::bytea), 'hex') FROM difference WHERE fate <> 'same'"
    ).fetchone()
    assert row is not None  # noqa: S101  (an aggregate always gives a row)
    return str(row[0])


@contextmanager
def bulk_load(cursor: Cursor, layer: Layer, added: int) -> Iterator[None]:
    """While many rows go into an empty table its indexes are away; they come back in the same transaction."""
    table = layer.table
    if added < BULK_ROWS or not is_empty(cursor, table):
        yield
        return
    indexes = cursor.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s AND indexname <> %s", (table, f"{table}_pkey")
    ).fetchall()
    for name, _ in indexes:
        cursor.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(name)))
    yield
    for _, definition in indexes:
        cursor.execute(definition)
    cursor.execute(sql.SQL("ANALYZE {}").format(sql.Identifier(table)))


def is_empty(cursor: Cursor, table: str) -> bool:
    return cursor.execute(sql.SQL("SELECT 1 FROM {} LIMIT 1").format(sql.Identifier(table))).fetchone() is None
