"""The SQL of records: by name or number over every layer that declares search fields, or listed by filters alone.

One arm a layer; all arms are sorted by one key, so that a page begins behind the last result of the page before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db import connections

from layers.declare import Layer
from layers.ground.admin_units import ADMIN_UNITS
from layers.ground.parcels import PARCELS
from layers.queries import search_filters
from layers.queries.search import LIMIT, rows
from layers.search.filters import RELEVANCE, Filters, listed, wanted_layers
from layers.versioned import Fold, FoldNumber

# Beyond so many nobody counts, and no list goes on: it says "more than".
MOST, COUNTED = 200, 1000


@dataclass(frozen=True)
class RecordRow:
    """`match`: "exact" or "fuzzy"; the point lies on the record, in degrees (WGS 84), None without a shape.
    `key`: what it is sorted by. `page`: what its page is called by, of a record that lies nowhere. `total`: how many
    there are, at most `MOST` of a layer. Area in m², distance from the asked place in metres."""

    layer: Layer
    feature_id: int
    label: str
    match: str
    lon: float | None
    lat: float | None
    key: str
    area_m2: float | None
    decided_on: date | None
    distance_m: float | None
    page: str | None
    total: int


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
# How alike is said once, in the settings (pg_trgm.similarity_threshold): asked here again, each of some hundred rows
# would be compared four times.
ALIKE: Comparison = ("{column} OPERATOR(public.%%) %(words)s", ((3, "true"),))
FUZZY_RANK = 3
LIKENESS = "(1000 - round(1000 * public.similarity({column}, %(words)s)))"

# Geometry is measured for the rows that are shown, after the sort; the point lies on a piece of a large zone (tried: a
# plan of 57,000 vertices takes 10 ms as a whole).
ARM = """
    (SELECT {place} AS place, {slug} AS slug, row_id, feature_id, {label}::text AS label, {rank} AS rank, {key} AS key,
            {paper} AS paper_m2, {decided} AS decided_on, {page} AS page, {geom} AS geom
     FROM {table} WHERE until IS NULL{tests}{conditions}{behind} ORDER BY 7, feature_id LIMIT %(most)s)"""

RECORDS = """
    WITH {ground}
    SELECT r.place, r.feature_id, r.label, r.rank,
           round(ST_X(w.point)::numeric, 6)::float8, round(ST_Y(w.point)::numeric, 6)::float8,
           r.key::text,
           round(coalesce(r.paper_m2, CASE WHEN ST_Dimension(r.geom) = 2 THEN ST_Area(r.geom) END)::numeric, 1)::float8,
           r.decided_on,
           round(ST_Distance(r.geom, (SELECT near FROM ground))::numeric)::float8, r.page, r.total
    FROM (SELECT *, count(*) OVER () AS total FROM ({arms}) AS every WHERE rank IS NOT NULL
          ORDER BY key, place, feature_id LIMIT %(limit)s) AS r
    CROSS JOIN LATERAL (SELECT ST_Transform(coalesce(
      (SELECT ST_PointOnSurface(z.geom) FROM layers_zonepiece z WHERE z.layer = r.slug AND z.row_id = r.row_id LIMIT 1),
      ST_PointOnSurface(r.geom)), 4326)) AS w (point)
    ORDER BY r.key, r.place, r.feature_id"""

BEHIND = " AND ({key}, {place}, feature_id) > (%(after_key)s::{type}, %(after_place)s, %(after_id)s)"


def searched() -> list[Layer]:
    """Layers whose records are found by name or number; parcels and communes have a grammar of their own."""
    return [layer for layer in listed() if layer.search and layer not in (PARCELS, ADMIN_UNITS)]


def records(
    words: str, number: str, typed: str, filters: Filters, *, alike: bool = False, limit: int = LIMIT
) -> list[RecordRow]:
    """Records of all layers by their declared search fields: `words` folded as text, `number` folded as number,
    `typed` as it was typed. With `alike` only names that look alike."""
    if not words:
        return []
    arms = _matching_arms(tuple(wanted_layers(filters, searched())), filters, alike)
    compared = {
        "words": words,
        "holds": f"%{words}%",
        "whole": rf"\m{words}\M",
        "number": number,
        "number_begins": re.sub(r"([%_\\])", r"\\\1", number) + "%",
        "typed": typed,
        "capitals": typed.upper(),
        "most": MOST,
    }
    return _rows(arms, filters, compared, limit)


def listing(filters: Filters, limit: int) -> list[RecordRow]:
    """Records of every layer that the filters let pass, behind the filters' cursor."""
    arms = [_arm(layer, filters, behind=_behind(layer, filters)) for layer in wanted_layers(filters, listed())]
    after = filters.after
    behind = {"after_key": after.key, "after_place": _place(after.layer), "after_id": after.feature_id} if after else {}
    return _rows(" UNION ALL ".join(arms), filters, {"most": limit, **behind}, limit)


COUNT_ARM = "(SELECT 1 FROM {table} WHERE until IS NULL{conditions} LIMIT %(most)s)"
COUNT = "WITH {ground} SELECT count(*) FROM ({arms}) AS every"


def counted(filters: Filters) -> int:
    """How many records the filters let pass, of each layer at most `COUNTED` + 1."""
    wanted = wanted_layers(filters, listed())
    arms = [
        COUNT_ARM.format(table=layer.table, conditions=search_filters.conditions(layer, filters)) for layer in wanted
    ]
    if not arms:
        return 0
    statement = COUNT.format(ground=search_filters.ground(filters), arms=" UNION ALL ".join(arms))
    return int(rows(statement, {**search_filters.values(filters), "most": COUNTED + 1})[0][0])


@lru_cache(maxsize=128)
def _matching_arms(layers: tuple[Layer, ...], filters: Filters, alike: bool) -> str:
    """The question for all layers together; without filters it is the same for everybody."""
    return " UNION ALL ".join(arm for layer in layers if (arm := _matching(layer, filters, alike=alike)))


def _rows(arms: str, filters: Filters, more: dict[str, object], limit: int) -> list[RecordRow]:
    if not arms:
        return []
    statement = _statement(search_filters.ground(filters), arms)
    layers = listed()
    return [
        RecordRow(layers[place], feature_id, label, "fuzzy" if rank == FUZZY_RANK else "exact", *told)
        for place, feature_id, label, rank, *told in rows(
            statement, {**search_filters.values(filters), **more, "limit": limit}
        )
    ]


@lru_cache(maxsize=128)
def _statement(ground: str, arms: str) -> str:
    return RECORDS.format(ground=ground, arms=arms)


def _place(slug: str) -> int:
    """The place of a layer among all that can be listed: part of the sort, so it never depends on the filters."""
    return next((place for place, layer in enumerate(listed()) if layer.slug == slug), -1)


def _behind(layer: Layer, filters: Filters) -> str:
    if filters.after is None:
        return ""
    place = _place(layer.slug)
    key = search_filters.sort_key(layer, place, filters)
    return BEHIND.format(key=key, place=place, type="text" if filters.sort == RELEVANCE else "float8")


def _matching(layer: Layer, filters: Filters, *, alike: bool) -> str:
    """The question for one layer; empty when the layer has nothing to compare that way."""
    quote = connections["default"].ops.quote_name
    every = [_compared(layer, name, alike=alike) for name in layer.search]
    compared = [one for one in every if one[1][0]]
    tests = [test.format(column=quote(column)) for column, (test, _) in compared]
    ranks = [(rank, test.format(column=quote(column))) for column, (_, ranked) in compared for rank, test in ranked]
    if not tests:
        return ""
    # Exact ones: the shortest label first; those that look alike: the most alike first.
    rank = f"CASE {' '.join(f'WHEN {test} THEN {rank}' for rank, test in sorted(ranks))} END"
    closest = LIKENESS.format(column=quote(compared[0][0])) if alike else f"length({quote(layer.label)})"
    key = f"({rank} || lpad({closest}::text, 4, '0') || {quote(layer.label)}) COLLATE \"C\""
    return _arm(layer, filters, tests=f" AND ({' OR '.join(tests)})", rank=rank, key=key)


def _arm(layer: Layer, filters: Filters, *, tests: str = "", rank: str = "0", key: str = "", behind: str = "") -> str:
    quote = connections["default"].ops.quote_name
    place = _place(layer.slug)
    if not key or filters.sort != RELEVANCE:
        key = search_filters.sort_key(layer, place, filters)
    return ARM.format(
        place=place,
        slug=f"'{layer.slug}'",
        label=quote(layer.label),
        table=quote(layer.table),
        rank=rank,
        key=key,
        paper=search_filters.PAPER_AREAS.get(layer.slug, "NULL::float8"),
        decided=search_filters.decided_on(layer),
        page="NULL::text" if layer.geometry_type else quote(layer.key[0]),
        geom="geom" if layer.geometry_type else "NULL::geometry",
        tests=tests,
        conditions=search_filters.conditions(layer, filters),
        behind=behind,
    )


def _compared(layer: Layer, name: str, *, alike: bool) -> tuple[str, Comparison]:
    """The column to compare for a search field, and how: its generated fold where it has one."""
    column, fold = folded_twin(layer, name)
    if alike:
        return column, ALIKE if fold is Fold else ("", ())
    if fold is Fold:
        return column, BY_WORDS
    return (column, BY_NUMBER) if fold is FoldNumber else (name, AS_TYPED)


@lru_cache(maxsize=512)
def folded_twin(layer: Layer, name: str) -> tuple[str, type | None]:
    """The generated column that holds a field's fold, and which fold; the field itself and None without one."""
    for column in layer.model._meta.fields:
        expression = getattr(column, "expression", None)
        if isinstance(expression, (Fold, FoldNumber)) and expression.get_source_expressions()[0].name == name:
            return column.name, type(expression)
    return name, None
