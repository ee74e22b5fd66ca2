"""What is at a place, in every layer of the map and in the coverage: one statement over the whole catalogue."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.db import connections
from django.db.backends.postgresql.psycopg_any import sql

from layers import catalogue
from layers.declare import Layer
from layers.ground.coverage import COVERAGE
from layers.queries import prepared
from layers.queries.files import sql_file

# A piece of SQL: psycopg's, or psycopg2's of the same name.
Piece = Any

# More records of one layer at one place than this help nobody; the nearest are kept.
MOST = 20
PLACE = """WITH place AS MATERIALIZED (
    SELECT ST_Transform(ST_SetSRID(ST_MakePoint(%(lon)s, %(lat)s), 4326), {plane}) AS point
)
"""


@dataclass(frozen=True)
class Found:
    """A record at the place: its public attributes by name, and how far its shape is away in metres (VN-2000)."""

    layer: Layer
    feature_id: int
    distance_m: float
    record: dict[str, Any]


def at(
    lon: float, lat: float, snapshot: int, tolerance_m: float, margin_m: float = 0.0, *, is_present: bool = False
) -> list[Found]:
    """Records at a point (WGS 84, degrees) as of a snapshot, layer by layer as declared, nearest first.

    Areas must hold the point; lines and points may be `tolerance_m` away, or as far as the record itself reaches.
    `margin_m`: how far the point itself may be off; then everything that near counts, areas too.
    `is_present`: the snapshot is the newest, as it was asked in this very transaction (`snapshots.reading`)."""
    values = {"lon": lon, "lat": lat, "snapshot": snapshot, "tolerance": tolerance_m, "margin": margin_m}
    return [
        Found(catalogue.get(slug), feature_id, round(distance, 2), read(catalogue.get(slug), json.loads(record)))
        for slug, feature_id, distance, record in prepared.rows("default", statement(margin_m > 0, is_present), values)
    ]


DEPTH = """
    SELECT ST_Distance(ST_Boundary(geom), point) - coalesce(accuracy_m, 0) FROM layers_parcel,
           ST_Transform(ST_SetSRID(ST_MakePoint(%(lon)s, %(lat)s), 4326), ST_SRID(geom)) AS point
    WHERE feature_id = %(parcel)s AND since <= %(snapshot)s AND (until IS NULL OR until > %(snapshot)s)
      AND ST_Intersects(geom, point)"""


def depth_m(parcel: int, lon: float, lat: float, snapshot: int) -> float:
    """How far inside a parcel a point surely lies: metres to its nearest border (VN-2000) less its survey's accuracy,
    where that is known; 0 when it is not inside."""
    values = {"parcel": parcel, "lon": lon, "lat": lat, "snapshot": snapshot}
    found = prepared.rows("default", DEPTH, values)
    return float(found[0][0]) if found else 0.0


def read(layer: Layer, record: dict[str, Any]) -> dict[str, Any]:
    """A record that travelled as JSON, with dates and exact numbers as the model has them."""
    return {name: layer.column(name).to_python(value) for name, value in record.items()}


@cache
def statement(wide: bool, is_present: bool) -> str:
    """`wide`: asked with a margin; `is_present`: of the newest snapshot, where nothing that has ended can be meant (to
    begin the halves of all layers that would find nothing took a sixth of a click's time)."""
    layers = [*catalogue.mapped(), COVERAGE]
    arms = sql.SQL("\nUNION ALL\n").join(arm(layer, wide and layer is not COVERAGE, is_present) for layer in layers)
    place = sql.SQL(PLACE).format(plane=sql.Literal(settings.STORAGE_SRID))
    connections["default"].ensure_connection()
    return str((place + arms).as_string(connections["default"].connection))


def arm(layer: Layer, wide: bool, is_present: bool) -> Piece:
    named = (
        sql.SQL("{}, {}").format(sql.Literal(field.name), sql.Identifier(field.name)) for field in layer.public_fields
    )
    words: dict[str, Piece] = {
        "slug": sql.Literal(layer.slug),
        "table": sql.Identifier(layer.table),
        # An area that holds the point is at no distance; measuring that again would walk along all of its border.
        "distance": sql.SQL(
            "0::float8" if is_area(layer) and not wide else "ST_Distance(geom, (SELECT point FROM place))"
        ),
    }
    past = sql.SQL(sql_file("identify_past")).format(near=near(layer, touches(wide), "IS NOT NULL"), **words)
    return sql.SQL(sql_file("identify")).format(
        record=sql.SQL("jsonb_build_object({})").format(sql.SQL(", ").join(named)),
        near=near(layer, touches(wide), "IS NULL"),
        past=sql.SQL("") if is_present else past,
        most=sql.Literal(MOST),
        **words,
    )


def is_area(layer: Layer) -> bool:
    return "POLYGON" in (layer.geometry_type or "")


def touches(wide: bool) -> str:
    """Whether a shape is where the point is, or near enough to be."""
    if wide:
        return "ST_DWithin({geom}, (SELECT point FROM place), %(margin)s)"
    return "ST_Intersects({geom}, (SELECT point FROM place))"


# Asked of the pieces of a zone, not of its thousands of vertices (tried on a plan of 450 records: 6 ms against 0.2).
BY_PIECE = """row_id IN (
    SELECT z.row_id FROM layers_zonepiece AS z WHERE z.until <until> AND z.layer = {slug} AND <touches>)"""


def near(layer: Layer, touching: str, until: str) -> Piece:
    """An index finds what lies within the farthest reach of any record; then each record's own reach decides. Pieces
    end with their zone, so `until` ("IS NULL" or "IS NOT NULL") holds of both."""
    if is_area(layer):
        if layer.is_judged:
            pieces = BY_PIECE.replace("<until>", until).replace("<touches>", touching.replace("{geom}", "z.geom"))
            return sql.SQL(pieces).format(slug=sql.Literal(layer.slug))
        return sql.SQL(touching.replace("{geom}", "geom"))
    if layer.reach is None:
        return sql.SQL("ST_DWithin(geom, (SELECT point FROM place), %(tolerance)s)")
    farthest = "greatest(%(tolerance)s, %(margin)s + (SELECT max({reach}) FROM {table}))"
    within = "ST_DWithin(geom, (SELECT point FROM place), "
    return sql.SQL(f"{within}{farthest}) AND {within}greatest(%(tolerance)s, %(margin)s + {{reach}}))").format(
        reach=sql.Identifier(layer.reach), table=sql.Identifier(layer.table)
    )
