"""The SQL of search by number: folding a query, parcels and sheets by the numbers of a red book.

Numbers go through partial B-trees, one that begins with the commune and one for numbers alone; never by scanning.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from layers.ground.admin_units import NEW
from layers.ground.map_sheets import MAP_SHEETS
from layers.ground.parcels import PARCELS as PARCEL_LAYER
from layers.queries import prepared, search_filters
from layers.search.filters import RELEVANCE, Filters, wanted_layers
from layers.search.understanding import Piece, Token

LIMIT = 20
BOOKS = ("new", "old")
Row = tuple[Any, ...]


@dataclass(frozen=True)
class ParcelRow:
    """`book`: by which numbers it was found, "new" or "old"; `gone`: the row is no longer valid; `total`: all hits.
    Names are None where the commune is unknown. `now_*`: the numbers the parcel has today, None when cancelled."""

    book: str
    gone: bool
    feature_id: int
    sheet_no: str
    parcel_no: str
    old_sheet_no: str
    old_parcel_no: str
    commune: str | None
    old_commune: str | None
    old_district: str | None
    now_sheet_no: str | None
    now_parcel_no: str | None
    lon: float
    lat: float
    total: int


@dataclass(frozen=True)
class SheetRow:
    feature_id: int
    sheet_no: str
    scale: int | None
    commune: str | None
    lon: float
    lat: float
    total: int


@dataclass(frozen=True)
class Numbers:
    """What to look for, and where. None for a number: any. None for `communes` and `old_communes`: everywhere.
    `ground` are communes of the new edition asked only for parcels that lie in one of `old_communes`. `books`: by
    the numbers of which red book."""

    sheets: Sequence[str] | None
    parcel: str | None
    communes: Sequence[str] | None = None
    ground: Sequence[str] = ()
    old_communes: Sequence[str] | None = None
    old_first: bool = False
    books: Sequence[str] = BOOKS


def rows(statement: str, values: Mapping[str, object]) -> list[Row]:
    return prepared.rows("default", statement, values)


def fold(pieces: Sequence[Piece], query: str) -> tuple[list[Token], str, str]:
    """Fold each piece as word and as number, and the whole query as one number (a permit's "GP-12/2024"), once as
    typed and once with hyphens for its spaces: the one place where a query meets the fold of the stored text."""
    statement = """
        SELECT public.portal_fold(piece), public.portal_fold_number(piece)
        FROM unnest(%(pieces)s::text[]) WITH ORDINALITY AS typed (piece, place) ORDER BY place"""
    typed = [*(piece.text for piece in pieces), query, "-".join(query.split())]
    *found, (_, whole), (_, hyphenated) = rows(statement, {"pieces": typed})
    tokens = [Token(p.text, str(word), str(number), p.segment) for p, (word, number) in zip(pieces, found, strict=True)]
    return tokens, str(whole), str(hyphenated)


# One half of the table (present or past), asked by the numbers of one book, in named communes or everywhere.
HALF = """
    SELECT {book} AS book, {gone} AS gone, p.row_id, p.feature_id, {sheet} AS sheet_key, {parcel} AS parcel_key,
           {order} AS place
    FROM layers_parcel p
    WHERE p.until IS {until}{conditions}"""

PARCELS = """
    WITH {ground}, hit AS MATERIALIZED ({halves}),
    best AS (
      SELECT DISTINCT ON (feature_id) * FROM hit
      ORDER BY feature_id, gone, (book = 'old') <> %(old_first)s, row_id DESC),
    listed AS (
      SELECT *, count(*) OVER () AS total FROM best
      ORDER BY place, gone, (book = 'old') <> %(old_first)s, length(sheet_key), sheet_key, length(parcel_key),
               parcel_key, feature_id
      LIMIT %(limit)s)
    SELECT l.book, l.gone, l.feature_id, p.sheet_no, p.parcel_no, p.old_sheet_no, p.old_parcel_no,
           c.name, o.name, o.district, n.sheet_no, n.parcel_no,
           round(ST_X(w.point)::numeric, 6)::float8, round(ST_Y(w.point)::numeric, 6)::float8, l.total
    FROM listed l
    JOIN layers_parcel p USING (row_id)
    LEFT JOIN layers_parcel n ON n.feature_id = l.feature_id AND n.until IS NULL
    LEFT JOIN layers_adminunit c ON c.until IS NULL AND c.edition = %(new)s AND c.code = p.commune_code
    LEFT JOIN layers_adminunit o ON o.until IS NULL AND o.edition = %(old)s AND o.code = p.old_commune_code
    CROSS JOIN LATERAL (SELECT ST_Transform(ST_PointOnSurface(p.geom), 4326)) AS w (point)
    ORDER BY l.place, l.gone, (l.book = 'old') <> %(old_first)s, length(l.sheet_key), l.sheet_key,
             length(l.parcel_key), l.parcel_key, c.name, o.district, o.name, l.feature_id"""


def parcels(wanted: Numbers, filters: Filters, limit: int = LIMIT) -> list[ParcelRow]:
    """The first parcels with these numbers: today's first, then cancelled numbers (never used again, so they
    still name one parcel). Numbers of the new book are asked in new communes, of the old book in old ones."""
    if not wanted_layers(filters, [PARCEL_LAYER]):
        return []
    halves = [
        _half(wanted, filters, book, gone)
        for book in wanted.books
        for gone in (False, True)
        if wanted.parcel or not gone
    ]
    statement = PARCELS.format(ground=search_filters.ground(filters), halves=" UNION ALL ".join(halves))
    return [ParcelRow(*row) for row in rows(statement, _values(wanted, filters, limit))]


def parcels_by_id(feature_ids: Sequence[int]) -> dict[int, ParcelRow]:
    """Parcels of today, told as those found by the numbers of the new book."""
    if not feature_ids:
        return {}
    half = HALF.format(
        book="'new'",
        gone="false",
        sheet="p.sheet_key",
        parcel="p.parcel_key",
        order="0",
        until="NULL",
        conditions=" AND p.feature_id = ANY(%(ids)s)",
    )
    statement = PARCELS.format(ground=search_filters.ground(Filters()), halves=half)
    values = {**_values(Numbers(None, None), Filters(), len(feature_ids)), "ids": list(feature_ids)}
    return {row[2]: ParcelRow(*row) for row in rows(statement, values)}


def _values(wanted: Numbers, filters: Filters, limit: int) -> dict[str, object]:
    return {
        **search_filters.values(filters),
        "sheet": wanted.sheets[0] if wanted.sheets else None,
        "other_sheet": wanted.sheets[-1] if wanted.sheets else None,
        "parcel": wanted.parcel,
        "communes": list(wanted.communes or ()),
        "reached": [*(wanted.communes or ()), *wanted.ground],
        "old_communes": list(wanted.old_communes or ()),
        "old_first": wanted.old_first,
        "limit": limit,
    }


def _half(wanted: Numbers, filters: Filters, book: str, gone: bool) -> str:
    before = "old_" if book == "old" else ""
    conditions = ""
    if wanted.communes is not None:
        named = "%(old_communes)s" if before else "%(reached)s"
        conditions += f" AND p.{before}commune_code = ANY({named}::text[])"
    if wanted.sheets is not None:
        conditions += f" AND p.{before}sheet_key IN (%(sheet)s, %(other_sheet)s)"
    if wanted.parcel is not None:
        conditions += f" AND p.{before}parcel_key = %(parcel)s"
    if book == "new" and wanted.ground:
        conditions += " AND (p.commune_code = ANY(%(communes)s) OR p.old_commune_code = ANY(%(old_communes)s))"
    return HALF.format(
        book=f"'{book}'",
        gone=str(gone).lower(),
        until="NOT NULL" if gone else "NULL",
        sheet=f"p.{before}sheet_key",
        parcel=f"p.{before}parcel_key",
        order=_order(filters),
        conditions=conditions + search_filters.conditions(PARCEL_LAYER, filters),
    )


def _order(filters: Filters) -> str:
    """What comes before the order of the numbers: nothing, unless another order was asked for."""
    return "0" if filters.sort == RELEVANCE else search_filters.sort_key(PARCEL_LAYER, 0, filters)


# OFFSET 0: the number finds the few sheets first; otherwise the planner walks all of them in the order of the limit.
SHEETS = """
    WITH {ground}
    SELECT s.feature_id, s.sheet_no, s.scale, c.name,
           round(ST_X(w.point)::numeric, 6)::float8, round(ST_Y(w.point)::numeric, 6)::float8, s.total
    FROM (SELECT *, count(*) OVER () AS total
          FROM (SELECT * FROM layers_mapsheet
                WHERE until IS NULL AND {named}{conditions} OFFSET 0) AS numbered
          ORDER BY commune_code, sheet_key, feature_id LIMIT %(limit)s) AS s
    LEFT JOIN layers_adminunit c ON c.until IS NULL AND c.edition = %(new)s AND c.code = s.commune_code
    CROSS JOIN LATERAL (SELECT ST_Transform(ST_PointOnSurface(s.geom), 4326)) AS w (point)
    ORDER BY c.name, s.feature_id"""


def sheets(wanted: Numbers, filters: Filters, limit: int = LIMIT) -> list[SheetRow]:
    """Map sheets with this number, of the named new communes or of all."""
    if not wanted_layers(filters, [MAP_SHEETS]):
        return []
    conditions = "" if wanted.communes is None else " AND commune_code = ANY(%(communes)s::text[])"
    values = {
        **search_filters.values(filters),
        "sheets": list(wanted.sheets or ()),
        "communes": list(wanted.communes or ()),
        "limit": limit,
    }
    statement = SHEETS.format(
        ground=search_filters.ground(filters),
        named="sheet_key = ANY(%(sheets)s)",
        conditions=conditions + search_filters.conditions(MAP_SHEETS, filters),
    )
    return [SheetRow(*row) for row in rows(statement, values)]


def sheets_by_id(feature_ids: Sequence[int]) -> dict[int, SheetRow]:
    """Map sheets of today."""
    if not feature_ids:
        return {}
    statement = SHEETS.format(
        ground=search_filters.ground(Filters()), named="feature_id = ANY(%(ids)s::bigint[])", conditions=""
    )
    values = {"ids": list(feature_ids), "new": NEW, "limit": len(feature_ids)}
    return {row[0]: SheetRow(*row) for row in rows(statement, values)}


def became(feature_ids: Sequence[int]) -> dict[int, tuple[str, list[str]]]:
    """Of each cancelled parcel: how it went (split, merge, …) and the numbers of the parcels it went into."""
    statement = """
        SELECT s.parent_id, min(s.kind), array_agg(DISTINCT c.parcel_no)
        FROM layers_parcelsuccession s
        JOIN LATERAL (SELECT parcel_no FROM layers_parcel WHERE feature_id = s.child_id
                      ORDER BY since DESC LIMIT 1) AS c ON true
        WHERE s.until IS NULL AND s.parent_id = ANY(%(ids)s) GROUP BY s.parent_id"""
    return {
        parent: (kind, sorted(numbers, key=lambda text: (len(text), text)))
        for parent, kind, numbers in rows(statement, {"ids": list(feature_ids)})
    }
