"""How deep a set of points lies behind a boundary, by branch and bound instead of by buffers.

A buffer replaces circles by polygons and may simplify its input; a distance does neither. The distance to a
boundary changes by at most 1 m when one walks 1 m, so its value at the middle of a piece bounds it on the
whole piece. Pieces that cannot change the verdict are dropped, the others halved until none is left.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

LENGTH_TOLERANCE = 0.001  # m; nearer to a limit than this, two correct programs may differ
MOST_PIECES = 100_000

# Each piece is a simplex: n points, n segments or n triangles as an array (n, corners, 2).
Pieces = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Depth:
    """The greatest depth found, in metres, against the limit it was asked about."""

    found: float
    limit: float
    near_limit: bool

    @property
    def exceeds(self) -> bool:
        return self.found > self.limit

    @property
    def certain(self) -> bool:
        """No nearness to the limit and no further depth can change that the limit is exceeded."""
        return self.exceeds and not self.near_limit


def greatest_depth(shared: BaseGeometry, boundary: BaseGeometry, limit: float) -> Depth:
    """Search `shared` for the point farthest from `boundary`, just far enough to compare it with `limit`.

    What is empty has no depth and is near no limit. Otherwise the greatest depth is known to lie either above
    `limit` + 1 mm, or below `limit` - 1 mm, or (`near_limit`) between the two; a long ridge
    that runs so near the limit that 100,000 pieces do not settle it is counted as near, too.
    """
    if shared.is_empty:
        return Depth(0.0, limit, near_limit=False)
    low, high = limit - LENGTH_TOLERANCE, limit + LENGTH_TOLERANCE
    edges = shapely.STRtree(_segments(boundary))
    found = float(_distances(edges, shapely.get_coordinates(shared)).max())
    pieces = _pieces(shared)
    while found <= high and 0 < len(pieces) <= MOST_PIECES:
        centres = pieces.mean(axis=1)
        radii = np.linalg.norm(pieces - centres[:, None], axis=2).max(axis=1)
        depths = _distances(edges, centres)
        found = max(found, float(depths.max()))
        still_open = depths + radii > (high if found >= low else low)
        pieces = _halve(pieces[still_open & (radii > 0)])
    return Depth(found, limit, near_limit=found <= high and (found >= low or len(pieces) > 0))


def _distances(edges: shapely.STRtree, points: Numbers) -> Numbers:
    _, distances = edges.query_nearest(shapely.points(points), all_matches=False, return_distance=True)
    return np.asarray(distances)


def _segments(lines: BaseGeometry) -> npt.NDArray[np.object_]:
    return np.asarray(shapely.linestrings(_pairs(lines)))


def _pairs(lines: BaseGeometry) -> Pieces:
    """All segments of one or many lines, as an array (n, 2, 2)."""
    coordinates, line = shapely.get_coordinates(shapely.get_parts(lines), return_index=True)
    inside_a_line = line[:-1] == line[1:]
    pairs: Pieces = np.stack([coordinates[:-1], coordinates[1:]], axis=1)[inside_a_line]
    return pairs


def _pieces(shape: BaseGeometry) -> Pieces:
    dimension = int(shapely.get_dimensions(shape))
    if dimension == 0:
        points: Pieces = shapely.get_coordinates(shape)[:, None]
        return points
    return _pairs(shape) if dimension == 1 else _triangles(shape)


def _triangles(area: BaseGeometry) -> Pieces:
    triangles = shapely.get_parts(shapely.constrained_delaunay_triangles(area))
    missing = abs(float(shapely.area(triangles).sum()) - area.area)
    if missing > 1e-6 * max(1.0, area.area):
        raise ArithmeticError(f"Triangles miss {missing} m² of the shared area; no answer can be trusted.")
    corners: Pieces = shapely.get_coordinates(triangles).reshape(-1, 4, 2)[:, :3]
    return corners


def _halve(pieces: Pieces) -> Pieces:
    """Cut each segment or triangle in the middle of its longest side, turned to lie last to first."""
    corners = pieces.shape[1]
    sides = np.linalg.norm(pieces - np.roll(pieces, -1, axis=1), axis=2)
    order = (sides.argmax(axis=1)[:, None] + 1 + np.arange(corners)) % corners
    first, second = (np.take_along_axis(pieces, order[:, :, None], axis=1) for _ in range(2))
    middle = (first[:, 0] + first[:, -1]) / 2
    first[:, -1] = middle
    second[:, 0] = middle
    return np.concatenate([first, second])
