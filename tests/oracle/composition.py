"""The oracle of compositions: what a plan makes of a parcel, by another way than the portal's.

The portal cuts the parcel by one kind after the other. Here all borders are laid over each other, the plane falls into
faces, and each face is asked by one point of it which records hold it. Metres on one plane (EPSG:9209).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from tests.oracle.depth import LENGTH_TOLERANCE

# m²: less is the rounding of two neighbours' drawings and counts with the largest part.
CRUMB, CRUMB_TOLERANCE = 0.01, 0.001
Kinds = frozenset[str]


class Planned(NamedTuple):
    """A record of a plan. Its margin for the parcel in metres; 0 where its decision lists whole parcels."""

    shape: BaseGeometry
    kind: str
    margin: float


@dataclass(frozen=True)
class Composed:
    """`parts`: area in m² by the kinds planned there (none: nothing is planned). `possible`: kinds without a part that
    lie within the margin. `near_limit`: an area or a distance lies so close to a limit that another correct program
    may say otherwise."""

    parts: dict[Kinds, float]
    possible: Kinds
    near_limit: bool


def compose(parcel: BaseGeometry, records: Sequence[Planned]) -> Composed:
    """What the records make of the parcel."""
    corner = np.floor(shapely.get_coordinates(parcel).min(axis=0))
    home, *shapes = (
        shapely.transform(shape, lambda xy: xy - corner) for shape in (parcel, *(record.shape for record in records))
    )
    measured = faces(home, shapes, [record.kind for record in records])
    parts = without_crumbs(measured)
    held = frozenset().union(*parts)
    distances = [float(home.distance(shape)) for shape in shapes]
    pairs = [(record, away) for record, away in zip(records, distances, strict=True) if record.margin > 0]
    return Composed(
        parts=parts,
        possible=frozenset(record.kind for record, away in pairs if away <= record.margin) - held,
        near_limit=any(abs(area - CRUMB) < CRUMB_TOLERANCE for area in measured.values())
        or any(abs(away - record.margin) < LENGTH_TOLERANCE for record, away in pairs),
    )


def faces(parcel: BaseGeometry, shapes: Sequence[BaseGeometry], kinds: Sequence[str]) -> dict[Kinds, float]:
    """Area by set of kinds, of the faces into which all borders together divide the parcel."""
    borders = shapely.union_all([parcel.boundary, *(shape.boundary for shape in shapes)])
    made = shapely.get_parts(shapely.polygonize([borders]))
    inside = shapely.point_on_surface(made)
    own = shapely.contains(parcel, inside)
    area: dict[Kinds, float] = defaultdict(float)
    for face, point in zip(made[own], inside[own], strict=True):
        holding = shapely.contains(np.array(shapes, dtype=object), point) if shapes else []
        area[frozenset(kind for kind, holds in zip(kinds, holding, strict=True) if holds)] += face.area
    return dict(area)


def without_crumbs(measured: dict[Kinds, float]) -> dict[Kinds, float]:
    largest = max(measured, key=lambda kinds: measured[kinds])
    parts: dict[Kinds, float] = defaultdict(float)
    for kinds, area in measured.items():
        parts[kinds if area >= CRUMB else largest] += area
    return dict(parts)
