"""Shapes the demo's records are made of, anywhere in the demo, the same for the same numbers."""

from __future__ import annotations

from typing import Final

import numpy as np
import shapely

from importers.demo.layout import ROWS, Plan
from importers.demo.plane import CELL, Floats, Ints, Shapes, to_ground

Random = np.random.Generator
# Made-up coast: it runs round the east of the demo, from 60 degrees south of east to 60 degrees north.
COAST_TURN: Final = np.deg2rad(60.0)
STEP_M: Final = 20.0


def middle(plan: Plan, random: Random) -> Floats:
    """A place (EPSG:9209) anywhere in the demo."""
    cell = random.integers(len(plan.cells.i))
    u, v = random.uniform(0, CELL, 2)
    return to_ground(np.array(plan.cells.i[cell] * CELL + u), np.array(plan.cells.j[cell] * CELL + v))


def star(random: Random, centre: Floats, radius: float, vertices: int) -> shapely.Polygon:
    """A rough outline around a centre that never crosses itself: one distance for each direction."""
    angle = np.linspace(0, 2 * np.pi, vertices, endpoint=False)
    away = np.ones(vertices)
    for wave in (1, 2, 3, 5, 8, 13, 30, 70, 160, 400, 900):
        if wave < vertices / 4:
            away += random.normal() * 0.22 / wave**0.8 * np.sin(wave * angle + random.uniform(0, 2 * np.pi))
    away = radius * np.clip(away, 0.3, 1.9)
    return shapely.Polygon(np.round(centre + np.stack([away * np.cos(angle), away * np.sin(angle)], -1), 3))


def blots(plan: Plan, random: Random, count: int, radius: float) -> Shapes:
    """So many rough areas, the middle one about `radius` metres wide from its centre, some half, some twice that."""
    sizes = np.clip(random.lognormal(np.log(radius), 0.35, count), radius / 2, radius * 2)
    return np.array([star(random, middle(plan, random), size, 60) for size in sizes], dtype=object)


def corners(plan: Plan, random: Random, count: int, radius: float) -> Shapes:
    """Areas of a few straight sides, as permits give them by their corner points."""
    return np.array(
        [star(random, middle(plan, random), radius, int(random.integers(4, 9))) for _ in range(count)], dtype=object
    )


def rings(plan: Plan, random: Random, radii: tuple[float, ...]) -> Shapes:
    """A core and the zones around it, from the inside out; none reaches into the one before."""
    centre = middle(plan, random)
    discs = [star(random, centre, radius, 120) for radius in radii]
    zones, inner = [discs[0]], discs[0]
    for disc in discs[1:]:
        zones.append(disc.difference(inner))
        inner = inner.union(disc)
    return np.array(zones, dtype=object)


def lots(plan: Plan, random: Random, strip: Ints) -> Shapes:
    """A point near the middle of a lot in each of these strips."""
    s = plan.strips
    across = (random.integers(0, s.columns[strip]) + 0.5) / s.columns[strip]
    up = (random.integers(0, ROWS, len(strip)) + 0.5) / ROWS
    a = s.u0[strip] + across * (s.u1 - s.u0)[strip] + random.normal(0, 2, len(strip))
    b = s.v0[strip] + up * (s.v1 - s.v0)[strip] + random.normal(0, 2, len(strip))
    points: Shapes = shapely.points(to_ground(np.where(s.turned[strip], b, a), np.where(s.turned[strip], a, b)))
    return points


def anywhere(plan: Plan, random: Random, count: int) -> Shapes:
    """So many points, each on a lot of its own strip."""
    return lots(plan, random, random.permutation(len(plan.strips.cell))[:count])


def coast(plan: Plan, offset: float, share: tuple[float, float] = (0.0, 1.0)) -> Floats:
    """(n, 2) points along the made-up coast from south to north, `offset` metres seaward of the last cells; of the
    whole coast the part between two shares of its length."""
    radius = float(np.hypot(plan.cells.i + 0.5, plan.cells.j + 0.5).max()) * CELL + offset
    start, end = ((2 * part - 1) * COAST_TURN for part in share)
    angle = np.linspace(start, end, max(3, int(radius * (end - start) / STEP_M)))
    return to_ground(radius * np.cos(angle), radius * np.sin(angle))


def shore(plan: Plan, inner: float, outer: float, share: tuple[float, float]) -> shapely.Polygon:
    """The ground between two lines along the coast (offsets in metres, seaward)."""
    return shapely.Polygon(np.concatenate([coast(plan, inner, share), coast(plan, outer, share)[::-1]]))


def hectares(shape: shapely.Geometry) -> float:
    return round(float(shape.area) / 10_000, 2)
