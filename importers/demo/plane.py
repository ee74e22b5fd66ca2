"""The drawing plane (u, v in metres, cells of 200 m) and the bend that carries it to EPSG:9209.

Cell (i, j) lies between the lines i and i + 1 (u) and j and j + 1 (v). Line v = 0 is the river; every fifth line is a
canal, every fifth a main road, the others are streets. A line has a reserve on both sides that no parcel enters.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Shapes = NDArray[np.object_]

SEED: Final = 20250701
CELL: Final = 200.0
CENTRE: Final = (587_600.0, 2_261_900.0)
"""Where (0, 0) comes to lie: 106.34° E, 20.45° N in EPSG:9209."""

RIVER_HALF, CANAL_HALF = 45.0, 5.0
"""From the middle of the water to its bank line, metres."""
RIVER_RESERVE, CANAL_RESERVE, ROAD_RESERVE, STREET_RESERVE = 53.0, 11.0, 8.0, 4.0
"""From a line to the first parcel, metres."""

# Bends of the river: amplitude, wave length, phase, and how far from the river they are felt (all metres but phase).
MEANDERS = ((230.0, 2600.0, 0.6, 1300.0), (50.0, 1200.0, 2.1, 1300.0), (1500.0, 26_000.0, 0.0, 12_000.0))
TURN = np.deg2rad(9.0)
# Three corners of a cell's side and the next cell's first: outlines of cells bend with the plane.
STEPS_PER_SIDE = 4


def is_river(across: bool, line: Ints) -> Flags:
    """`across`: lines of constant v."""
    return np.equal(line, 0) if across else np.zeros(len(line), dtype=bool)


def is_canal(line: Ints) -> Flags:
    return np.equal(line % 5, 2)


def is_main_road(line: Ints) -> Flags:
    return np.equal(line % 5, 0)


def reserve(across: bool, line: Ints) -> Floats:
    """Metres to either side of a line where no parcel lies."""
    width = np.where(is_canal(line), CANAL_RESERVE, np.where(is_main_road(line), ROAD_RESERVE, STREET_RESERVE))
    return np.where(is_river(across, line), RIVER_RESERVE, width)


def to_ground(u: Floats, v: Floats) -> Floats:
    """Points of the plane as (…, 2) east and north in EPSG:9209, rounded to the millimetre."""
    bent = v.copy()
    for amplitude, length, phase, reach in MEANDERS:
        bent += amplitude * np.sin(u * (2 * np.pi / length) + phase) * np.exp(-((v / reach) ** 2))
    along = u + 30 * np.sin(v / 520 + 0.4)
    bent += 25 * np.sin(u / 410 + 1.0)
    east = along * np.cos(TURN) - bent * np.sin(TURN) + CENTRE[0]
    north = along * np.sin(TURN) + bent * np.cos(TURN) + CENTRE[1]
    return np.round(np.stack([east, north], -1), 3)


def outlines(i: Ints, j: Ints) -> Shapes:
    """The cells as polygons that share their corners exactly, so that unions of them leave no slit."""
    step = np.arange(STEPS_PER_SIDE)
    zero, full = np.zeros(STEPS_PER_SIDE, int), np.full(STEPS_PER_SIDE, STEPS_PER_SIDE)
    ring_u = np.concatenate([step, full, full - step, zero])
    ring_v = np.concatenate([zero, step, full, full - step])
    u = (i[:, None] * STEPS_PER_SIDE + ring_u) * (CELL / STEPS_PER_SIDE)
    v = (j[:, None] * STEPS_PER_SIDE + ring_v) * (CELL / STEPS_PER_SIDE)
    polygons: Shapes = shapely.polygons(to_ground(u, v))
    return polygons


def rectangle(u0: float, v0: float, u1: float, v1: float, step: float = 10.0) -> shapely.Polygon:
    """A rectangle of the plane, its sides in steps of at most that many metres so that they follow the bend."""
    across = np.linspace(u0, u1, max(2, int(abs(u1 - u0) / step) + 1))
    up = np.linspace(v0, v1, max(2, int(abs(v1 - v0) / step) + 1))
    u = np.concatenate([across, np.full(up.size, u1), across[::-1], np.full(up.size, u0)])
    v = np.concatenate([np.full(across.size, v0), up, np.full(across.size, v1), up[::-1]])
    return shapely.remove_repeated_points(shapely.Polygon(to_ground(u, v)))


def line(u: Floats, v: Floats) -> shapely.LineString:
    return shapely.LineString(to_ground(u, v))


def waves(u: Floats, v: Floats, length: float, seed: int, terms: int = 16) -> Floats:
    """A smooth made-up field over the plane, about -1 to 1, whose hills are about `length` metres wide."""
    random = np.random.default_rng([SEED, seed])
    field: Floats = np.zeros(np.broadcast(u, v).shape)
    for _ in range(terms):
        along, up = random.normal(size=2) / length * 2
        field += np.sin(u * along + v * up + random.uniform(0, 2 * np.pi))
    field /= np.sqrt(terms)
    return field
