"""The nearest stations to a parcel or site, of every layer that declares some: one statement over all of them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from django.db import connections
from django.db.backends.postgresql.psycopg_any import sql

from layers import catalogue
from layers.declare import Field, Layer
from layers.queries import prepared
from layers.queries.files import sql_file
from layers.queries.identify import Piece, read
from layers.queries.subjects import Subject
from layers.regulated import IN_FORCE

PARCEL = "WITH parcel AS MATERIALIZED (SELECT geom FROM {subject})\n"


@dataclass(frozen=True)
class Near:
    """A station with its public values by name, and its distance from the subject in metres (VN-2000)."""

    layer: Layer
    feature_id: int
    distance_m: Decimal
    record: dict[str, Any]


def stations(subject: Subject, snapshot: int, day: date) -> list[Near]:
    """The nearest station of each kind, layer by layer, nearest first."""
    values = {**subject.values, "snapshot": snapshot, "day": day, "in_force": IN_FORCE}
    return [
        Near(catalogue.get(slug), feature_id, distance, read(catalogue.get(slug), json.loads(record)))
        for slug, _, feature_id, distance, record in prepared.rows("default", statement(subject.table), values)
    ]


@cache
def statement(subject: str) -> str:
    arms = sql.SQL("\nUNION ALL\n").join(arm(layer) for layer in catalogue.by_rule("nearest"))
    connections["default"].ensure_connection()
    return str((sql.SQL(PARCEL).format(subject=sql.SQL(subject)) + arms).as_string(connections["default"].connection))


def arm(layer: Layer) -> Piece:
    if layer.nearest is None:
        raise ValueError(f"{layer.slug} tells no nearest station")
    asked = {layer.label, *(field.name for field in told(layer))}
    named = (sql.SQL("{}, {}").format(sql.Literal(name), sql.Identifier(layer.table, name)) for name in sorted(asked))
    return sql.SQL(sql_file("nearest")).format(
        slug=sql.Literal(layer.slug),
        table=sql.Identifier(layer.table),
        kind=sql.Identifier(layer.table, layer.nearest.kind),
        within=sql.Literal(layer.nearest.within_m),
        record=sql.SQL("jsonb_build_object({})").format(sql.SQL(", ").join(named)),
    )


@cache
def told(layer: Layer) -> tuple[Field, ...]:
    """The fields that an answer tells of a station, with those they lean on (a unit, an edition)."""
    fields = {field.name: field for field in layer.public_fields}
    chosen = [fields[name] for name in (layer.nearest.told if layer.nearest else ())]
    leaned_on = [fields[name] for field in chosen for name in (field.unit_in, field.only_with) if name]
    return tuple(dict.fromkeys([*chosen, *leaned_on]))
