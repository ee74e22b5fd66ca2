"""The SQL of search by name: communes of both editions, and the records of every layer that declares search fields.

Trigrams are for names only, and names are few: some hundred communes, some thousand records.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connections

from layers import catalogue
from layers.declare import Layer
from layers.ground.admin_units import ADMIN_UNITS, NEW, OLD
from layers.ground.parcels import PARCELS
from layers.queries.search import LIMIT, Row, rows
from layers.search.places import KINDS, Unit, without_kind
from layers.versioned import Fold, FoldNumber

# Names less alike than this (pg_trgm, 0 to 1) are not looked at; the letters themselves decide afterwards.
TRIGRAMS_ALIKE = 0.3
NAMES_ALIKE = 0.45
LEVELS = {"Xã": "xa", "Phường": "phuong", "Thị trấn": "thi tran"}


@dataclass(frozen=True)
class RecordRow:
    """`match`: "exact" or "fuzzy"; the point lies on the record, in degrees (WGS 84)."""

    layer: Layer
    feature_id: int
    label: str
    match: str
    lon: float
    lat: float


# A commune with what stands on its ground in the other edition.
UNITS = """
    SELECT u.feature_id, u.edition, u.code, u.name, u.level, u.district, u.name_folded, u.district_folded,
           u.province_folded, o.codes, o.names, o.districts, o.provinces{columns}
    FROM layers_adminunit u{tables} CROSS JOIN LATERAL (
      SELECT array_agg(o.code), array_agg(o.name), array_agg(o.district_folded), array_agg(o.province_folded)
      FROM layers_adminsuccession s
      JOIN layers_adminunit o ON o.until IS NULL AND (o.edition, o.code) IN (
        (%(new)s, CASE u.edition WHEN %(old)s THEN s.new_code END),
        (%(old)s, CASE u.edition WHEN %(new)s THEN s.old_code END))
      WHERE s.until IS NULL AND ((u.edition = %(old)s AND s.old_code = u.code)
                              OR (u.edition = %(new)s AND s.new_code = u.code))
    ) AS o (codes, names, districts, provinces)
    WHERE u.until IS NULL AND {condition}"""


# The limit also tells the planner that few communes will follow.
ALIKE_UNITS = """
    JOIN (SELECT bare.row_id, gram
          FROM (SELECT row_id, regexp_replace(name_folded, '^(xa|phuong|thi tran) ', '') AS name
                FROM layers_adminunit WHERE until IS NULL OFFSET 0) AS bare
          JOIN unnest(%(grams)s::text[]) AS typed (gram) ON public.similarity(bare.name, gram) >= %(alike)s
          ORDER BY public.similarity(bare.name, gram) DESC LIMIT %(limit)s) AS alike USING (row_id)"""


def units_named(grams: Sequence[str]) -> list[Unit]:
    """Communes of both editions whose name, or whose old district's name, is one of the folded texts."""
    spelled = [kind + gram for gram in grams for kind in KINDS]
    statement = UNITS.format(
        columns="", tables="", condition="(u.name_folded = ANY(%(spelled)s) OR u.district_folded = ANY(%(spelled)s))"
    )
    return [_unit(row) for row in rows(statement, {"new": NEW, "old": OLD, "spelled": spelled})]


def units_like(grams: Sequence[str]) -> list[tuple[Unit, str]]:
    """Communes whose name looks like one of the folded texts, each with that text. A scan of a few hundred rows."""
    statement = UNITS.format(columns=", alike.gram", tables=ALIKE_UNITS, condition="true")
    values = {"new": NEW, "old": OLD, "grams": list(grams), "alike": TRIGRAMS_ALIKE, "limit": LIMIT}
    return [(_unit(row), row[-1]) for row in rows(statement, values)]


def _unit(row: Row) -> Unit:
    feature_id, edition, code, name, level, district, folded, own_district, province = row[:9]
    codes, names, districts, provinces = (values or () for values in row[9:13])
    return Unit(
        feature_id,
        edition,
        code,
        name,
        LEVELS.get(level, ""),
        district,
        without_kind(folded),
        frozenset(without_kind(text) for text in (own_district, *districts) if text),
        frozenset(without_kind(text) for text in (province, *provinces)),
        tuple(codes),
        tuple(names),
    )


def inner_points(feature_ids: Sequence[int]) -> dict[int, tuple[float, float]]:
    """A point on each commune that has a shape, in degrees (WGS 84)."""
    statement = """
        SELECT u.feature_id, round(ST_X(w.point)::numeric, 6)::float8, round(ST_Y(w.point)::numeric, 6)::float8
        FROM layers_adminunit u
        CROSS JOIN LATERAL (SELECT ST_Transform(ST_PointOnSurface(u.geom), 4326)) AS w (point)
        WHERE u.until IS NULL AND u.geom IS NOT NULL AND u.feature_id = ANY(%(ids)s)"""
    return {feature: (lon, lat) for feature, lon, lat in rows(statement, {"ids": list(feature_ids)})}


# How a field is compared, by the fold of its generated column: a test that an index can answer, and what it is worth.
# Rank 0 is the text itself, 1 a text that begins so, 2 one that holds the words, 3 one that looks alike.
Comparison = tuple[str, tuple[tuple[int, str], ...]]
BY_WORDS: Comparison = (
    "{column} LIKE %(holds)s",
    ((0, "{column} = %(words)s"), (1, "starts_with({column}, %(words)s)"), (2, "{column} ~ %(whole)s")),
)
BY_NUMBER: Comparison = (
    "{column} LIKE %(number_begins)s",
    ((0, "{column} = %(number)s"), (1, "length(%(number)s) > 2 AND starts_with({column}, %(number)s)")),
)
AS_TYPED: Comparison = (
    "{column} IN (%(typed)s::text, %(capitals)s::text)",
    ((0, "{column} IN (%(typed)s::text, %(capitals)s::text)"),),
)
ALIKE: Comparison = (
    "{column} OPERATOR(public.%%) %(words)s",
    ((3, "public.similarity({column}, %(words)s) >= %(alike)s"),),
)
FUZZY_RANK = 3

OF_LAYER = """
    (SELECT {place} AS place, feature_id, {label}::text AS label, CASE {ranks} END AS rank, geom
     FROM {table} WHERE until IS NULL AND ({tests}) ORDER BY rank, length({label}), {label} LIMIT %(limit)s)"""

RECORDS = """
    SELECT r.place, r.feature_id, r.label, r.rank,
           round(ST_X(w.point)::numeric, 6)::float8, round(ST_Y(w.point)::numeric, 6)::float8
    FROM (SELECT * FROM ({layers}) AS every WHERE rank IS NOT NULL
          ORDER BY rank, length(label), label LIMIT %(limit)s) AS r
    CROSS JOIN LATERAL (SELECT ST_Transform(ST_PointOnSurface(r.geom), 4326)) AS w (point)
    ORDER BY r.rank, length(r.label), r.label"""


def searched() -> list[Layer]:
    """Layers whose records are found by name or number; parcels and communes have a grammar of their own."""
    return [layer for layer in catalogue.mapped() if layer.search and layer not in (PARCELS, ADMIN_UNITS)]


def records(words: str, number: str, typed: str, *, alike: bool = False) -> list[RecordRow]:
    """Records of all layers by their declared search fields: `words` folded as text, `number` folded as number,
    `typed` as it was typed. With `alike` only names that look alike."""
    layers = searched()
    parts = [part for place, layer in enumerate(layers) if (part := _of_layer(place, layer, alike=alike))]
    if not parts or not words:
        return []
    values = {
        "words": words,
        "holds": f"%{words}%",
        "whole": rf"\m{words}\M",
        "number": number,
        "number_begins": re.sub(r"([%_\\])", r"\\\1", number) + "%",
        "typed": typed,
        "capitals": typed.upper(),
        "alike": NAMES_ALIKE,
        "limit": LIMIT,
    }
    found = rows(RECORDS.format(layers=" UNION ALL ".join(parts)), values)
    return [
        RecordRow(layers[place], feature_id, label, "fuzzy" if rank == FUZZY_RANK else "exact", lon, lat)
        for place, feature_id, label, rank, lon, lat in found
    ]


def _of_layer(place: int, layer: Layer, *, alike: bool) -> str:
    """The question for one layer; empty when the layer has nothing to compare that way."""
    quote = connections["default"].ops.quote_name
    compared = [_compared(layer, name, alike=alike) for name in layer.search]
    tests = [test.format(column=quote(column)) for column, (test, _) in compared if test]
    ranks = [(rank, test.format(column=quote(column))) for column, (_, ranked) in compared for rank, test in ranked]
    if not tests:
        return ""
    return OF_LAYER.format(
        place=place,
        label=quote(layer.label),
        table=quote(layer.table),
        tests=" OR ".join(tests),
        ranks=" ".join(f"WHEN {test} THEN {rank}" for rank, test in sorted(ranks)),
    )


def _compared(layer: Layer, name: str, *, alike: bool) -> tuple[str, Comparison]:
    """The column to compare for a search field, and how: its generated fold where it has one."""
    column, fold = folded_twin(layer, name)
    if alike:
        return column, ALIKE if fold is Fold else ("", ())
    if fold is Fold:
        return column, BY_WORDS
    return (column, BY_NUMBER) if fold is FoldNumber else (name, AS_TYPED)


def folded_twin(layer: Layer, name: str) -> tuple[str, type | None]:
    """The generated column that holds a field's fold, and which fold; the field itself and None without one."""
    for column in layer.model._meta.fields:
        expression = getattr(column, "expression", None)
        if isinstance(expression, (Fold, FoldNumber)) and expression.get_source_expressions()[0].name == name:
            return column.name, type(expression)
    return name, None
