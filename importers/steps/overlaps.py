"""Parcels share the ground: every overlap inside a delivery, with its area and its place."""

from __future__ import annotations

from collections import Counter

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from importers.findings import found, list_rows
from importers.steps.context import Context, Found
from importers.steps.fabric import is_fabric

ALLOWED_M2 = 0.1
# A shape over more than this many others is a frame or an outline among the parcels, told as one finding.
FRAME_OVER = 20
_SHAPES_AT_ONCE = 100
_PAIRS_AT_ONCE = 20_000
_ENOUGH = 5_000


def check_overlaps(frame: gpd.GeoDataFrame, context: Context) -> tuple[gpd.GeoDataFrame, Found]:
    """Identical shapes first, then pairs that share more than ALLOWED_M2. Shapes that cross themselves are left out:
    they have their own finding, and an area cannot be told of them."""
    if not (is_fabric(context.layer) and len(frame)):
        return frame.copy(), []
    shapes = frame.geometry.to_numpy()
    sound = shapely.is_valid(shapes) & (shapely.area(shapes) > 0)
    rows, shapes = frame.index.to_numpy()[sound], shapes[sound]
    twice, first = _identical(shapes, rows)
    return frame.copy(), [*twice, *_overlapping(shapes[first], rows[first])]


def _identical(shapes: NDArray[np.object_], rows: NDArray[np.int64]) -> tuple[Found, NDArray[np.int64]]:
    """Groups of identical shapes, and the position of the first of each: one finding for 50,000 copies."""
    groups: dict[bytes, list[int]] = {}
    for at, drawn in enumerate(shapely.to_wkb(shapely.normalize(shapes))):
        groups.setdefault(drawn, []).append(at)
    findings = [
        found("shape-twice", row=int(rows[group[0]]), count=len(group), rows=list_rows(int(rows[at]) for at in group))
        for group in groups.values()
        if len(group) > 1
    ]
    return findings, np.array([group[0] for group in groups.values()], dtype=np.int64)


def _overlapping(shapes: NDArray[np.object_], rows: NDArray[np.int64]) -> Found:
    pairs, shared = _pairs(shapes)
    over: Counter[int] = Counter(pairs.ravel().tolist())
    frames = {at for at, count in over.items() if count > FRAME_OVER}
    findings = [found("overlap-many", row=int(rows[at]), count=over[at]) for at in sorted(frames)]
    for (one, two), area in zip(pairs, shapely.area(shared), strict=True):
        if one in frames or two in frames:
            continue
        place = shapely.point_on_surface(shapely.intersection(shapes[one], shapes[two]))
        findings.append(
            found(
                "overlap",
                row=int(rows[one]),
                other=int(rows[two]),
                area=f"{area:.2f}",
                place=(float(place.x), float(place.y)),
            )
        )
    return findings


def _pairs(shapes: NDArray[np.object_]) -> tuple[NDArray[np.int64], NDArray[np.object_]]:
    """Pairs (n, 2) and what they share, a few at a time: stacked copies would make 10^9 pairs at once. It ends early
    only when more overlaps are known than anybody will read."""
    tree = shapely.STRtree(shapes)
    kept: list[NDArray[np.int64]] = [np.empty((0, 2), dtype=np.int64)]
    areas: list[NDArray[np.object_]] = [np.empty(0, dtype=object)]
    for start in range(0, len(shapes), _SHAPES_AT_ONCE):
        one, two = tree.query(shapes[start : start + _SHAPES_AT_ONCE])
        near = np.column_stack([one + start, two])
        near = near[near[:, 0] < near[:, 1]]
        for at in range(0, len(near), _PAIRS_AT_ONCE):
            pairs, shared = _sharing(shapes, near[at : at + _PAIRS_AT_ONCE])
            kept.append(pairs)
            areas.append(shared)
            if sum(map(len, kept)) > _ENOUGH:
                return np.concatenate(kept), np.concatenate(areas)
    return np.concatenate(kept), np.concatenate(areas)


def _sharing(shapes: NDArray[np.object_], near: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.object_]]:
    """Of pairs whose boxes meet, those that share ground. Neighbours that only touch are told apart first: that is
    far cheaper than intersecting them."""
    one, two = near.T
    inside = shapely.intersects(shapes[one], shapes[two]) & ~shapely.touches(shapes[one], shapes[two])
    near = near[inside]
    shared: NDArray[np.object_] = shapely.intersection(*shapes[near.T])
    much = shapely.area(shared) > ALLOWED_M2
    return near[much], shared[much]
