"""The demo's plan before a parcel is drawn: cells and what grows in them, strips of lots, map sheets.

A cell is divided into strips with a lane between them; a strip is two rows of lots, back to back, each row on a lane.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from importers.demo import communes
from importers.demo.communes import Codes
from importers.demo.plane import CELL, SEED, Flags, Floats, Ints, reserve, waves

ROWS: Final = 2


class Kind(NamedTuple):
    """What a cell is: strip with its lane, the lane, a lot's frontage (metres), the scale of its map sheet."""

    name: str
    pitch: float
    lane: float
    frontage: float
    scale: int


KINDS: Final = (
    Kind("town", 32.0, 3.0, 12.0, 500),
    Kind("village", 40.0, 4.0, 16.0, 1000),
    Kind("gardens", 48.0, 4.0, 20.0, 1000),
    Kind("orchard", 48.0, 3.0, 32.0, 1000),
    Kind("rice", 64.0, 2.0, 32.0, 2000),
    Kind("wide rice", 96.0, 2.5, 32.0, 2000),
    Kind("ponds", 96.0, 3.0, 48.0, 2000),
)
TOWN, GARDENS = 0, 2
# From which quantile of the settlement field a cell is of that kind; below, the field of wet ground decides.
SETTLED: Final = (0.96, 0.84, 0.74, 0.68)
WET: Final = (0.55, 0.06)
# One in so many parcels consists of two parts; lies on an extract sheet of its own.
ONE_IN_PARTS, ONE_ON_EXTRACT = 400, 600
# The four cells around the middle: the examples of the pages live there, so nothing special happens to their lots.
MIDDLE: Final = 4


@dataclass(frozen=True)
class Cells:
    """One entry a cell: place, kind (index into KINDS), and to which communes it belongs."""

    i: Ints
    j: Ints
    kind: Ints
    owner: communes.Assigned

    @property
    def communes(self) -> tuple[communes.Commune, ...]:
        return self.owner.communes

    @property
    def commune(self) -> Ints:
        return self.owner.commune

    @property
    def old_code(self) -> Codes:
        return self.owner.old_code


@dataclass(frozen=True)
class Strips:
    """One entry a strip, cell after cell, bottom to top: rectangle in the plane, lots a row, how many are kept.

    `turned`: the rectangle is given with u and v exchanged (rows run upwards). `joined` and `extract` name the column
    of a lot that continues in the next strip, and the number of lots that were surveyed singly (-1 and 0: none).
    """

    cell: Ints
    u0: Floats
    v0: Floats
    u1: Floats
    v1: Floats
    columns: Ints
    kept: Ints
    turned: Flags
    joined: Ints
    extract: Ints

    def of(self, which: Flags | Ints) -> Strips:
        return Strips(*(getattr(self, name)[which] for name in self.__dataclass_fields__))


@dataclass(frozen=True)
class Plan:
    """`parcels`: how many there will be, exactly."""

    parcels: int
    cells: Cells
    strips: Strips


def plan(parcels: int) -> Plan:
    """The plan for so many parcels: the smallest disc of cells around the middle that holds them."""
    parts = parcels // ONE_IN_PARTS
    wanted = parcels + parts
    i, j = disc(wanted)
    kind = kinds(i, j)
    strips = divide(i, j, kind)
    filled = np.cumsum(ROWS * strips.columns)
    end = strips.cell[np.searchsorted(filled, wanted)] + 1
    strips = marked(strips.of(strips.cell < end), wanted, parts)
    i, j = i[:end], j[:end]
    return Plan(parcels, Cells(i, j, kind[:end], communes.assign(i, j)), strips)


def disc(parcels: int) -> tuple[Ints, Ints]:
    """Cells by their distance from (almost) the middle, enough for so many parcels; the first is cell (0, 0)."""
    radius = int(np.sqrt(parcels / 25 / np.pi)) + 4
    side = np.arange(-radius, radius)
    i, j = (axis.ravel() for axis in np.meshgrid(side, side))
    order = np.lexsort((i, j, np.hypot(i + 0.45, j + 0.45)))
    near = order[np.hypot(i + 0.45, j + 0.45)[order] < radius]
    return i[near], j[near]


def kinds(i: Ints, j: Ints) -> Ints:
    """Villages on the hills of one smooth field, ponds in hollows of another, rice between; a town in the middle."""
    u, v = (i + 0.5) * CELL, (j + 0.5) * CELL
    settled = waves(u, v, 500.0, 3) + 0.4 * waves(u, v, 2600.0, 4)
    wet = waves(u, v, 700.0, 5)
    conditions = [settled >= np.quantile(settled, share) for share in SETTLED]
    conditions += [wet >= np.quantile(wet, share) for share in WET]
    kind = np.select(conditions, range(len(conditions)), default=len(KINDS) - 1)
    kind[(np.abs(i + 0.5) < 1.6) & (j >= 0) & (j < 2)] = TOWN
    return kind


def divide(i: Ints, j: Ints, kind: Ints) -> Strips:
    """Cut every cell into strips, inside the reserves of its four lines."""
    left, right = i * CELL + reserve(False, i), (i + 1) * CELL - reserve(False, i + 1)
    bottom, top = j * CELL + reserve(True, j), (j + 1) * CELL - reserve(True, j + 1)
    turned = ((i * 7 + j * 3) % 4 == 0) & (j != 0) & (j != -1)
    u0, u1 = np.where(turned, bottom, left), np.where(turned, top, right)
    v0, v1 = np.where(turned, left, bottom), np.where(turned, right, top)
    pitch, lane, frontage = (
        np.array([getattr(one, name) for one in KINDS])[kind] for name in ("pitch", "lane", "frontage")
    )
    count = np.maximum(1, np.round((v1 - v0) / pitch)).astype(np.int64)
    cell = np.repeat(np.arange(len(i)), count)
    place = np.arange(len(cell)) - np.repeat(np.cumsum(count) - count, count)
    height = ((v1 - v0) / count)[cell]
    base = v0[cell] + place * height
    columns = np.maximum(2, np.round((u1 - u0) / frontage)).astype(np.int64)[cell]
    none = np.full(len(cell), -1)
    return Strips(
        cell,
        u0[cell],
        base,
        u1[cell],
        base + height - lane[cell],
        columns,
        ROWS * columns,
        turned[cell],
        none,
        none * 0,
    )


def marked(strips: Strips, wanted: int, parts: int) -> Strips:
    """Trim to so many lots, and mark the lots of two parts and those of extract sheets. The middle stays as it is."""
    random = np.random.default_rng([SEED, 10])
    surplus = int((ROWS * strips.columns).sum()) - wanted
    kept = ROWS * strips.columns
    after = np.cumsum(kept[::-1])[::-1]
    kept = np.clip(kept - np.maximum(0, surplus - (after - kept)), 0, kept)
    whole = (strips.cell[:-1] == strips.cell[1:]) & (kept[1:] == ROWS * strips.columns[1:])
    chosen = random.permutation(np.flatnonzero(whole & (strips.cell[:-1] >= MIDDLE)))
    joined, extract = strips.joined.copy(), strips.extract.copy()
    joined[chosen[:parts]] = random.integers(0, strips.columns[chosen[:parts]])
    single = chosen[parts : parts + wanted // ONE_ON_EXTRACT]
    extract[single] = random.integers(1, 4, len(single))
    return Strips(
        strips.cell, strips.u0, strips.v0, strips.u1, strips.v1, strips.columns, kept, strips.turned, joined, extract
    )
