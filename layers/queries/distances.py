"""How far the objects are from which a law measures a distance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.db import connections
from django.db.backends.postgresql.psycopg_any import sql

from layers import catalogue
from layers.queries import prepared
from layers.queries.subjects import Subject
from layers.regulated import IN_FORCE, Regulated

# One layer, present and past; {held}: what a record of a theme must satisfy on the day.
NEAR = """
SELECT {slug}, feature_id, {label}::text, {kind}::text, accuracy_m, ST_Distance(object.geom, site.geom) AS distance
FROM {table} AS object, site
WHERE {version} AND since <= %(snapshot)s AND object.geom && ST_Expand(site.geom, {reach})
  AND ST_DWithin(object.geom, site.geom, {reach}){held}"""
HELD = """
  AND state = %(in_force)s AND (valid_from IS NULL OR valid_from <= %(day)s)
  AND (valid_until IS NULL OR valid_until >= %(day)s)"""
VERSIONS = ("until IS NULL", "until > %(snapshot)s")


@dataclass(frozen=True)
class Near:
    """An object within reach: `kind` is the value its layer's legend tells classes by; `distance` in metres."""

    layer: str
    feature_id: int
    label: str
    kind: str | None
    accuracy_m: float | None
    distance: float


def near(subject: Subject, reaches: Mapping[str, float], snapshot: int, day: date) -> list[Near]:
    """The objects of each layer (by slug) within its reach in metres, nearest first."""
    if not reaches:
        return []
    slugs = tuple(sorted(reaches))
    values: dict[str, Any] = {**subject.values, "snapshot": snapshot, "day": day, "in_force": IN_FORCE}
    values |= {f"reach_{place}": reaches[slug] for place, slug in enumerate(slugs)}
    return [Near(*row) for row in prepared.rows("default", statement(slugs, subject.table), values)]


@cache
def statement(slugs: tuple[str, ...], subject: str) -> str:
    parts = [part(slug, place, version) for place, slug in enumerate(slugs) for version in VERSIONS]
    query = sql.SQL("WITH site AS (SELECT geom FROM {subject}) {parts} ORDER BY distance, feature_id").format(
        subject=sql.SQL(subject), parts=sql.SQL(" UNION ALL ").join(parts)
    )
    connections["default"].ensure_connection()
    return str(query.as_string(connections["default"].connection))


def part(slug: str, place: int, version: str) -> Any:
    layer = catalogue.get(slug)
    return sql.SQL(NEAR).format(
        slug=sql.Literal(slug),
        label=sql.Identifier(layer.label),
        kind=sql.Identifier(layer.legend_by) if layer.legend_by else sql.SQL("NULL"),
        table=sql.Identifier(layer.table),
        version=sql.SQL(version),
        reach=sql.SQL(f"%(reach_{place})s::float8"),
        held=sql.SQL(HELD if issubclass(layer.model, Regulated) else ""),
    )
