"""Where parcels do not meet: narrow gaps, holes nobody fills, slivers, corners a neighbour's border does not know."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from importers.findings import found
from importers.steps.context import Context, Found
from importers.steps.fabric import is_fabric
from importers.steps.overlaps import ALLOWED_M2
from importers.steps.rings import rings_of
from importers.steps.shapes import is_flat

# Ground between parcels that is narrower than this (mean width) is no path but a seam that does not close.
GAP_WIDTH_M = 1.0
# Thinness 4 pi A / P^2: 1 for a circle, 0.79 for a square, below this a thread; a thread under 1 m² is no parcel.
THIN, SLIVER_M2 = 0.05, 1.0
SHORT_EDGE_M, SAME_POINT_M = 0.05, 0.001
# A corner this near to a neighbour's border stands on it.
ON_BORDER_M = 0.01
_RING_POINTS = 4

Shapes = NDArray[np.object_]
Rows = NDArray[np.int64]


def check_seams(frame: gpd.GeoDataFrame, context: Context) -> tuple[gpd.GeoDataFrame, Found]:
    """Parcels are the fabric: what lies between them must be another parcel or a real piece of other ground."""
    if not (is_fabric(context.layer) and len(frame)):
        return frame.copy(), []
    shapes = frame.geometry.to_numpy()
    sound = shapely.is_valid(shapes) & ~is_flat(shapes)
    rows, shapes = frame.index.to_numpy()[sound], shapes[sound]
    if not len(rows):
        return frame.copy(), []
    return frame.copy(), [
        *_slivers(shapes, rows),
        *_short_edges(shapes, rows),
        *_holes(shapes, rows),
        *_gaps(shapes, rows),
        *_unmatched(shapes, rows),
    ]


def _place(shape: shapely.Geometry) -> tuple[float, float]:
    point = shapely.point_on_surface(shape)
    return float(point.x), float(point.y)


def _slivers(shapes: Shapes, rows: Rows) -> Found:
    area, length = shapely.area(shapes), shapely.length(shapes)
    thin = (area < SLIVER_M2) & (4 * np.pi * area / length**2 < THIN)
    return [
        found("sliver", row=int(rows[at]), area=f"{area[at]:.2f}", place=_place(shapes[at]))
        for at in np.flatnonzero(thin)
    ]


def _edges(shapes: Shapes) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.int64]]:
    """Start and end of every edge, and the shape it belongs to."""
    rings, of_shape = rings_of(shapes)
    points, of_ring = shapely.get_coordinates(rings, return_index=True)
    inside = of_ring[1:] == of_ring[:-1]
    return points[:-1][inside], points[1:][inside], of_shape[of_ring[:-1][inside]]


def _short_edges(shapes: Shapes, rows: Rows) -> Found:
    """One finding a parcel, at its shortest edge; vertices less than 1 mm apart are told as repeated."""
    start, end, owner = _edges(shapes)
    length = np.hypot(*(end - start).T)
    worst: dict[int, int] = {}
    for at in np.flatnonzero((length > SAME_POINT_M) & (length < SHORT_EDGE_M)):
        if owner[at] not in worst or length[at] < length[worst[int(owner[at])]]:
            worst[int(owner[at])] = int(at)
    return [
        found(
            "edge-short",
            row=int(rows[shape]),
            length=f"{100 * length[at]:.1f}",
            place=(float((start[at, 0] + end[at, 0]) / 2), float((start[at, 1] + end[at, 1]) / 2)),
        )
        for shape, at in sorted(worst.items())
    ]


def _holes(shapes: Shapes, rows: Rows) -> Found:
    """Holes of a parcel that no other parcel fills."""
    parts, of_shape = shapely.get_parts(shapes, return_index=True)
    holed = np.flatnonzero(shapely.get_num_interior_rings(parts))
    tree = shapely.STRtree(shapes)
    findings: Found = []
    for at in holed:
        for ring in parts[at].interiors:
            hole = shapely.Polygon(ring)
            within = shapes[tree.query(hole, predicate="intersects")]
            bare = shapely.difference(hole, shapely.union_all(within))
            if bare.area > ALLOWED_M2:
                row = int(rows[of_shape[at]])
                findings.append(found("hole-empty", row=row, area=f"{bare.area:.1f}", place=_place(bare)))
    return findings


def _gaps(shapes: Shapes, rows: Rows) -> Found:
    """Ground enclosed by parcels and narrower than GAP_WIDTH_M. What is wider is other ground: a road, a pond."""
    # Holes of a single parcel have their own rule; only those that several parcels enclose are seams.
    fabric = shapely.get_parts(shapely.union_all(shapes))
    enclosed = [ring for part in fabric for ring in part.interiors]
    if not enclosed:
        return []
    rings = shapely.polygons(enclosed)
    area = shapely.area(rings)
    width = 2 * area / shapely.length(rings)
    narrow = rings[(width < GAP_WIDTH_M) & (area > ALLOWED_M2)]
    tree = shapely.STRtree(shapes)
    findings: Found = []
    for gap in narrow:
        beside = tree.query(gap, predicate="dwithin", distance=SAME_POINT_M)
        if len(beside) > 1:
            one, other = (int(row) for row in np.sort(rows[beside])[:2])
            findings.append(found("gap", row=one, other=other, area=f"{gap.area:.2f}", place=_place(gap)))
    return findings


def _unmatched(shapes: Shapes, rows: Rows) -> Found:
    """Corners that stand on a neighbour's border where the neighbour has none: the border is drawn twice, and will part
    as soon as one of the two is edited. One finding a corner and neighbour."""
    start, end, owner = _edges(shapes)
    corners = np.unique(np.round(start / SAME_POINT_M) * SAME_POINT_M, axis=0)
    points = shapely.points(corners)
    edges = shapely.linestrings(np.stack([start, end], axis=1))
    tree = shapely.STRtree(edges)
    at, edge = tree.query(points, predicate="dwithin", distance=ON_BORDER_M)
    apart = np.minimum(np.hypot(*(corners[at] - start[edge]).T), np.hypot(*(corners[at] - end[edge]).T))
    loose = apart > ON_BORDER_M
    told = {(int(point), int(owner[line])) for point, line in zip(at[loose], edge[loose], strict=True)}
    return [
        found("corner-unmatched", row=int(rows[shape]), place=(float(corners[point, 0]), float(corners[point, 1])))
        for point, shape in sorted(told)
    ]
