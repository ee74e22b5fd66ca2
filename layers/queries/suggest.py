"""The SQL of suggestions: names of communes and of every searched layer's records in which a word begins as typed."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connections

from layers.declare import Layer
from layers.ground.admin_units import ADMIN_UNITS
from layers.queries.search import rows
from layers.queries.search_records import folded_twin, searched
from layers.versioned import Fold


@dataclass(frozen=True)
class Named:
    """A name that begins so: of which layer; for a commune its edition and former district."""

    layer: Layer
    name: str
    edition: str = ""
    district: str = ""


# One name is one suggestion, however many roads carry it. Trigrams find it anywhere, the word's edge then decides.
OF_LAYER = """
    (SELECT {place} AS place, {label}::text AS name, '' AS edition, '' AS district,
            min(CASE WHEN starts_with({folded}, typed.every) THEN 0 ELSE 2 END) AS rank
     FROM {table}, typed WHERE until IS NULL AND {folded} LIKE '%%' || typed.every || '%%'
       AND (starts_with({folded}, typed.every) OR {folded} LIKE '%% ' || typed.every || '%%')
     GROUP BY {label} ORDER BY 5, length({label}::text), {label} LIMIT %(limit)s)"""
COMMUNES = """
    (SELECT -1 AS place, name, edition, district,
            CASE WHEN starts_with(bare, typed.tail) OR starts_with(name_folded, typed.tail) THEN 0 ELSE 2 END
              + (edition <> (SELECT max(edition) FROM layers_adminunit))::int AS rank
     FROM layers_adminunit CROSS JOIN typed
     CROSS JOIN LATERAL (SELECT regexp_replace(name_folded, '^(xa|phuong|thi tran) ', '')) AS short (bare)
     WHERE until IS NULL AND name_folded LIKE '%%' || typed.tail || '%%'
       AND (starts_with(name_folded, typed.tail) OR name_folded LIKE '%% ' || typed.tail || '%%')
     ORDER BY 5, length(name), name, district LIMIT %(limit)s)"""
SUGGESTED = """
    WITH typed AS MATERIALIZED (
      SELECT public.portal_fold(%(every)s) AS every, public.portal_fold(%(tail)s) AS tail)
    SELECT place, name, edition, district FROM ({parts}) AS found, typed
    WHERE length(CASE WHEN place < 0 THEN typed.tail ELSE typed.every END) >= 2
    ORDER BY rank, place, length(name), name LIMIT %(limit)s"""


def beginning(every: str, tail: str, limit: int) -> list[Named]:
    """Records of which a word begins with `every` as typed, communes with `tail` (what follows the numbers)."""
    layers = [layer for layer in searched() if folded_twin(layer, layer.label)[1] is Fold]
    parts = [COMMUNES, *(_of_layer(place, layer) for place, layer in enumerate(layers))]
    statement = SUGGESTED.format(parts=" UNION ALL ".join(parts))
    found = rows(statement, {"every": every, "tail": tail, "limit": limit})
    return [
        Named(ADMIN_UNITS if place < 0 else layers[place], name, edition, district)
        for place, name, edition, district in found
    ]


def _of_layer(place: int, layer: Layer) -> str:
    quote = connections["default"].ops.quote_name
    return OF_LAYER.format(
        place=place,
        label=quote(layer.label),
        folded=quote(folded_twin(layer, layer.label)[0]),
        table=quote(layer.table),
    )
