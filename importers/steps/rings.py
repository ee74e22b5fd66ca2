"""Rings of areas: all of them, of shapes in several parts too; and which is an outline and which a hole."""

from __future__ import annotations

import dataclasses

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from importers.findings import found, list_rows
from importers.steps.context import Context, Found

# The one format in which the direction of a ring has a meaning: an outline runs clockwise, a hole the other way
# (ESRI Shapefile Technical Description, July 1998, page 8).
TOLD_BY_DIRECTION = "ESRI Shapefile"
# Every ring is held against every other.
MOST_RINGS = 60


def rings_of(shapes: NDArray[np.object_]) -> tuple[NDArray[np.object_], NDArray[np.int64]]:
    """Every ring, and the place of its shape in `shapes`. `shapely.get_rings` passes over shapes of several parts."""
    parts, of_shape = shapely.get_parts(shapes, return_index=True)
    rings, of_part = shapely.get_rings(parts, return_index=True)
    return rings, of_shape[of_part]


def turn_rings(frame: gpd.GeoDataFrame, context: Context) -> tuple[gpd.GeoDataFrame, Found]:
    """Outlines of a shapefile that run against the clock are turned, always and told once: the ground they enclose
    stays the same, and the map draws all its areas clockwise."""
    if not (context.areas and context.driver == TOLD_BY_DIRECTION and len(frame)):
        return frame.copy(), []
    shapes = frame.geometry.to_numpy()
    parts, of_shape = shapely.get_parts(shapes, return_index=True)
    against = np.unique(of_shape[shapely.is_ccw(shapely.get_exterior_ring(parts))])
    against = against[shapely.is_valid(shapes[against])]
    if not len(against):
        return frame.copy(), []
    turned = shapes.copy()
    turned[against] = shapely.orient_polygons(shapes[against], exterior_cw=True)
    rows = [int(row) for row in frame.index[against]]
    told = found("rings-turned", row=rows[0], count=len(rows), rows=list_rows(rows))
    told = dataclasses.replace(told, before=shapely.to_wkb(shapes[against[0]]))
    drawn = gpd.GeoSeries(turned, index=frame.index)
    return frame.copy().set_geometry(drawn, crs=None).set_crs(frame.crs, allow_override=True), [told]


def by_nesting(shape: shapely.Geometry) -> shapely.Geometry | None:
    """The areas whose outline was drawn as the hole and whose hole as the outline, the right way round; None where the
    rings do not simply lie within each other, or would make more areas than there were."""
    parts = shapely.get_parts(shape)
    areas = shapely.polygons(shapely.get_rings(parts))
    if not 1 < len(areas) <= MOST_RINGS or not shapely.is_valid(areas).all():
        return None
    within = shapely.contains(areas[:, None], areas[None, :])
    depth = within.sum(axis=0) - 1  # each contains itself
    outlines = np.flatnonzero(depth % 2 == 0)
    if len(outlines) > len(parts):
        return None
    whole = [_with_holes(areas, np.flatnonzero(within[at] & (depth == depth[at] + 1)), int(at)) for at in outlines]
    left: shapely.Geometry = whole[0] if len(whole) == 1 else shapely.multipolygons(whole)
    return shapely.orient_polygons(left, exterior_cw=True) if shapely.is_valid(left) else None


def _with_holes(areas: NDArray[np.object_], holes: NDArray[np.int64], outline: int) -> shapely.Polygon:
    return shapely.Polygon(areas[outline].exterior, [areas[hole].exterior for hole in holes])
