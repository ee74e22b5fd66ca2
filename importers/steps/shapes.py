"""Is each shape what its layer draws, and whole? A parcel line is a legal matter: nothing is repaired silently."""

from __future__ import annotations

import dataclasses
import re

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from importers.findings import Finding, found
from importers.steps.context import Context, Found
from importers.steps.fabric import is_fabric
from importers.steps.repairs import SAME_POINT_M, by_structure, without_corners, without_repeated
from importers.steps.rings import by_nesting, rings_of

DIMENSION = {"POINT": 0, "MULTILINESTRING": 1, "MULTIPOLYGON": 2}
KINDS = {0: "points", 1: "lines", 2: "areas", -1: "collection"}
SPIKE_DEGREES = 1.0
MOST_CROSSINGS = 100
# What GEOS says of an area whose hole is not in it.
HOLE_OUTSIDE = "Hole lies outside shell"
_EDGES_AT_ONCE = 50
_PLACE = re.compile(r"^(.*?)\s*\[(-?[\d.eE+]+) (-?[\d.eE+]+)\]$")


def check_shapes(frame: gpd.GeoDataFrame, context: Context) -> tuple[gpd.GeoDataFrame, Found]:
    """Missing, not finite, of another kind, flat, crossing itself, with repeated vertices, spikes or several parts.

    With `choices.fix` crossing outlines and repeated vertices are repaired, each told with what it did.
    """
    if not context.drawn:
        return frame.copy(), []
    checked = frame.copy()
    shapes = frame.geometry.to_numpy().copy()
    rows = frame.index.to_numpy()
    findings, sound = _presence(shapes, rows, context)
    shapes, said = _repeated(shapes, rows, sound, fix=context.choices.fix)
    findings += said
    shapes, said = _validity(shapes, rows, sound, fix=context.choices.fix)
    findings += said
    if context.areas:
        shapes, said = _spikes(shapes, rows, sound & ~is_flat(shapes), fix=context.choices.fix)
        findings += said
    if is_fabric(context.layer):
        findings += _parts(shapes, rows, sound)
    checked = checked.set_geometry(gpd.GeoSeries(shapes, index=frame.index), crs=None)
    return checked.set_crs(frame.crs, allow_override=True), findings


def _presence(
    shapes: NDArray[np.object_], rows: NDArray[np.int64], context: Context
) -> tuple[Found, NDArray[np.bool_]]:
    """What can be looked at further (`sound`): there, finite, and of the layer's kind."""
    absent = shapely.is_missing(shapes) | shapely.is_empty(shapes)
    points, owner = shapely.get_coordinates(shapes, return_index=True)
    endless = np.zeros(len(shapes), dtype=bool)
    endless[owner[~np.isfinite(points).all(axis=1)]] = True
    expected = DIMENSION[context.layer.geometry_type or "POINT"]
    # A collection is no kind at all, and a point layer holds one point a feature.
    kinds = np.where(shapely.get_type_id(shapes) == 7, -1, shapely.get_dimensions(shapes))
    other = ~absent & ((kinds != expected) | ((expected == 0) & (shapely.get_num_geometries(shapes) > 1)))
    findings: Found = []
    if not context.layer.column("geom").null:
        findings += [found("shape-missing", row=int(row)) for row in rows[absent]]
    findings += [found("shape-not-finite", row=int(row)) for row in rows[endless]]
    findings += [
        found("shape-type", row=int(row), kind=KINDS[int(kind)], expected=KINDS[expected])
        for row, kind in zip(rows[other], kinds[other], strict=True)
    ]
    return findings, ~(absent | endless | other)


def _repeated(
    shapes: NDArray[np.object_], rows: NDArray[np.int64], sound: NDArray[np.bool_], *, fix: bool
) -> tuple[NDArray[np.object_], Found]:
    if not sound.any() or not (shapely.get_dimensions(shapes[sound]) > 0).any():
        return shapes, []
    without = shapes.copy()
    without[sound] = without_repeated(shapes[sound])
    dropped = shapely.get_num_coordinates(shapes) - shapely.get_num_coordinates(without)
    code = "vertices-removed" if fix else "vertices-repeated"
    findings = [
        found(code, row=int(rows[at]), count=int(dropped[at]), before_shape=_before(shapes[at], fix=fix))
        for at in np.flatnonzero(dropped)
    ]
    return (without if fix else shapes), findings


def _validity(
    shapes: NDArray[np.object_], rows: NDArray[np.int64], sound: NDArray[np.bool_], *, fix: bool
) -> tuple[NDArray[np.object_], Found]:
    findings: Found = []
    # A bow tie's two halves cancel out: only a shape whose hull has no extent either is flat.
    flat = sound & is_flat(shapes)
    hulls = shapely.convex_hull(shapes[flat])
    flat[flat] = is_flat(hulls) | (shapely.get_dimensions(hulls) < shapely.get_dimensions(shapes[flat]))
    broken = sound & ~flat & ~shapely.is_valid(shapes)
    findings += [found("shape-flat", row=int(row)) for row in rows[flat]]
    mended = shapes.copy()
    for at in np.flatnonzero(broken):
        mended[at], finding = _mend(shapes[at], int(rows[at]), fix=fix)
        findings.append(finding)
    return mended, findings


def is_flat(shapes: NDArray[np.object_]) -> NDArray[np.bool_]:
    """An area narrower than a millimetre (mean width), a line without length: rounding keeps some from being 0."""
    length, area = shapely.length(shapes), shapely.area(shapes)
    dimension = shapely.get_dimensions(shapes)
    flat: NDArray[np.bool_] = ((dimension == 1) & ~(length > 0)) | (
        (dimension == 2) & ~(2 * area > SAME_POINT_M * length)
    )
    return flat


def _mend(shape: shapely.Geometry, row: int, *, fix: bool) -> tuple[shapely.Geometry, Finding]:
    """The shape repaired by structure, and the words."""
    reason, place = _reason(shape)
    nested = by_nesting(shape) if reason == HOLE_OUTSIDE else None
    if nested is not None and fix:
        return nested, found("rings-exchanged", row=row, place=place, before_shape=shapely.to_wkb(shape))
    if nested is not None:
        return shape, found("rings-reversed", row=row, place=place)
    if not fix:
        return shape, found("shape-crosses", row=row, reason=reason, place=place)
    if _tangled(shape):
        return shape, found("shape-lost", row=row, reason=reason, place=place)
    repaired = by_structure(shape)
    if repaired is None:
        return shape, found("shape-lost", row=row, reason=reason, place=place)
    before, after = f"{abs(shapely.area(shape)):.1f}", f"{shapely.area(repaired):.1f}"
    finding = found("shape-repaired", row=row, reason=reason, place=place, before=before, after=after)
    return repaired, dataclasses.replace(finding, before=shapely.to_wkb(shape))


def _before(shape: shapely.Geometry, *, fix: bool) -> bytes:
    """The shape that a repair changed, to be shown beside what came of it."""
    return shapely.to_wkb(shape) if fix else b""


def _tangled(shape: shapely.Geometry) -> bool:
    """More crossings than a slip of the hand makes: 2,000 random vertices would keep GEOS busy for a minute, and what
    came out would be nobody's parcel. A few edges at a time, so that it ends as soon as it is known."""
    points, ring = shapely.get_coordinates(rings_of(np.array([shape]))[0], return_index=True)
    edges = shapely.linestrings(np.stack([points[:-1], points[1:]], axis=1)[ring[:-1] == ring[1:]])
    tree = shapely.STRtree(edges)
    crossings = 0
    for start in range(0, len(edges), _EDGES_AT_ONCE):
        crossings += tree.query(edges[start : start + _EDGES_AT_ONCE], predicate="crosses").shape[1]
        if crossings > 2 * MOST_CROSSINGS:  # each is met from both its edges
            return True
    return False


def _reason(shape: shapely.Geometry) -> tuple[str, tuple[float, float] | None]:
    told = str(shapely.is_valid_reason(shape))
    placed = _PLACE.match(told)
    if not placed:
        return told, None
    return placed[1], (float(placed[2]), float(placed[3]))


def _spikes(
    shapes: NDArray[np.object_], rows: NDArray[np.int64], sound: NDArray[np.bool_], *, fix: bool
) -> tuple[NDArray[np.object_], Found]:
    """One finding a shape, at its sharpest corner below SPIKE_DEGREES; with `fix` such corners are left out."""
    rings, of_shape = rings_of(shapes[sound])
    points, of_ring = shapely.get_coordinates(rings, return_index=True)
    if len(points) < 4:
        return shapes, []
    last = np.append(of_ring[1:] != of_ring[:-1], True)
    first = np.append(True, of_ring[1:] != of_ring[:-1])
    corners = ~last  # a ring ends on its first point
    before = np.roll(points, 1, axis=0)
    before[first] = points[np.flatnonzero(last) - 1]
    after = np.roll(points, -1, axis=0)
    one, two = before - points, after - points
    lengths = np.hypot(*one.T) * np.hypot(*two.T)
    # An edge shorter than a millimetre points anywhere; its corners are told as repeated vertices.
    long = np.minimum(np.hypot(*one.T), np.hypot(*two.T)) > SAME_POINT_M
    with np.errstate(invalid="ignore", divide="ignore"):
        cosine = (one * two).sum(axis=1) / lengths
    sharp = corners & long & (cosine > np.cos(np.radians(SPIKE_DEGREES)))
    worst: dict[int, int] = {}
    for at in np.flatnonzero(sharp):
        owner = int(of_shape[of_ring[at]])
        if owner not in worst or cosine[at] > cosine[worst[owner]]:
            worst[owner] = int(at)
    blunt, findings, places = shapes.copy(), [], np.flatnonzero(sound)
    for owner, corner in sorted(worst.items()):
        row, place = int(rows[sound][owner]), (float(points[corner, 0]), float(points[corner, 1]))
        shape = shapes[places[owner]]
        mended = without_corners(shape, points[sharp & (of_shape[of_ring] == owner)]) if fix else None
        if mended is None:
            findings.append(found("spike", row=row, place=place))
            continue
        blunt[places[owner]] = mended
        told = {"before": f"{shapely.area(shape):.1f}", "after": f"{shapely.area(mended):.1f}"}
        findings.append(found("spike-removed", row=row, place=place, before_shape=shapely.to_wkb(shape), **told))
    return blunt, findings


def _parts(shapes: NDArray[np.object_], rows: NDArray[np.int64], sound: NDArray[np.bool_]) -> Found:
    parts = np.where(sound, shapely.get_num_geometries(shapes), 1)
    return [found("multipart", row=int(rows[at]), count=int(parts[at])) for at in np.flatnonzero(parts > 1)]
