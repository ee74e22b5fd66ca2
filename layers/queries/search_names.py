"""The SQL of communes by name, of both editions. They are few, some hundred: a scan for what looks alike is cheap."""

from __future__ import annotations

from collections.abc import Sequence

from layers.ground.admin_units import ADMIN_UNITS, NEW, OLD
from layers.queries import search_filters
from layers.queries.search import LIMIT, Row, rows
from layers.search.filters import Filters
from layers.search.places import KINDS, Unit, without_kind

# Names less alike than this (pg_trgm, 0 to 1) are not looked at; the letters themselves decide afterwards.
TRIGRAMS_ALIKE = 0.3
LEVELS = {"Xã": "xa", "Phường": "phuong", "Thị trấn": "thi tran"}


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


def units_coded(code: str) -> list[Unit]:
    """The commune of that code in each edition: every new code of 2025 is an old commune's, with another extent."""
    statement = UNITS.format(columns="", tables="", condition="u.code = %(code)s")
    return [_unit(row) for row in rows(statement, {"new": NEW, "old": OLD, "code": code})]


def units_by_id(feature_ids: Sequence[int]) -> dict[int, Unit]:
    """Communes of either edition."""
    if not feature_ids:
        return {}
    statement = UNITS.format(columns="", tables="", condition="u.feature_id = ANY(%(ids)s)")
    found = rows(statement, {"new": NEW, "old": OLD, "ids": list(feature_ids)})
    return {row[0]: _unit(row) for row in found}


FITTING = """
    WITH {ground}
    SELECT feature_id FROM layers_adminunit WHERE until IS NULL AND feature_id = ANY(%(ids)s){conditions}"""


def fitting(feature_ids: Sequence[int], filters: Filters) -> set[int]:
    """Which of the communes the filters let pass."""
    conditions = search_filters.conditions(ADMIN_UNITS, filters)
    statement = FITTING.format(ground=search_filters.ground(filters), conditions=conditions)
    return {row[0] for row in rows(statement, {**search_filters.values(filters), "ids": list(feature_ids)})}
