"""The SQL of sites: where a typed shape lands, the ground of named parcels, and the parcels under a site."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from layers.ground.admin_units import NEW
from layers.queries import prepared
from layers.queries.files import sql_file
from layers.queries.subjects import Subject
from layers.regulated import IN_FORCE
from layers.systems import PROVINCE

# How far from a corner boundaries of parcels are looked for (m), and of how many corners.
REACH_M, CORNERS_ASKED = 30.0, 24


@dataclass(frozen=True)
class Landing:
    """A typed shape read in the system of that `place` in the list: its areas (WKB, EPSG:9209), the commune that holds
    a point of it, and how far its corners are at most from the boundary of a parcel (m; None: farther)."""

    place: int
    wkb: bytes
    commune: str | None
    miss_m: float | None


def landings(shape: bytes, systems: Sequence[int]) -> list[Landing]:
    """Where the shape lies inside the province, in each of the systems (EPSG codes) in which it does."""
    west, south, east, north = PROVINCE
    values = {
        "shape": shape,
        "systems": list(systems),
        "west": west,
        "south": south,
        "east": east,
        "north": north,
        "reach": REACH_M,
        "most": CORNERS_ASKED,
        "new": NEW,
    }
    return [
        Landing(place, bytes(wkb), commune, miss)
        for place, wkb, commune, miss in prepared.rows("default", sql_file("landing"), values)
    ]


class Under(NamedTuple):
    """A parcel under a site. Areas in m² of VN-2000; shares in per cent of the parcel and of the site; `purposes` is
    the JSON of the parcel as text, because most parcels of a site say the same."""

    row_id: int
    feature_id: int
    commune_code: str
    commune: str
    sheet_no: str
    parcel_no: str
    accuracy_m: float | None
    purposes: str
    area_m2: Decimal
    shared_m2: Decimal
    parcel_percent: Decimal
    site_percent: Decimal
    total: int
    total_m2: Decimal


def parcels_under(subject: Subject, snapshot: int, most: int) -> list[Under]:
    """The parcels under the subject that share at least 1 m² or 1 % of their own ground with it, largest part first.
    `total` and `total_m2` speak of all of them, also beyond `most`."""
    values = {**subject.values, "snapshot": snapshot, "most": most, "new": NEW}
    found = prepared.rows("default", subject.asked_in("parcels_under"), values)
    return [Under._make(row) for row in found]


GROUND = """
    SELECT ST_AsBinary(ST_Union(geom ORDER BY feature_id)), array_agg(feature_id)
    FROM (SELECT feature_id, geom FROM layers_parcel
          WHERE until IS NULL AND since <= %(snapshot)s AND feature_id = ANY(%(ids)s)
          UNION ALL
          SELECT feature_id, geom FROM layers_parcel
          WHERE until > %(snapshot)s AND since <= %(snapshot)s AND feature_id = ANY(%(ids)s)) AS parcel"""


def ground_of(feature_ids: Sequence[int], snapshot: int) -> tuple[bytes | None, set[int]]:
    """The ground of parcels together (WKB, EPSG:9209), and which of them were there at the snapshot. The corners stand
    in the same order for ever: rows lie elsewhere once a newer version stands beside them."""
    ((wkb, there),) = prepared.rows("default", GROUND, {"ids": list(feature_ids), "snapshot": snapshot})
    return (bytes(wkb) if wkb else None), set(there or ())


@dataclass(frozen=True)
class Figures:
    """`lon`, `lat`: a point inside, WGS 84; `communes`: names of those that hold ground of the site."""

    area_m2: Decimal
    lon: float
    lat: float
    communes: tuple[str, ...]


def figures(subject: Subject) -> Figures:
    ((area, lon, lat, communes),) = prepared.rows(
        "default", subject.asked_in("site_card"), {**subject.values, "new": NEW}
    )
    return Figures(area, lon, lat, tuple(communes))


def in_degrees(subject: Subject) -> dict[str, Any]:
    """The subject as GeoJSON areas in longitude and latitude (WGS 84, to about a centimetre)."""
    query = "SELECT ST_AsGeoJSON(ST_Transform(geom, 4326), 7) FROM {subject}".replace("{subject}", subject.table)
    ((text,),) = prepared.rows("default", query, subject.values)
    found: dict[str, Any] = json.loads(text)
    return found


def box_of(outline: dict[str, Any]) -> tuple[float, float, float, float]:
    """West, south, east, north of areas in degrees."""
    places = [place for area in outline["coordinates"] for ring in area for place in ring]
    lons, lats = [place[0] for place in places], [place[1] for place in places]
    return min(lons), min(lats), max(lons), max(lats)


Touched = dict[tuple[str, int], tuple[int, ...]]


def touched(subject: Subject, parcels: Sequence[Under], layers: Sequence[str], snapshot: int) -> Touched:
    """Which of the parcels each zone touches: feature ids by the zone's layer and row, in the order of the parcels."""
    values = {
        **subject.values,
        "rows": array([str(parcel.row_id) for parcel in parcels]),
        "whole": array(["t" if parcel.parcel_percent == 100 else "f" for parcel in parcels]),
        "layers": list(layers),
        "snapshot": snapshot,
    }
    found = prepared.rows("default", subject.asked_in("zone_parcels"), values) if parcels else []
    return {(layer, row_id): tuple(ids) for layer, row_id, ids in found}


def array(values: Sequence[str]) -> str:
    """A list as PostgreSQL writes it: psycopg looks at each value of a Python list, which for hundreds takes longer."""
    return f"{{{','.join(values)}}}"


def beside(
    subject: Subject, reach: float, layers: Sequence[str], snapshot: int, day: date
) -> list[tuple[str, int, Decimal]]:
    """Layer, row and distance (m) of the zones in force on the day that do not touch the subject, but lie within
    `reach` metres of it; nearest first, layer by layer."""
    values = {
        **subject.values,
        "reach": reach,
        "layers": list(layers),
        "snapshot": snapshot,
        "day": day,
        "in_force": IN_FORCE,
    }
    found = prepared.rows("default", subject.asked_in("beside"), values)
    return [(layer, row, distance) for layer, row, distance in found]
