"""Which communes the demo shows and where: real names, codes and mergers, made-up extents.

New communes are seeds spread over the demo's disc, each near the bearing of its old district; their old communes
stand around them. A cell belongs to the nearest seed on its own bank of the river.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import shapely
from numpy.typing import NDArray

from importers import ground
from importers.demo.plane import CELL, Floats, Ints, Shapes, waves
from layers.ground.admin_units import NEW, OLD

# First the communes of old Đông Hưng, and two more that hold a former Xã Minh Tân, so that this name repeats.
FIRST = (
    "12688", "12754", "12676", "13183", "12694", "12700", "12745", "12763", "12793", "12736", "12775",
)  # fmt: skip
OLD_PROVINCE = "34"
# Old districts of Thái Bình as seen from the middle of the demo, kilometres east and north, roughly.
BEARINGS = {
    "336": (0.0, -1.0), "338": (0.0, 20.0), "339": (-12.0, 15.0), "340": (2.0, 9.0),
    "341": (21.0, 10.0), "342": (17.0, -9.0), "343": (8.0, -7.0), "344": (-8.0, -5.0),
}  # fmt: skip
PROVINCE_RADIUS_KM = 22.0
CELLS_PER_COMMUNE = 300
Codes = NDArray[np.str_]
# Rounds in which the old communes share the cells of their new one.
ROUNDS = 5
GOLDEN_ANGLE = np.pi * (3 - np.sqrt(5))


@dataclass(frozen=True)
class Commune:
    """A commune of 2025-07-01 with the old ones (code, district code) that went into it."""

    code: str
    name: str
    level: str
    olds: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Assigned:
    """For each cell the index of its new commune and the code of its old one."""

    communes: tuple[Commune, ...]
    commune: Ints
    old_code: Codes


@cache
def of_old_province() -> tuple[Commune, ...]:
    """The 65 communes made of old Thái Bình, those of FIRST in front."""
    new, mapping = ground.read(ground.FILES[NEW]), ground.read(ground.MAPPING)
    old = ground.read(ground.FILES[OLD]).set_index("code")
    mapping = mapping[mapping.old_code.map(old.province_code) == OLD_PROVINCE]
    mapping = mapping.assign(district=mapping.old_code.map(old.district_code))
    olds = {
        code: tuple(group[["old_code", "district"]].itertuples(index=False, name=None))
        for code, group in mapping.groupby("new_code")
    }
    listed = [
        Commune(row.code, row.name, row.level, olds[row.code])
        for row in new.itertuples(index=False)
        if row.code in olds
    ]
    rank = {code: place for place, code in enumerate(FIRST)}
    return tuple(sorted(listed, key=lambda commune: (rank.get(commune.code, len(FIRST)), commune.code)))


def shown(cells: int) -> tuple[Commune, ...]:
    """As many communes as so many cells fill: at least those of FIRST, at most all."""
    return of_old_province()[: max(len(FIRST), cells // CELLS_PER_COMMUNE)]


def assign(i: Ints, j: Ints) -> Assigned:
    """Give each cell of the disc to a new commune and to one of its old ones."""
    communes = shown(len(i))
    u, v = (i + 0.5) * CELL, (j + 0.5) * CELL
    radius = float(np.hypot(u, v).max())
    spacing = radius / np.sqrt(len(communes))
    u, v = u + 0.2 * spacing * waves(u, v, spacing, 1), v + 0.2 * spacing * waves(u, v, spacing, 2)
    seeds = seated(communes, radius)
    far = np.hypot(u[:, None] - seeds[:, 0], v[:, None] - seeds[:, 1])
    far[(j[:, None] >= 0) != (seeds[:, 1] >= 0)] += 4 * radius
    commune = far.argmin(axis=1)
    old_code = np.empty(len(i), dtype="U5")
    for index, one in enumerate(communes):
        cells = np.flatnonzero(commune == index)
        around = seeds[index] + hamlets(len(one.olds), 0.45 * spacing)
        old_code[cells] = np.array([code for code, _ in one.olds])[divided(u[cells], v[cells], around)]
    return Assigned(communes, commune, old_code)


def seated(communes: tuple[Commune, ...], radius: float) -> Floats:
    """A seed (u, v) for each commune: the free place of a sunflower nearest to where it would like to be."""
    rank = np.arange(len(communes))
    from_middle = radius * np.sqrt((rank + 0.5) / len(communes))
    angle = np.pi / 2 + rank * GOLDEN_ANGLE
    places = np.stack([from_middle * np.cos(angle), from_middle * np.sin(angle)], -1)
    free = np.ones(len(communes), dtype=bool)
    seeds = np.empty_like(places)
    for index, one in enumerate(communes):
        wanted = np.array(BEARINGS[one.olds[0][1]]) * (radius / PROVINCE_RADIUS_KM) if index else places[0]
        distance = np.where(free, np.hypot(*(places - wanted).T), np.inf)
        taken = int(distance.argmin())
        seeds[index], free[taken] = places[taken], False
    return seeds


def divided(u: Floats, v: Floats, around: Floats) -> Ints:
    """To which seed each cell belongs; the seeds move to the middle of their cells until each has its share."""
    nearest: Ints = np.zeros(len(u), dtype=np.int64)
    for _ in range(ROUNDS):
        far = np.hypot(u[:, None] - around[:, 0], v[:, None] - around[:, 1])
        nearest = far.argmin(axis=1)
        for seed in range(len(around)):
            mine = nearest == seed
            # A seed without cells goes to the cell that is worst served.
            place = mine if mine.any() else far.min(axis=1).argmax(keepdims=True)
            if len(u):
                around[seed] = u[place].mean(), v[place].mean()
    return nearest


def hamlets(count: int, radius: float) -> Floats:
    """Where the old communes stand around their new one's seed: one in the middle when there are four or more."""
    in_middle = 1 if count >= 4 else 0
    angle = np.arange(count - in_middle) * (2 * np.pi / (count - in_middle)) + 0.5
    ring = np.stack([np.cos(angle), np.sin(angle)], -1) * radius
    return np.concatenate([np.zeros((in_middle, 2)), ring])


def shapes(assigned: Assigned, cells: Shapes) -> dict[tuple[str, str], shapely.Geometry]:
    """The made-up extents by edition and code: unions of the cells (outlines in EPSG:9209)."""
    codes = np.array([one.code for one in assigned.communes])[assigned.commune]
    drawn = {}
    for edition, owner in ((OLD, assigned.old_code), (NEW, codes)):
        for code in np.unique(owner):
            drawn[edition, str(code)] = shapely.coverage_union_all(cells[owner == code])
    return drawn
