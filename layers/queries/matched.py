"""Rows of plain tables that may apply to a parcel: found by commune and land use, never by a shape."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.db import connections
from django.db.backends.postgresql.psycopg_any import sql

from layers import catalogue
from layers.declare import Layer
from layers.ground.admin_units import NEW, OLD
from layers.queries import prepared
from layers.queries.files import sql_file
from layers.regulated import IN_FORCE

# More rows than this help nobody to find the one that holds; how many there are is told.
MOST = 40
# What the rows of one decision have in common, told once for all of them.
SHARED = frozenset({"decision_no", "decision_date", "issuer", "valid_from", "valid_until", "state", "source"})
# Names of columns are put in; values come with each question.
MINE = """{commune} IN (%(new_code)s, %(old_code)s)
      AND ({commune}, {edition}) IN ((%(new_code)s, %(new)s), (%(old_code)s, %(old)s))
      AND NOT ({purpose} || ' ' || {vocabulary} = ANY(string_to_array(%(excluded)s, ',')))
      AND state = %(in_force)s
      AND (valid_from IS NULL OR valid_from <= %(day)s) AND (valid_until IS NULL OR valid_until >= %(day)s)"""


@dataclass(frozen=True)
class Place:
    """A parcel as tables see it: its commune's code of today and of before (empty: unknown), and the land uses that are
    surely not its own, as "code vocabulary,code vocabulary"."""

    commune_code: str
    old_commune_code: str
    excluded: str


def rows(layer: Layer, place: Place, snapshot: int, day: date) -> tuple[list[dict[str, Any]], int]:
    """Public values of at most MOST rows in the declared order, and how many there are. Raises ValueError for a layer
    whose rows are not matched."""
    names, question = statement(layer.slug)
    values = {
        "new_code": place.commune_code,
        "new": NEW,
        "old_code": place.old_commune_code,
        "old": OLD,
        "excluded": place.excluded,
        "snapshot": snapshot,
        "day": day,
        "in_force": IN_FORCE,
    }
    found = prepared.rows("default", question, values)
    return [dict(zip(names, told, strict=True)) for _, *told in found], found[0][0] if found else 0


@cache
def statement(slug: str) -> tuple[tuple[str, ...], str]:
    """The names of what is told of a row, and the question."""
    layer = catalogue.get(slug)
    how = layer.matched
    if how is None:
        raise ValueError(f"{slug} has no rows that are matched")
    names = ("feature_id", *(field.name for field in layer.public_fields))
    keys = {"commune": how.commune, "edition": how.edition, "purpose": how.purpose, "vocabulary": how.vocabulary}
    query = sql.SQL(sql_file("matched")).format(
        table=sql.Identifier(layer.table),
        fields=sql.SQL(", ").join(sql.Identifier(name) for name in names),
        mine=sql.SQL(MINE).format(**{word: sql.Identifier(name) for word, name in keys.items()}),
        order=sql.SQL(", ").join(sql.Identifier(name) for name in how.order),
        most=sql.Literal(MOST),
    )
    connections["default"].ensure_connection()
    return names, str(query.as_string(connections["default"].connection))
