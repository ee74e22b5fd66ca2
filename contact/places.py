"""A place as somebody types it: a pair of coordinates is a point, two are a line, more an outline. A line each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.contrib.gis.geos import GEOSGeometry, LineString, Point, Polygon

from layers.queries import points
from layers.search.coordinates import Reading, read
from layers.search.coordinates.reading import WGS84
from layers.systems import PROVINCE

MOST_LINES = 100


@dataclass(frozen=True)
class Fault:
    """`code`: unreadable, outside or too-many; `line` counts from 1."""

    code: str
    line: int = 0


def shape(text: str) -> GEOSGeometry | Fault | None:
    """The shape in degrees (WGS 84); None when nothing was typed; a fault that names the line."""
    lines = [(at, line) for at, line in enumerate(text.splitlines(), 1) if line.strip()]
    if not lines:
        return None
    if len(lines) > MOST_LINES:
        return Fault("too-many")
    readings: list[tuple[Reading, ...]] = []
    for at, line in lines:
        typed = read(line)
        if typed is None or not typed.readings:
            return Fault("unreadable", at)
        readings.append(typed.readings)
    landed = _together(readings)
    return _fault_of(readings, lines) if landed is None else _drawn(landed)


def _together(readings: Sequence[tuple[Reading, ...]]) -> list[tuple[float, float]] | None:
    """Longitude and latitude of all pairs in the likeliest system in which each of them is in the province."""
    for system in dict.fromkeys(reading.system for reading in readings[0]):
        own = [next((reading for reading in each if reading.system == system), None) for each in readings]
        pairs = [(system.epsg, reading.x, reading.y) for reading in own if reading]
        if len(pairs) == len(readings):
            spots = points.land(pairs, settings.STORAGE_SRID)
            if all(_in_province(spot.lon, spot.lat) for spot in spots):
                return [(spot.lon, spot.lat) for spot in spots]
    return None


def _fault_of(readings: Sequence[tuple[Reading, ...]], lines: Sequence[tuple[int, str]]) -> Fault:
    """The first line that is nowhere in the province by itself; the first of all when only together they are not."""
    alone = (at for (at, _), own in zip(lines, readings, strict=True) if _together([own]) is None)
    return Fault("outside", next(alone, lines[0][0]))


def _in_province(lon: float, lat: float) -> bool:
    west, south, east, north = PROVINCE
    return west <= lon <= east and south <= lat <= north


def _drawn(corners: list[tuple[float, float]]) -> GEOSGeometry:
    distinct = [corner for at, corner in enumerate(corners) if at == 0 or corner != corners[at - 1]]
    if len(distinct) > 3 and distinct[0] == distinct[-1]:
        distinct.pop()
    if len(distinct) == 1:
        return Point(distinct[0], srid=WGS84)
    if len(distinct) == 2:
        return LineString(distinct, srid=WGS84)
    return Polygon([*distinct, distinct[0]], srid=WGS84)
