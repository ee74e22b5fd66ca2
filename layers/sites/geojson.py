"""An outline drawn on the map or sent by a program: GeoJSON, in longitude and latitude (RFC 7946)."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from typing import Any

from layers.queries import points
from layers.search.coordinates.reading import WGS84
from layers.sites import outline
from layers.sites.circle import STORAGE, within
from layers.sites.site import DRAWN_M, Site, Way
from layers.sites.troubles import SiteTrouble

LONGEST = 4_000_000
DEEPEST = 8
Place = tuple[float, float]


def site(text: str) -> Site:
    """The areas of a GeoJSON text as one site. Raises SiteTrouble."""
    if len(text) > LONGEST:
        raise SiteTrouble("too-much-text", limit=LONGEST)
    try:
        value = json.loads(text, parse_constant=lambda name: math.nan)
    except (ValueError, RecursionError):
        raise SiteTrouble("broken", why="GeoJSON") from None
    return of_value(value)


def of_value(value: Any, way: Way = Way.OUTLINE) -> Site:
    shapes = list(areas(value, 0))
    polygons = [rings for rings in shapes if rings]
    if not polygons:
        raise SiteTrouble("no-area" if shapes else "empty")
    outline.refuse_many(polygons)
    for ring in (ring for polygon in polygons for ring in polygon):
        outline.refuse_open(ring)
        for lon, lat in ring:
            if not within(lon, lat):
                raise SiteTrouble(misplaced(lon, lat))
    return Site(outline.ground(planar(polygons)), way, DRAWN_M)


def misplaced(lon: float, lat: float) -> str:
    """Why a place is not in the province: typed the other way round, not in degrees, or simply elsewhere."""
    if within(lat, lon):
        return "swapped"
    return "outside" if abs(lon) <= 180 and abs(lat) <= 90 else "not-degrees"


def areas(value: Any, depth: int) -> Iterator[list[list[Place]]]:
    """Every shape in a geometry, feature or collection as rings; a line or a point, which has no area, as none."""
    if not isinstance(value, dict) or depth > DEEPEST:
        raise SiteTrouble("broken", why="GeoJSON")
    kind = value.get("type")
    if kind == "FeatureCollection":
        for feature in listed(value, "features"):
            yield from areas(feature, depth + 1)
    elif kind == "Feature":
        if value.get("geometry") is not None:
            yield from areas(value["geometry"], depth + 1)
    elif kind == "GeometryCollection":
        for part in listed(value, "geometries"):
            yield from areas(part, depth + 1)
    elif kind == "Polygon":
        yield polygon(listed(value, "coordinates"))
    elif kind == "MultiPolygon":
        yield from (polygon(part) for part in listed(value, "coordinates"))
    elif kind in ("Point", "MultiPoint", "LineString", "MultiLineString"):
        yield []
    else:
        raise SiteTrouble("broken", why="GeoJSON")


def listed(value: dict[str, Any], name: str) -> list[Any]:
    found = value.get(name)
    if not isinstance(found, list):
        raise SiteTrouble("broken", why=f"GeoJSON, {name}")
    return found


def polygon(rings: Any) -> list[list[Place]]:
    if not isinstance(rings, list) or not rings:
        raise SiteTrouble("empty")
    return [[place(pair) for pair in (ring if isinstance(ring, list) else [])] for ring in rings]


def place(pair: Any) -> Place:
    """Longitude and latitude; a height beside them is left out."""
    if not (isinstance(pair, list) and len(pair) >= 2 and all(isinstance(value, int | float) for value in pair[:2])):
        raise SiteTrouble("not-finite")
    return float(pair[0]), float(pair[1])


def planar(polygons: Sequence[Sequence[Sequence[Place]]]) -> list[list[list[Place]]]:
    """The same rings in the storage plane, brought there by the one datum operation in one question."""
    flat = [(WGS84, lon, lat) for polygon in polygons for ring in polygon for lon, lat in ring]
    moved = iter(points.planar(flat, STORAGE))
    return [[[next(moved) for _ in ring] for ring in polygon] for polygon in polygons]
