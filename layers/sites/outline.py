"""From rings of places to ground one can answer for, or why not: open, empty, crossing itself, too small, too large.

Rings are in the storage plane (EPSG:9209, metres). Nothing is mended that could move a boundary.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.conf import settings
from django.contrib.gis.geos import GEOSGeometry, MultiPolygon, Polygon

from layers.sites.troubles import SiteTrouble

Place = tuple[float, float]
MOST_CORNERS, MOST_PARTS = 5_000, 100
SMALLEST_M2 = 1.0
# 20 km²: larger than any project a parcel-by-parcel answer helps with, and answered within the time of one page.
LARGEST_HA = 2_000
# Corners closer than this are one corner.
SAME_M = 0.005
# Edges are looked through for the pair that crosses up to so many corners: every pair is tried.
SEARCHED_FOR_CROSSING = 400


def ground(polygons: Sequence[Sequence[Sequence[Place]]], labels: Sequence[str] = ()) -> MultiPolygon:
    """Checked areas of polygons of rings (the first of each the outer one). `labels` name the corners of the only ring.
    Raises SiteTrouble."""
    refuse_many(polygons)
    for polygon in polygons:
        for ring in polygon:
            refuse_open(ring)
            refuse_crossing(ring, labels if len(polygons) == 1 else ())
    shape = MultiPolygon(*(Polygon(*polygon) for polygon in polygons), srid=settings.STORAGE_SRID)
    return sized(united(shape) if len(polygons) > 1 else checked(shape))


def refuse_many(polygons: Sequence[Sequence[Sequence[Place]]]) -> None:
    if len(polygons) > MOST_PARTS:
        raise SiteTrouble("several-shapes", count=len(polygons), limit=MOST_PARTS)
    corners = sum(len(ring) for polygon in polygons for ring in polygon)
    if not corners:
        raise SiteTrouble("empty")
    if corners > MOST_CORNERS:
        raise SiteTrouble("too-many-corners", count=corners, limit=MOST_CORNERS)


def refuse_open(ring: Sequence[Place]) -> None:
    if not all(math.isfinite(value) for place in ring for value in place):
        raise SiteTrouble("not-finite")
    if len(set(ring)) < 3:
        raise SiteTrouble("few-corners", count=len(set(ring)))
    gap = math.dist(ring[0], ring[-1])
    if gap > SAME_M:
        raise SiteTrouble("open", gap=Decimal(f"{gap:.2f}"))


def closed(ring: Sequence[Place]) -> list[Place]:
    """The ring with its first corner at the end as well."""
    return list(ring) if ring[0] == ring[-1] else [*ring, ring[0]]


def refuse_crossing(ring: Sequence[Place], labels: Sequence[str] = ()) -> None:
    """Names the two edges that cross, by the labels of the corners where there are any."""
    shape = Polygon(closed(ring))
    if shape.valid:
        return
    pair = crossing(ring)
    if pair is None:
        raise of_reason(shape.valid_reason)
    names = labels if len(labels) >= len(ring) - 1 else [str(place + 1) for place in range(len(ring))]
    edges = [f"{names[at]}–{names[(at + 1) % (len(ring) - 1)]}" for at in pair]
    raise SiteTrouble("crossing", where=f": {edges[0]} × {edges[1]}")


def crossing(ring: Sequence[Place]) -> tuple[int, int] | None:
    """The first two edges that cross or touch, by the place of their first corners."""
    if len(ring) > SEARCHED_FOR_CROSSING:
        return None
    edges = list(pairwise(ring))
    for one in range(len(edges)):
        for other in range(one + 2, len(edges)):
            if (one, other) != (0, len(edges) - 1) and meet(*edges[one], *edges[other]):
                return one, other
    return None


def meet(start: Place, end: Place, other_start: Place, other_end: Place) -> bool:
    def side(a: Place, b: Place, c: Place) -> float:
        return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])

    apart = side(start, end, other_start) * side(start, end, other_end) > 0
    return not apart and side(other_start, other_end, start) * side(other_start, other_end, end) <= 0


def of_reason(reason: str) -> SiteTrouble:
    """GEOS' own word for what is wrong, with the place it names."""
    found = re.fullmatch(r"(?P<why>.+?)\[(?P<x>\S+) (?P<y>\S+)\]", reason)
    if found and "ntersection" in found["why"]:
        return SiteTrouble("crossing", where=f" ({float(found['y']):.2f}; {float(found['x']):.2f})")
    return SiteTrouble("broken", why=found["why"] if found else reason)


def united(shape: MultiPolygon) -> MultiPolygon:
    """Parts that lie over each other count once."""
    return areas(shape.unary_union)


def checked(shape: MultiPolygon) -> MultiPolygon:
    if not shape.valid:
        raise of_reason(shape.valid_reason)
    return shape


def areas(shape: GEOSGeometry) -> MultiPolygon:
    every: Any = [shape] if shape.geom_type == "Polygon" else shape
    parts = [part for part in every if part.geom_type == "Polygon"]
    if not parts:
        raise SiteTrouble("empty")
    return MultiPolygon(*parts, srid=settings.STORAGE_SRID)


def sized(shape: MultiPolygon) -> MultiPolygon:
    area = shape.area
    if area < SMALLEST_M2:
        raise SiteTrouble("tiny", area=Decimal(f"{area:.2f}"))
    if area > LARGEST_HA * 10_000:
        raise SiteTrouble("huge", area=Decimal(f"{area / 10_000:.0f}"), limit=Decimal(LARGEST_HA))
    return shape
