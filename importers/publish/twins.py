"""Keeping the report's twins in step: shapes cut into pieces of at most 64 vertices, and their boundaries likewise."""

from __future__ import annotations

from django.db.models import Model
from psycopg import Cursor, sql

from layers.declare import Layer
from layers.ground.coverage import COVERAGE
from layers.twins import CoveragePiece, ZoneEdge, ZonePiece

# Tried on 5,000 zones: 64 to 128 vertices are the sweet spot between index and clipping.
PIECE_VERTICES = 64

# All ground within reach of a line or point. Segments are widened one by one and united: GEOS (3.11, tried) smooths a
# line that it widens as a whole by up to 1 % of the width (0.12 m in 28 m), and of a closed one it sometimes leaves
# ground out. Arcs have so many segments that their chord error stays below 0.5 mm.
GROUND = """(
  SELECT ST_Union(ST_Buffer(part.geom, {reach}, greatest(16, ceil(sqrt(620 * {reach})))::int))
  FROM {parts}(geom) AS part
)"""

# A piece that shares less than this (m²) with all others together lies alone: the rounding of corners that both have.
ALONE_M2 = 1e-8

# One statement, so that the ground of a corridor is worked out once.
ZONE_TWINS = """
WITH zone AS MATERIALIZED (SELECT *, {shape} AS ground FROM {table} WHERE since = {number}),
pieces AS (
  INSERT INTO {pieces} (layer, row_id, since, geom, accuracy_m, whole_parcels, valid_from, valid_until, state,
                        overlap_m2)
  SELECT {slug}, row_id, since, ST_Subdivide(ground, {vertices}),
         accuracy_m, whole_parcels, valid_from, valid_until, state, {overlap}
  FROM zone
)
INSERT INTO {edges} (layer, row_id, since, geom)
SELECT {slug}, row_id, since, ST_Subdivide(ST_Boundary(ground), {vertices}) FROM zone WHERE ST_Dimension(ground) = 2
"""

# What pieces share is what their union lacks, as the composition asks it: where GEOS (3.11) loses ground of a union,
# they share too much, which is slow and not wrong. Asked of the new pieces, and once of those from before it was asked.
# layer || '': by the index of shapes, whatever the planner believes of a layer that nobody has counted yet.
OVERLAPS = """
WITH shared AS MATERIALIZED (
  SELECT one.piece_id,
         coalesce(sum(abs(ST_Area(one.geom) + ST_Area(other.geom) - ST_Area(ST_Union(one.geom, other.geom)))
                      ORDER BY other.piece_id), 0) AS m2
  FROM {pieces} AS one LEFT JOIN LATERAL (
    SELECT piece_id, since, geom FROM {pieces} WHERE layer || '' = {slug} AND until IS NULL AND geom && one.geom
    UNION ALL
    SELECT piece_id, since, geom FROM {pieces} WHERE layer || '' = {slug} AND until > one.since AND geom && one.geom
  ) AS other ON other.since < one.since OR (other.since = one.since AND other.piece_id < one.piece_id)
  WHERE one.layer = {slug} AND (one.since = {number} OR one.overlap_m2 IS NULL)
  GROUP BY one.piece_id
)
UPDATE {pieces} AS piece SET overlap_m2 = CASE WHEN m2 < {alone} THEN 0 ELSE m2 END
FROM shared WHERE piece.piece_id = shared.piece_id AND (piece.overlap_m2 IS NULL OR m2 >= {alone})
"""

COVERAGE_PIECES = """
INSERT INTO {pieces} (layer, row_id, since, geom, accuracy_m)
SELECT layer, row_id, since, ST_Subdivide(geom, {vertices}), accuracy_m FROM {table} WHERE since = {number}
"""

CLOSE = """
UPDATE {twin} SET until = {number}
WHERE row_id IN (SELECT row_id FROM difference WHERE fate IN ('changed', 'removed')) AND until IS NULL AND {which}
"""


def table_of(model: type[Model]) -> sql.Identifier:
    return sql.Identifier(model._meta.db_table)


def shape_of(layer: Layer) -> sql.Composable:
    """The ground a record applies to: its shape, or all within its reach."""
    if layer.reach is None:
        return sql.Identifier("geom")
    parts = "ST_DumpSegments" if layer.geometry_type == "MULTILINESTRING" else "ST_Dump"
    return sql.SQL(GROUND).format(reach=sql.Identifier(layer.reach), parts=sql.SQL(parts))


def follow(cursor: Cursor, layer: Layer, number: int) -> None:
    """After rows were opened and closed as revision `number`: the same for the twins of a layer that has some."""
    if layer is COVERAGE:
        follow_coverage(cursor, layer, number)
    elif layer.is_judged:
        follow_zones(cursor, layer, number)


def follow_zones(cursor: Cursor, layer: Layer, number: int) -> None:
    words = {
        "slug": sql.Literal(layer.slug),
        "table": sql.Identifier(layer.table),
        "number": sql.Literal(number),
        "shape": shape_of(layer),
        "vertices": sql.Literal(PIECE_VERTICES),
        "pieces": table_of(ZonePiece),
        "edges": table_of(ZoneEdge),
        "overlap": sql.SQL("0" if layer.composed else "NULL"),
        "alone": sql.Literal(ALONE_M2),
    }
    for twin in (ZonePiece, ZoneEdge):
        which = sql.SQL("layer = {}").format(sql.Literal(layer.slug))
        cursor.execute(sql.SQL(CLOSE).format(twin=table_of(twin), which=which, **words))
    cursor.execute(sql.SQL(ZONE_TWINS).format(**words))
    if layer.composed:
        cursor.execute(sql.SQL(OVERLAPS).format(**words))


def follow_coverage(cursor: Cursor, layer: Layer, number: int) -> None:
    words = {
        "table": sql.Identifier(layer.table),
        "number": sql.Literal(number),
        "vertices": sql.Literal(PIECE_VERTICES),
    }
    cursor.execute(sql.SQL(CLOSE).format(twin=table_of(CoveragePiece), which=sql.SQL("true"), **words))
    cursor.execute(sql.SQL(COVERAGE_PIECES).format(pieces=table_of(CoveragePiece), **words))
