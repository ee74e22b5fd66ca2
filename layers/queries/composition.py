"""What a layer that covers the ground makes of a subject: its parts, and the kinds that may be there as well."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from django.db import connections
from django.db.backends.postgresql.psycopg_any import sql

from layers import catalogue
from layers.declare import Layer
from layers.queries import prepared
from layers.queries.files import sql_file
from layers.queries.subjects import Subject
from layers.queries.zones import NO_HOLE_M2
from layers.regulated import IN_FORCE

# Corners are rounded to this (m) while shapes are cut: borders that run along each other a hair apart make GEOS (3.11,
# tried: 1 parcel in 300) give ground twice or lose it.
GRID_M = 1e-6


@dataclass(frozen=True)
class Part:
    """A part of the parcel, or a kind within the margin of it (then without area and share).

    `row_ids` are the records that say so: of one kind; of several where they lie over each other; none where nothing
    is planned. Areas in m², lengths in m, both of VN-2000; `margin_m` is None where an accuracy is unknown.
    """

    row_ids: tuple[int, ...]
    area_m2: Decimal | None
    share_percent: Decimal | None
    distance_m: Decimal
    margin_m: Decimal | None


def parts(
    layer: Layer,
    subject: Subject,
    subject_accuracy: float | None,
    accuracy: float | None,
    snapshot: int,
    day: date,
) -> list[Part]:
    """The parts of the subject, largest first, what is bare last; then the kinds within the margin, nearest first.

    The areas add up to the subject's, the shares to 100. `accuracy` (m) holds where a record does not know its own.
    Raises ValueError for a layer that does not answer by composition.
    """
    values = {
        **subject.values,
        "parcel_accuracy": subject_accuracy,
        "accuracy": accuracy,
        "no_hole": NO_HOLE_M2,
        "grid": GRID_M,
        "snapshot": snapshot,
        "day": day,
        "in_force": IN_FORCE,
    }
    return [
        Part(tuple(rows), *figures)
        for rows, *figures in prepared.rows("default", statement(layer.slug, subject.table), values)
    ]


@cache
def statement(slug: str, subject: str) -> str:
    layer = catalogue.get(slug)
    if layer.composed is None:
        raise ValueError(f"{slug} does not answer by composition")
    query = sql.SQL(sql_file("composition")).format(
        subject=sql.SQL(subject),
        slug=sql.Literal(slug),
        table=sql.Identifier(layer.table),
        kind=sql.Identifier(layer.composed.kind),
        vocabulary=sql.Identifier(layer.composed.vocabulary),
    )
    connections["default"].ensure_connection()
    return str(query.as_string(connections["default"].connection))
