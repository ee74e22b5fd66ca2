"""Parcels as shapes: irregular lots that share every corner and bend of their boundaries with their neighbours."""

from __future__ import annotations

import numpy as np
import shapely

from importers.demo.layout import ROWS, Strips
from importers.demo.plane import Flags, Floats, Ints, Shapes, to_ground

# How far a corner may stray, as a share of the lot; how far a bend, as a share of its edge.
STRAY, BEND = 0.13, 0.06
# How many bends an edge has: none, one, two.
BENDS = (0.55, 0.30, 0.15)
CORNERS = 12


def lots(strips: Strips, random: np.random.Generator) -> Shapes:
    """All lots of the strips as polygons (EPSG:9209), strip after strip, row after row; nothing trimmed or joined."""
    first = starts(strips)
    shapes = np.empty(int((ROWS * strips.columns).sum()), dtype=object)
    for columns in np.unique(strips.columns):
        which = np.flatnonzero(strips.columns == columns)
        drawn = rings(strips.of(which), int(columns), random)
        shapes[(first[which, None] + np.arange(ROWS * columns)).ravel()] = polygons(*drawn)
    return shapes


def starts(strips: Strips) -> Ints:
    """The number of each strip's first lot."""
    counts: Ints = ROWS * strips.columns
    return np.cumsum(counts) - counts


def rings(strips: Strips, columns: int, random: np.random.Generator) -> tuple[Floats, Flags]:
    """(lots, 12, 2) corners and bends around each lot, and which of the twelve are there. One width of strips."""
    corners = on_ground(strips, columns, random)
    across, across_there = bends(corners[:, :, :-1], corners[:, :, 1:], random)
    up, up_there = bends(corners[:, :-1], corners[:, 1:], random)
    # A strip's outline stays straight: bends there would reach over the lane.
    for rim in (0, ROWS):
        across_there[:, rim] = False
    for rim in (0, columns):
        up_there[:, :, rim] = False
    ring = np.empty((len(corners), ROWS, columns, CORNERS, 2))
    there = np.ones((len(corners), ROWS, columns, CORNERS), dtype=bool)
    ring[..., 0, :], ring[..., 3, :] = corners[:, :-1, :-1], corners[:, :-1, 1:]
    ring[..., 6, :], ring[..., 9, :] = corners[:, 1:, 1:], corners[:, 1:, :-1]
    ring[..., 1:3, :], there[..., 1:3] = across[:, :-1], across_there[:, :-1]
    ring[..., 4:6, :], there[..., 4:6] = up[:, :, 1:], up_there[:, :, 1:]
    ring[..., 7:9, :], there[..., 7:9] = across[:, 1:, :, ::-1], across_there[:, 1:, :, ::-1]
    ring[..., 10:12, :], there[..., 10:12] = up[:, :, :-1, ::-1], up_there[:, :, :-1, ::-1]
    return ring.reshape(-1, CORNERS, 2), there.reshape(-1, CORNERS)


def on_ground(strips: Strips, columns: int, random: np.random.Generator) -> Floats:
    """(strips, rows + 1, columns + 1, 2): the lots' corners, strayed inside the strip, on the ground."""
    shape = (len(strips.cell), ROWS + 1, columns + 1)
    share_up = np.arange(ROWS + 1)[:, None] / ROWS + random.uniform(-STRAY, STRAY, shape) / ROWS
    share_up[:, 0], share_up[:, ROWS] = 0.0, 1.0
    share_across = np.arange(columns + 1) / columns + random.uniform(-STRAY, STRAY, shape) / columns
    share_across[:, :, 0], share_across[:, :, columns] = 0.0, 1.0
    a = strips.u0[:, None, None] + share_across * (strips.u1 - strips.u0)[:, None, None]
    b = strips.v0[:, None, None] + share_up * (strips.v1 - strips.v0)[:, None, None]
    turned = strips.turned[:, None, None]
    return to_ground(np.where(turned, b, a), np.where(turned, a, b))


def bends(start: Floats, end: Floats, random: np.random.Generator) -> tuple[Floats, Flags]:
    """(…, 2, 2) up to two points beside each edge, and (…, 2) which of them are there."""
    shape = start.shape[:-1]
    count = random.choice(3, size=shape, p=BENDS)
    share = np.where(count[..., None] == 1, 0.5, np.array([0.33, 0.67])) + random.uniform(-0.06, 0.06, (*shape, 2))
    along = end - start
    aside = np.stack([-along[..., 1], along[..., 0]], -1)
    offset = random.uniform(-BEND, BEND, (*shape, 2))
    points = start[..., None, :] + along[..., None, :] * share[..., None] + aside[..., None, :] * offset[..., None]
    return np.round(points, 3), np.stack([count >= 1, count == 2], -1)


def polygons(ring: Floats, there: Flags) -> Shapes:
    closed = np.concatenate([ring, ring[:, :1]], axis=1)
    kept = np.concatenate([there, there[:, :1]], axis=1)
    owner = np.repeat(np.arange(len(ring)), kept.sum(axis=1))
    made: Shapes = shapely.polygons(shapely.linearrings(closed[kept], indices=owner))
    return made
