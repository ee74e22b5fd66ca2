"""A site as a program sends it: a JSON object, or GeoJSON as it is."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest

from geoportal.problems import Problem
from layers.sites import circle, corners, geojson, listed, placing
from layers.sites.site import Site

LARGEST_MB = 2
GEOJSON = ("FeatureCollection", "Feature", "GeometryCollection", "Polygon", "MultiPolygon", "LineString", "Point")


def read(request: HttpRequest, snapshot: int) -> Site:
    """One of `parcels` (ids), `corners` (text; `system`: an EPSG code), `geojson`, `point` ([lon, lat]) with
    `radius_m`; or GeoJSON itself. Raises Problem, SiteTrouble and Undecided."""
    value = body(request)
    ways = [name for name in ("parcels", "corners", "geojson", "point") if name in value]
    if value.get("type") in GEOJSON:
        return geojson.of_value(value)
    if len(ways) != 1:
        raise Problem("body-wrong")
    return {"parcels": by_parcels, "corners": by_corners, "geojson": by_geojson, "point": by_point}[ways[0]](
        value, snapshot
    )


def body(request: HttpRequest) -> dict[str, Any]:
    if int(request.headers.get("Content-Length") or 0) > LARGEST_MB * 2**20:
        raise Problem("body-too-large", limit=LARGEST_MB)
    try:
        value = json.loads(request.body, parse_constant=refuse)
    except (ValueError, RecursionError):
        raise Problem("body-wrong") from None
    if not isinstance(value, dict):
        raise Problem("body-wrong")
    return value


def refuse(name: str) -> None:
    """NaN and Infinity are no JSON."""
    raise ValueError(name)


def by_parcels(value: dict[str, Any], snapshot: int) -> Site:
    ids = value["parcels"]
    if not (isinstance(ids, list) and ids and all(type(one) is int and 0 < one < 2**62 for one in ids)):
        raise Problem("body-wrong")
    return listed.site(ids, snapshot)


def by_corners(value: dict[str, Any], snapshot: int) -> Site:
    text, system = value["corners"], value.get("system")
    if not isinstance(text, str) or not (system is None or type(system) is int):
        raise Problem("body-wrong")
    return placing.site(corners.read(text), system)


def by_geojson(value: dict[str, Any], snapshot: int) -> Site:
    return geojson.of_value(value["geojson"])


def by_point(value: dict[str, Any], snapshot: int) -> Site:
    point, radius = value["point"], value.get("radius_m")
    numbers = [*point, radius] if isinstance(point, list) else []
    if len(numbers) != 3 or not all(type(one) in (int, float) for one in numbers):
        raise Problem("body-wrong")
    return circle.of_numbers(float(point[0]), float(point[1]), float(numbers[2]))
