"""Where no system is told, places tell: each known system is tried, axes swapped too, and ranked by what falls inside.

A wrong meridian cannot be seen from the numbers: all zones share their false easting, and 15' are 26 km. Only the
outline of the commune, or of the province, can tell them apart.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from importers.crs.operation import to_storage
from importers.crs.systems import SYSTEMS, System

# A guess stands by itself when this share lies inside, and no other system brings more than the second share there.
INSIDE = 0.98
NEXT = 0.05
_SAMPLE = 500


@dataclass(frozen=True)
class Proposal:
    """One way to read the coordinates; `inside` is the share of the looked-at features inside the outlines."""

    system: System
    swapped: bool
    inside: float


def share_inside(
    shapes: NDArray[np.object_], outlines: NDArray[np.object_], system: System, *, swapped: bool = False
) -> float:
    """The share of features whose inner point lies in the outline beside it (`outlines`: EPSG:9209, one a feature)."""
    picked = np.unique(np.linspace(0, len(shapes) - 1, min(_SAMPLE, len(shapes))).astype(int))
    if not len(picked):
        return 0.0
    points = to_storage(_inner_points(shapes[picked]), system, swapped=swapped)
    return float(shapely.intersects_xy(outlines[picked], shapely.get_x(points), shapely.get_y(points)).mean())


def _inner_points(shapes: NDArray[np.object_]) -> NDArray[np.object_]:
    """A point of each shape. Of broken outlines the middle of the box: only the region matters here."""
    west, south, east, north = shapely.bounds(shapes).T
    middles: NDArray[np.object_] = shapely.points((west + east) / 2, (south + north) / 2)
    return middles


def rank(shapes: NDArray[np.object_], outlines: NDArray[np.object_]) -> list[Proposal]:
    """Every system and axis order that brings something inside, the best first. Empty: none does."""
    present = ~(shapely.is_missing(shapes) | shapely.is_empty(shapes))
    shapes, outlines = shapes[present], outlines[present]
    shapely.prepare(outlines)
    proposals = [
        Proposal(system, swapped, share_inside(shapes, outlines, system, swapped=swapped))
        for system in SYSTEMS
        if system.in_degrees == _looks_like_degrees(shapes)
        for swapped in (False, True)
    ]
    ranked = sorted(proposals, key=lambda proposal: (-proposal.inside, proposal.swapped))
    return [proposal for proposal in ranked if proposal.inside > 0]


def _looks_like_degrees(shapes: NDArray[np.object_]) -> bool:
    bounds = shapely.total_bounds(shapes)
    return bool(np.all(np.abs(bounds) <= 180))


def settled(proposals: list[Proposal]) -> Proposal | None:
    """The proposal that needs no asking: nearly all inside, and no other comes near. None: a person must say."""
    if not proposals or proposals[0].inside < INSIDE:
        return None
    return proposals[0] if all(other.inside <= NEXT for other in proposals[1:]) else None
