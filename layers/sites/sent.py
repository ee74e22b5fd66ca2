"""A site from a file: areas as they are; a track that ends near where it began is an outline walked round the site."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal

from django.contrib.gis.geos import MultiPolygon, Polygon

from layers.search.coordinates.reading import WGS84
from layers.sites import outline, placing
from layers.sites.notes import Note
from layers.sites.site import FILED_M, TRACKED_M, Site, Way
from layers.sites.troubles import SiteTrouble
from layers.systems import SYSTEMS, System, by_epsg

Place = tuple[float, float]
Rings = Sequence[Sequence[Place]]
# A track round a site may miss its beginning by so much: a receiver's own error, or a step not taken (m).
WALKED_GAP_M = 20.0


def site(areas: Sequence[Rings], lines: Sequence[Sequence[Place]], epsg: int | None, chosen: int | None = None) -> Site:
    """The site of a file's outlines, in the system it states (an EPSG code), or the one the reader chose. Raises
    SiteTrouble, and Undecided when it states none and may lie in several places."""
    walked = [line for line in lines if len(line) > 2] if not areas else []
    if not areas and not walked:
        raise SiteTrouble("no-area" if lines else "empty")
    rings = list(areas) or [[line] for line in walked]
    outline.refuse_many(rings)
    systems = systems_of(rings, epsg, chosen)
    closed, notes = rings_closed(rings, systems[0])
    shape = typed(closed)
    placed, why = placing.decided(placing.landed(shape, systems), said=epsg is not None, chosen=chosen is not None)
    told = [Note(why, {"system": placed.system.title}), *notes, Note("file-not-kept"), placing.miss_note(placed)]
    return Site(outline.sized(placed.shape), Way.FILE, TRACKED_M if walked else FILED_M, notes=tuple(told))


def systems_of(rings: Sequence[Rings], epsg: int | None, chosen: int | None) -> list[System]:
    """What the file states; else longitude and latitude for what lies among degrees, else every plane."""
    named = chosen if chosen is not None else epsg
    if named is not None:
        one = by_epsg(named)
        if one is None:
            raise SiteTrouble("unknown-system")
        return [one]
    in_degrees = all(abs(x) <= 180 and abs(y) <= 90 for area in rings for ring in area for x, y in ring)
    return [one for one in SYSTEMS if (one.epsg == WGS84 if in_degrees else one.meridian is not None)]


def rings_closed(rings: Sequence[Rings], system: System) -> tuple[list[list[list[Place]]], list[Note]]:
    """Every ring closed; a small gap of a walked one is told, a large one refused."""
    made, notes = [], []
    for area in rings:
        closed = []
        for ring in area:
            gap = math.dist(ring[0], ring[-1]) * (placing.METRES_A_DEGREE if system.in_degrees else 1)
            if gap > WALKED_GAP_M:
                raise SiteTrouble("open", gap=Decimal(f"{gap:.0f}"))
            if gap > 0:
                notes.append(Note("gap-closed", {"gap": Decimal(f"{gap:.1f}")}))
            closed.append(outline.closed(ring))
        made.append(closed)
    return made, notes[:1]


def typed(areas: Sequence[Rings]) -> MultiPolygon:
    """The areas in their own coordinates; what crosses itself is refused with the place where it does."""
    for area in areas:
        for ring in area:
            if len(set(ring)) < 3:
                raise SiteTrouble("few-corners", count=len(set(ring)))
            outline.refuse_crossing(ring)
    shape = MultiPolygon(*(Polygon(*area) for area in areas))
    return outline.united(shape) if len(areas) > 1 else outline.checked(shape)
