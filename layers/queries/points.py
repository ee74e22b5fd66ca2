"""The SQL of search by place: typed pairs brought to the storage plane, and what stands there today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from layers.ground.admin_units import NEW
from layers.queries.search import LIMIT, rows


@dataclass(frozen=True)
class Spot:
    """Where a pair of that `place` in the list landed: degrees (WGS 84, to 6 decimals); the commune and the parcel
    that hold it, None when none does. `distance_m` is how far the parcel is away (VN-2000)."""

    place: int
    lon: float
    lat: float
    commune: str | None
    parcel: int | None
    sheet_no: str | None
    parcel_no: str | None
    parcel_commune: str | None


LAND = """
    WITH landed AS MATERIALIZED (
      SELECT place, ST_Transform(typed, 4326) AS degrees, ST_Transform(typed, %(plane)s) AS point
      FROM unnest(%(systems)s::int[], %(xs)s::float8[], %(ys)s::float8[]) WITH ORDINALITY AS given (srid, x, y, place)
      CROSS JOIN LATERAL (SELECT ST_SetSRID(ST_MakePoint(x, y), srid)) AS made (typed))
    SELECT place::int - 1, round(ST_X(degrees)::numeric, 6)::float8, round(ST_Y(degrees)::numeric, 6)::float8,
           u.name, p.feature_id, p.sheet_no, p.parcel_no, c.name
    FROM landed
    LEFT JOIN LATERAL (SELECT name FROM layers_adminunit WHERE until IS NULL AND edition = %(new)s
                       AND ST_Intersects(geom, landed.point) ORDER BY feature_id LIMIT 1) AS u ON true
    LEFT JOIN LATERAL (SELECT feature_id, sheet_no, parcel_no, commune_code FROM layers_parcel WHERE until IS NULL
                       AND ST_Intersects(geom, landed.point) ORDER BY feature_id LIMIT 1) AS p ON true
    LEFT JOIN layers_adminunit AS c ON c.until IS NULL AND c.edition = %(new)s AND c.code = p.commune_code
    ORDER BY place"""


def land(pairs: Sequence[tuple[int, float, float]], plane: int) -> list[Spot]:
    """Bring each pair (EPSG code, east, north) to `plane` by the one datum operation and look what is there."""
    systems, xs, ys = zip(*pairs, strict=True)
    values = {"systems": list(systems), "xs": list(xs), "ys": list(ys), "plane": plane, "new": NEW}
    return [Spot(*row) for row in rows(LAND, values)]


@dataclass(frozen=True)
class Coded:
    """A parcel that carries a code, and how far the code's own place is from it in metres."""

    feature_id: int
    gone: bool
    sheet_no: str
    parcel_no: str
    commune: str | None
    lon: float
    lat: float
    distance_m: float
    accuracy_m: float | None


CODED = """
    SELECT p.feature_id, p.until IS NOT NULL, p.sheet_no, p.parcel_no, c.name,
           round(ST_X(w.point)::numeric, 6)::float8, round(ST_Y(w.point)::numeric, 6)::float8,
           round(ST_Distance(p.geom, (SELECT ST_Transform(ST_SetSRID(ST_MakePoint(%(lon)s, %(lat)s), 4326),
                                                          ST_SRID(p.geom))))::numeric, 2)::float8, p.accuracy_m
    FROM (SELECT DISTINCT ON (feature_id) * FROM layers_parcel
          WHERE lower(parcel_code) = ANY(%(codes)s::text[]) AND parcel_code <> ''
          ORDER BY feature_id, since DESC LIMIT %(limit)s) AS p
    LEFT JOIN layers_adminunit c ON c.until IS NULL AND c.edition = %(new)s AND c.code = p.commune_code
    CROSS JOIN LATERAL (SELECT ST_Transform(ST_PointOnSurface(p.geom), 4326)) AS w (point)
    ORDER BY p.until IS NOT NULL, p.feature_id"""


def coded(codes: Sequence[str], lon: float, lat: float) -> list[Coded]:
    """Parcels with one of these codes (small letters), today's first. `lon`, `lat`: the place a code stands for."""
    values = {"codes": list(codes), "lon": lon, "lat": lat, "new": NEW, "limit": LIMIT}
    return [Coded(*row) for row in rows(CODED, values)]


PLANAR = """
    SELECT ST_X(point), ST_Y(point)
    FROM unnest(%(systems)s::int[], %(xs)s::float8[], %(ys)s::float8[]) WITH ORDINALITY AS given (srid, x, y, place)
    CROSS JOIN LATERAL (SELECT ST_Transform(ST_SetSRID(ST_MakePoint(x, y), srid), %(plane)s)) AS made (point)
    ORDER BY place"""


def planar(pairs: Sequence[tuple[int, float, float]], plane: int) -> list[tuple[float, float]]:
    """Each pair (EPSG code, east, north) brought to `plane` by the one datum operation, in the order given."""
    systems, xs, ys = zip(*pairs, strict=True)
    values = {"systems": list(systems), "xs": list(xs), "ys": list(ys), "plane": plane}
    return [(x, y) for x, y in rows(PLANAR, values)]
