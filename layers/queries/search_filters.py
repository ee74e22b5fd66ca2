"""The SQL of filters: one condition each, by the columns a layer has; and what a list is sorted by.

The ground that filters name (communes, a view of the map, an outline) is brought to the storage plane once, in a CTE
that every statement with filters begins with.
"""

from __future__ import annotations

from django.conf import settings

from layers.declare import Layer
from layers.ground.admin_units import ADMIN_UNITS, NEW, OLD
from layers.ground.map_sheets import MAP_SHEETS
from layers.ground.parcels import PARCELS
from layers.search.filters import DISTANCE, RELEVANCE, Filters

# An old commune without a shape of its own stands for the new ones it went into. Areas must reach a metre into a
# commune: those of its neighbours lie along the same border, drawn a little over it here and there.
GROUND = """ground AS MATERIALIZED (
      SELECT communes, ST_Buffer(communes, -1, 'quad_segs=1') AS inside, box, outline, near FROM (
      SELECT (SELECT ST_Union(coalesce(u.geom, n.geom)) FROM layers_adminunit u
              LEFT JOIN LATERAL (
                SELECT ST_Union(m.geom) AS geom FROM layers_adminsuccession s
                JOIN layers_adminunit m ON m.until IS NULL AND m.edition = %(new)s AND m.code = s.new_code
                WHERE s.until IS NULL AND u.geom IS NULL AND u.edition = %(old)s AND s.old_code = u.code
              ) AS n ON true
              WHERE u.until IS NULL AND ((u.edition = %(new)s AND u.code = ANY(%(new_codes)s::text[]))
                                      OR (u.edition = %(old)s AND u.code = ANY(%(old_codes)s::text[])))) AS communes,
             ST_Transform(ST_GeomFromText(%(box)s, 4326), %(plane)s) AS box,
             ST_Transform(ST_GeomFromText(%(outline)s, 4326), %(plane)s) AS outline,
             ST_Transform(ST_GeomFromText(%(near)s, 4326), %(plane)s) AS near
      ) AS named)"""

NOWHERE = """ground AS MATERIALIZED (
      SELECT NULL::geometry AS communes, NULL::geometry AS inside, NULL::geometry AS box,
             NULL::geometry AS outline, NULL::geometry AS near)"""
DISTANCE_KEY = "coalesce(ST_Distance(geom, (SELECT near FROM ground)), 1e15::float8)"

STATE_TESTS = {
    "in-force": "state = 'in-force' AND (valid_from IS NULL OR valid_from <= %(day)s::date)"
    " AND (valid_until IS NULL OR valid_until >= %(day)s::date)",
    "expired": "(state = 'ended' OR valid_until < %(day)s::date)",
    "planned": "(state = 'draft' OR (state = 'in-force' AND valid_from > %(day)s::date))",
    "suspended": "state = 'suspended'",
}
# A layer that keeps its commune's code is asked by it; a commune is the commune itself. New edition, old edition.
IN_COMMUNE = {
    PARCELS.slug: ("commune_code = ANY(%(new_codes)s::text[])", "old_commune_code = ANY(%(old_codes)s::text[])"),
    ADMIN_UNITS.slug: (
        "(edition = %(new)s AND code = ANY(%(new_codes)s::text[]))",
        "(edition = %(old)s AND code = ANY(%(old_codes)s::text[]))",
    ),
}
WITHIN = "(geom && (SELECT {shape} FROM ground) AND ST_Intersects(geom, (SELECT {shape} FROM ground)))"
# The paper's area where a parcel has one: it is what the red book in the hand says.
PAPER_AREAS = {PARCELS.slug: "area_paper_m2::float8"}
# Behind everything that has an area, a date, a distance.
LAST = "1e15::float8"
NATURAL = {
    PARCELS.slug: "lpad(sheet_key, 20) || lpad(parcel_key, 20)",
    MAP_SHEETS.slug: "lpad(sheet_key, 20)",
}


def ground(filters: Filters) -> str:
    """The CTE of the ground that the filters name; nothing to look up when they name none."""
    return GROUND if filters.has_place or filters.near else NOWHERE


def area_of(layer: Layer) -> str:
    """The area of a record in m² (VN-2000), NULL for lines and points."""
    if "POLYGON" not in (layer.geometry_type or ""):
        return "NULL::float8"
    paper = PAPER_AREAS.get(layer.slug)
    return f"coalesce({paper}, ST_Area(geom))" if paper else "ST_Area(geom)"


def decided_on(layer: Layer) -> str:
    dated = any(field.name == "decision_date" for field in layer.public_fields)
    return "decision_date" if dated else "NULL::date"


def conditions(layer: Layer, filters: Filters) -> str:
    """What a record of the layer must be, as SQL that begins with AND; empty when anything will do.

    The columns are unqualified; the layer is one that `filters.wanted_layers` let pass."""
    low, high = filters.area
    first, last = filters.decided
    tests = {
        STATE_TESTS.get(filters.state, ""): filters.state,
        f"{layer.legend_by} = %(legend_class)s": filters.legend_class,
        f"{area_of(layer)} >= %(area_from)s": low is not None,
        f"{area_of(layer)} <= %(area_to)s": high is not None,
        "decision_date >= %(decided_from)s::date": first,
        "decision_date <= %(decided_to)s::date": last,
        _in_commune(layer, filters): filters.has_commune,
        WITHIN.format(shape="box"): filters.box,
        WITHIN.format(shape="outline"): filters.outline,
    }
    return "".join(f" AND {test}" for test, wanted in tests.items() if wanted)


def _in_commune(layer: Layer, filters: Filters) -> str:
    if layer.slug not in IN_COMMUNE:
        return WITHIN.format(shape="inside" if "POLYGON" in (layer.geometry_type or "") else "communes")
    named = zip(IN_COMMUNE[layer.slug], (filters.new_codes, filters.old_codes), strict=True)
    return f"({' OR '.join(test for test, codes in named if codes) or 'false'})"


def sort_key(layer: Layer, place: int, filters: Filters) -> str:
    """What a list is sorted by: a number, or the text by which the layer's records follow each other."""
    if filters.sort == RELEVANCE:
        natural = NATURAL.get(layer.slug, f"{layer.label}::text")
        return f"('{place:03d}' || {natural}) COLLATE \"C\""
    if filters.sort == DISTANCE:
        return DISTANCE_KEY if layer.geometry_type else LAST
    date = decided_on(layer)
    by_number = {
        "area": f"-{area_of(layer)}",
        "area-up": area_of(layer),
        "date": f"-({date} - DATE '2000-01-01')::float8",
        "date-up": f"({date} - DATE '2000-01-01')::float8",
    }
    return f"coalesce({by_number[filters.sort]}, {LAST})"


def values(filters: Filters) -> dict[str, object]:
    """The values of everything above; shapes as WKT in degrees, None where nothing was asked."""
    low, high = filters.area
    first, last = filters.decided
    return {
        "new": NEW,
        "old": OLD,
        "plane": settings.STORAGE_SRID,
        "new_codes": list(filters.new_codes or ()),
        "old_codes": list(filters.old_codes or ()),
        "box": _box(filters),
        "outline": _ring(filters.outline) if filters.outline else None,
        "near": "POINT({} {})".format(*filters.near) if filters.near else None,
        "legend_class": filters.legend_class[1] if filters.legend_class else "",
        "day": filters.day,
        "area_from": low,
        "area_to": high,
        "decided_from": first,
        "decided_to": last,
    }


def _box(filters: Filters) -> str | None:
    if filters.box is None:
        return None
    west, south, east, north = filters.box
    return _ring(((west, south), (east, south), (east, north), (west, north)))


def _ring(corners: tuple[tuple[float, float], ...]) -> str:
    closed = (*corners, corners[0])
    return f"POLYGON(({', '.join(f'{lon} {lat}' for lon, lat in closed)}))"
