"""A site as the report takes it: its ground in the storage plane, how it came to us, and what was assumed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from django.contrib.gis.geos import MultiPolygon

from layers.sites.notes import Note

Ring = tuple[tuple[float, float], ...]
Rings = tuple[Ring, ...]


class Way(StrEnum):
    """How a site came to us. What is typed of its accuracy depends on it."""

    PARCELS = "parcels"
    CORNERS = "corners"
    OUTLINE = "outline"
    FILE = "file"
    POINT = "point"


# How exactly an outline is known that lies on no cadastre, in metres: drawn on the map, from a file, from a phone.
DRAWN_M, FILED_M, TRACKED_M = 5.0, 1.0, 10.0
# The finest a typed corner is taken for, however many decimals it has.
FINEST_M = 0.05


@dataclass(frozen=True)
class Circle:
    """Its middle in EPSG:9209 and its radius, all in metres to the centimetre."""

    east: float
    north: float
    radius_m: float


@dataclass(frozen=True)
class Site:
    """`geometry`: areas in EPSG:9209, valid. `parcels`: the parcels it was named by, by feature id, else none.
    `typed_m`: how exactly its outline was given, in metres; used where no cadastre lies under it. `circle`: what it was
    drawn from, for a point with a radius."""

    geometry: MultiPolygon
    way: Way
    typed_m: float
    parcels: tuple[int, ...] = ()
    circle: Circle | None = None
    notes: tuple[Note, ...] = field(default_factory=tuple)

    @property
    def wkb(self) -> bytes:
        return bytes(self.geometry.wkb)

    @property
    def polygons(self) -> tuple[Rings, ...]:
        return polygons_of(self.geometry)

    def told(self, *notes: Note) -> Site:
        return replace(self, notes=(*self.notes, *notes))


def polygons_of(geometry: MultiPolygon) -> tuple[Rings, ...]:
    """Areas of rings of (east, north), to the millimetre."""
    coordinates: Any = geometry.coords
    return tuple(
        tuple(tuple((round(x, 3), round(y, 3)) for x, y in ring) for ring in polygon) for polygon in coordinates
    )
