"""Hatches as plain lines within a shape: an SVG pattern is not drawn alike (or at all) by every browser and printer."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import shapely

STEP = 9.0  # between two lines or dots, in units of the picture
# A dot is a line of no length with round ends: a picture holds thousands, and a circle each would be most of its bytes.
DOT, LINE = 2.2, 0.7


def diagonals(bounds: tuple[float, float, float, float], rising: bool) -> shapely.Geometry:
    """Lines at 45 degrees over a box; on a screen, where y runs down, `rising` goes up to the right."""
    left, top, right, bottom = bounds
    high = bottom - top
    starts = np.arange(np.floor((left - high) / STEP) * STEP, right + high, STEP * 2**0.5)
    first, last = (bottom, top) if rising else (top, bottom)
    return shapely.multilinestrings([[(x, first), (x + high, last)] for x in starts])


def dots(bounds: tuple[float, float, float, float]) -> shapely.Geometry:
    left, top, right, bottom = (np.floor(edge / STEP) * STEP for edge in bounds)
    xs, ys = np.meshgrid(np.arange(left, right + STEP, STEP), np.arange(top, bottom + STEP, STEP))
    return shapely.MultiPoint(np.column_stack([xs.ravel(), ys.ravel()]))


HATCHES: dict[str, Callable[[tuple[float, float, float, float]], list[shapely.Geometry]]] = {
    "none": lambda bounds: [],
    "diagonal": lambda bounds: [diagonals(bounds, rising=True)],
    "back-diagonal": lambda bounds: [diagonals(bounds, rising=False)],
    "cross": lambda bounds: [diagonals(bounds, rising=True), diagonals(bounds, rising=False)],
    "dots": lambda bounds: [dots(bounds)],
}


def hatched(shape: shapely.Geometry, kind: str) -> list[shapely.Geometry]:
    """The lines and dots of that kind of hatch that lie within the shape (units of the picture)."""
    if shape.is_empty:
        return []
    ground = shapely.make_valid(shape)
    return [part for pattern in HATCHES[kind](shape.bounds) for part in shapely.get_parts(ground.intersection(pattern))]


def width(kind: str) -> float:
    """How thick that kind of hatch is drawn."""
    return DOT if kind == "dots" else LINE
