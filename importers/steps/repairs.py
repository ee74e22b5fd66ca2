"""What a repair makes of one shape: the same whether it is done, or only shown to whoever has to decide about it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import shapely
from numpy.typing import NDArray

from importers.steps.rings import by_nesting

SAME_POINT_M = 0.001


def without_repeated(shape: shapely.Geometry) -> shapely.Geometry:
    return shapely.remove_repeated_points(shape, SAME_POINT_M)


def by_structure(shape: shapely.Geometry) -> shapely.Geometry | None:
    """Made valid by structure, never by linework: that is slow and makes areas of crossings. None: nothing is left."""
    mended = shapely.make_valid(shape, method="structure", keep_collapsed=False)
    lost = mended.is_empty or shapely.get_dimensions(mended) != shapely.get_dimensions(shape)
    return None if lost else mended


def without_corners(shape: shapely.Geometry, corners: NDArray[np.float64]) -> shapely.Geometry | None:
    """The areas without those corners (n × 2, metres); None when no valid area is left of one of them."""
    whole = shapely.get_parts(shape)
    parts = [kept for part in whole if (kept := _without(part, corners)) is not None]
    if len(parts) < len(whole):
        return None
    left: shapely.Geometry = parts[0] if shape.geom_type == "Polygon" else shapely.multipolygons(parts)
    return left if shapely.is_valid(left) and not shapely.is_empty(left) else None


def _without(part: shapely.Polygon, corners: NDArray[np.float64]) -> shapely.Polygon | None:
    rings = []
    for ring in (part.exterior, *part.interiors):
        points = shapely.get_coordinates(ring)[:-1]
        kept = points[~(points[:, None] == corners[None]).all(axis=2).any(axis=1)]
        if len(kept) < 3:
            return None
        rings.append(np.vstack([kept, kept[:1]]))
    return shapely.Polygon(rings[0], rings[1:])


# What would be done about a finding that was not repaired, by its code.
PREVIEWS: dict[str, Callable[[shapely.Geometry, NDArray[np.float64]], shapely.Geometry | None]] = {
    "vertices-repeated": lambda shape, place: without_repeated(shape),
    "shape-crosses": lambda shape, place: by_structure(shape),
    "spike": without_corners,
    "rings-reversed": lambda shape, place: by_nesting(shape),
}


def preview(code: str, wkb: bytes, place: tuple[float, float] | None) -> bytes | None:
    """The shape as the repair would leave it, as WKB in the same plane; None where there is no repair."""
    repair = PREVIEWS.get(code)
    if repair is None or (code == "spike" and place is None):
        return None
    mended = repair(shapely.from_wkb(wkb), np.array([place or (0.0, 0.0)]))
    return None if mended is None else shapely.to_wkb(mended)
