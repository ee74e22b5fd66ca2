"""A delivery's rows in a temporary table, beside the published ones, and how the two differ."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pandas as pd
from django.db import models
from psycopg import Cursor, sql

from importers.publish.copying import FORMAT, lines, named
from importers.publish.delivery import Difference, Kind, PublishRefused
from layers.declare import Layer

# Written by publishing itself, never delivered.
OWN_COLUMNS = {"row_id", "feature_id", "since", "until", "digest", "geom_3857", "plain_shape"}
# Two deliveries of one shape differ by the rounding of their formats; less than this is the same place.
SAME_PLACE_M = 0.001
EXAMPLES = 10

Progress = Callable[[int], None]


def delivered_columns(layer: Layer) -> list[models.Field[Any, Any]]:
    return named(layer, OWN_COLUMNS)


def names(columns: Iterable[str], prefix: str = "") -> sql.Composed:
    """`a, b, c`, or with a prefix `t.a, t.b, t.c`, quoted."""
    parts = [sql.Identifier(prefix, name) if prefix else sql.Identifier(name) for name in columns]
    return sql.SQL(", ").join(parts)


def stage(cursor: Cursor, layer: Layer, frames: Iterable[pd.DataFrame], progress: Progress | None = None) -> int:
    """Fill the temporary table `arrived` from frames with the layer's field names; the number of rows.

    Frames of drawn layers carry their geometry in EPSG:9209. A missing column takes the model's default.
    """
    columns = delivered_columns(layer)
    listed = names(column.name for column in columns)
    cursor.execute("DROP TABLE IF EXISTS pg_temp.arrived, pg_temp.difference")
    cursor.execute(
        sql.SQL("CREATE TEMP TABLE arrived ON COMMIT DROP AS SELECT 0::bigint AS no, {} FROM {} WITH NO DATA").format(
            listed, sql.Identifier(layer.table)
        )
    )
    done = 0
    with cursor.copy(sql.SQL("COPY arrived (no, {}) FROM STDIN {}").format(listed, sql.SQL(FORMAT))) as copy:
        for frame in frames:
            copy.write(lines(frame, columns, first=done))
            done += len(frame)
            if progress:
                progress(len(frame))
    cursor.execute("ANALYZE arrived")
    refuse_broken_promises(cursor, layer)
    return done


def refuse_broken_promises(cursor: Cursor, layer: Layer) -> None:
    """Raise PublishRefused for two rows of one key, and for shapes no answer could be computed from."""
    key = names(layer.key)
    query = sql.SQL("SELECT {key} FROM arrived GROUP BY {key} HAVING count(*) > 1 LIMIT 100").format(key=key)
    refuse_if_any(cursor, query, "duplicate-key")
    if layer.geometry_type:
        nullable = layer.column("geom").null
        empty = sql.SQL("SELECT {} FROM arrived WHERE {} LIMIT 100").format(
            key, sql.SQL("ST_IsEmpty(geom)" if nullable else "geom IS NULL OR ST_IsEmpty(geom)")
        )
        refuse_if_any(cursor, empty, "empty-shape")
        invalid = sql.SQL("SELECT {} FROM arrived WHERE NOT ST_IsValid(geom) LIMIT 100").format(key)
        refuse_if_any(cursor, invalid, "invalid-shape")


def refuse_if_any(cursor: Cursor, query: sql.Composed, code: str) -> None:
    found = cursor.execute(query).fetchall()
    if found:
        raise PublishRefused(code, [tuple(str(part) for part in row) for row in found])


DIFFER = """
CREATE TEMP TABLE difference ON COMMIT DROP AS
WITH fresh AS (SELECT no, {key}, md5(ROW({columns})::text)::uuid AS digest FROM arrived),
     standing AS (SELECT row_id, feature_id, digest AS old_digest, {key} FROM {table} WHERE until IS NULL),
     matched AS (SELECT * FROM fresh FULL JOIN standing USING ({key}))
SELECT CASE WHEN row_id IS NULL THEN 'added' WHEN no IS NULL THEN 'removed'
            WHEN digest = old_digest THEN 'same' ELSE 'changed' END AS fate,
       no, digest, row_id, feature_id, {key},
       count(*) FILTER (WHERE row_id IS NULL) OVER (ORDER BY no) AS place
FROM matched
WHERE no IS NOT NULL OR {in_scope}
"""

# Formats round differently: the same attributes and, within a millimetre, the same shape are no change. Asked from
# cheap to dear: the boxes, the lengths, the ground that only one has, and last how far their outlines are apart.
# For outlines of many vertices that is asked by a strip along the other one, because the Hausdorff distance takes the
# square of their number (tried: 12,000 vertices, 22 s against 0.1 s).
FORGIVE = """
UPDATE difference AS d SET fate = 'same'
FROM arrived AS a, {table} AS t
WHERE d.fate = 'changed' AND a.no = d.no AND t.row_id = d.row_id
  AND ROW({new}) IS NOT DISTINCT FROM ROW({old})
  AND CASE
    WHEN greatest(abs(ST_XMin(a.geom) - ST_XMin(t.geom)), abs(ST_XMax(a.geom) - ST_XMax(t.geom)),
                  abs(ST_YMin(a.geom) - ST_YMin(t.geom)), abs(ST_YMax(a.geom) - ST_YMax(t.geom))) > {tolerance}
      THEN false
    WHEN abs(ST_Length(a.geom) - ST_Length(t.geom)) > {tolerance} * ST_NPoints(t.geom) * 2 THEN false
    WHEN ST_Dimension(t.geom) = 2
      AND ST_Area(ST_SymDifference(a.geom, t.geom)) > {tolerance} * ST_Perimeter(t.geom) THEN false
    WHEN ST_NPoints(t.geom) <= {few} THEN ST_HausdorffDistance(a.geom, t.geom) <= {tolerance}
    ELSE ST_Covers(ST_Buffer({outline_t}, {tolerance}), {outline_a})
      AND ST_Covers(ST_Buffer({outline_a}, {tolerance}), {outline_t})
  END
"""
FEW_VERTICES = 500


def outline(alias: str, layer: Layer) -> sql.Composed:
    """The line that tells how far two shapes are apart: the border of an area, a line or point itself."""
    shape = sql.Identifier(alias, "geom")
    return sql.SQL("ST_Boundary({})" if layer.geometry_type == "MULTIPOLYGON" else "{}").format(shape)


def differ(cursor: Cursor, layer: Layer, *, whole_layer: bool) -> Difference:
    """Fill the temporary table `difference` (fate, no, digest, row_id, feature_id, key) from `arrived`.

    `place` counts the added rows in the order of the delivery, so their ids can follow that order.
    """
    columns = [column.name for column in delivered_columns(layer)]
    table = sql.Identifier(layer.table)
    cursor.execute(
        sql.SQL(DIFFER).format(
            key=names(layer.key), columns=names(columns), table=table, in_scope=scope_of(layer, whole_layer=whole_layer)
        )
    )
    cursor.execute("ANALYZE difference")
    if layer.geometry_type:
        told = [name for name in columns if name != "geom"]
        cursor.execute(
            sql.SQL(FORGIVE).format(
                table=table,
                new=names(told, "a"),
                old=names(told, "t"),
                tolerance=sql.Literal(SAME_PLACE_M),
                few=sql.Literal(FEW_VERTICES),
                outline_a=outline("a", layer),
                outline_t=outline("t", layer),
            )
        )
    return counted(cursor, layer)


def scope_of(layer: Layer, *, whole_layer: bool) -> sql.Composed | sql.SQL:
    """Which standing features a delivery speaks for: all, those of its scope, or none but its own."""
    if whole_layer:
        return sql.SQL("true")
    if not layer.scope:
        return sql.SQL("false")
    return sql.SQL(
        "row_id IN (SELECT row_id FROM {table} WHERE until IS NULL AND ({scope}) IN (SELECT {scope} FROM arrived))"
    ).format(table=sql.Identifier(layer.table), scope=names(layer.scope))


def counted(cursor: Cursor, layer: Layer) -> Difference:
    counts: dict[Kind, int] = dict(cursor.execute("SELECT fate, count(*) FROM difference GROUP BY fate").fetchall())
    examples: dict[Kind, list[tuple[str, ...]]] = {}
    for kind in ("added", "changed", "removed"):
        query = sql.SQL("SELECT {} FROM difference WHERE fate = %s ORDER BY no, row_id LIMIT %s").format(
            names(layer.key)
        )
        rows = cursor.execute(query, (kind, EXAMPLES)).fetchall()
        examples[kind] = [tuple(str(part) for part in row) for row in rows]
    return Difference(
        counts.get("added", 0), counts.get("changed", 0), counts.get("removed", 0), counts.get("same", 0), examples
    )
