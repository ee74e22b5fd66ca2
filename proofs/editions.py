"""Two editions of a real cadastre: what was split, merged, moved and renumbered is recognised, and nothing else.

The second edition is made from the first: 150 parcels are split, merged with a neighbour, moved or renumbered, and all
coordinates are written on another grid. Real cadastres stand beside the repository in `../shared/data`; without them
there is nothing to prove.
"""

from __future__ import annotations

import os
import random
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import django
import geopandas as gpd
import numpy as np
import shapely
from shapely import affinity

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "geoportal.settings")
    django.setup()

from importers.lineage import Kind, Lineage, compare_editions

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
SEED = 20261124
EVENTS = 150
# Where the moved cadastre stands: a place in the province, EPSG:9209. Its second edition is written to this grid (m).
EAST, NORTH = 587_000.0, 2_262_000.0
GRID_M = 0.02
MOVED_M = 0.8
KEY = ("commune_code", "sheet_no", "parcel_no")


@dataclass
class Second:
    """The second edition, and the truth about it: kind, old keys, new keys."""

    frame: gpd.GeoDataFrame
    truth: set[tuple[Kind, frozenset[str], frozenset[str]]] = field(default_factory=set)


def french() -> gpd.GeoDataFrame:
    cadastre = gpd.read_file(SHARED / "cadastre_fr_91216_parcels.geojson").to_crs(2154)
    return placed(cadastre, cadastre["section"], cadastre["id"])


def cambridge() -> gpd.GeoDataFrame:
    """Its dirt is another proof's matter: rows without or with a repeated number, and broken shapes, stay out."""
    cadastre = gpd.read_file(SHARED / "cambridge_parcels_fy2013.topojson").set_crs(4326, allow_override=True)
    cadastre = cadastre[cadastre.geometry.is_valid & cadastre["ML"].notna()].drop_duplicates("ML", keep=False)
    return placed(cadastre.to_crs(26986), cadastre["MAP"], cadastre["ML"])


CADASTRES = {"French": french, "Cambridge": cambridge}


def placed(cadastre: gpd.GeoDataFrame, sheets: object, numbers: object) -> gpd.GeoDataFrame:
    """A cadastre in metres, moved to the province."""
    west, south, east, north = cadastre.total_bounds
    middle = np.array([(west + east) / 2, (south + north) / 2])
    moved = shapely.transform(cadastre.geometry.to_numpy(), lambda at: at - middle + np.array([EAST, NORTH]))
    columns = {"commune_code": "12817", "sheet_no": sheets, "parcel_no": numbers}
    return gpd.GeoDataFrame(columns, geometry=moved, crs=9209).reset_index(drop=True)


def second_edition(first: gpd.GeoDataFrame, events: int = EVENTS, seed: int = SEED) -> Second:
    """Equal parts of each kind, no two of them side by side; numbers that were cancelled are never used again."""
    made = Making(first, random.Random(seed))  # noqa: S311  (a sample that anybody can draw again)
    kinds: tuple[Kind, ...] = ("split", "merge", "move", "renumber")
    for count in range(events):
        getattr(made, kinds[count % len(kinds)])()
    return made.finished()


class Making:
    def __init__(self, first: gpd.GeoDataFrame, dice: random.Random) -> None:
        self.dice = dice
        self.rows = {name: (sheet, shape) for _, sheet, name, shape in zip(*columns_of(first), strict=True)}
        self.names = [name for name, (_, shape) in self.rows.items() if is_plain(shape)]
        self.tree = shapely.STRtree([self.rows[name][1] for name in self.names])
        self.untouched = set(self.names)
        self.truth: set[tuple[Kind, frozenset[str], frozenset[str]]] = set()
        self.next = 0

    def new_number(self) -> str:
        self.next += 1
        return f"N{self.next}"

    def pick(self) -> str:
        return str(self.dice.choice(sorted(self.untouched)))

    def use(self, *names: str) -> None:
        """These and all beside them are left alone from now on."""
        for name in names:
            near = self.tree.query(self.rows[name][1].buffer(5), predicate="intersects")
            self.untouched -= {self.names[at] for at in near}

    def replace(self, kind: Kind, old: list[str], new: list[tuple[str, shapely.Geometry]]) -> None:
        sheet = self.rows[old[0]][0]
        self.use(*old)
        for name in old:
            del self.rows[name]
        self.rows |= {name: (sheet, shape) for name, shape in new}
        self.truth.add((kind, frozenset(old), frozenset(name for name, _ in new)))

    def split(self) -> None:
        while True:
            name = self.pick()
            halves = halved(self.rows[name][1])
            if len(halves) == 2 and min(half.area for half in halves) > 20:
                return self.replace("split", [name], [(self.new_number(), half) for half in halves])
            self.untouched.discard(name)

    def merge(self) -> None:
        while True:
            name = self.pick()
            partner = self.partner_of(name)
            if partner:
                whole = shapely.union(self.rows[name][1], self.rows[partner][1])
                if whole.geom_type == "Polygon":
                    return self.replace("merge", [name, partner], [(self.new_number(), whole)])
            self.untouched.discard(name)

    def partner_of(self, name: str) -> str | None:
        shape = self.rows[name][1]
        near = [self.names[at] for at in self.tree.query(shape, predicate="intersects")]
        beside = [
            other
            for other in near
            if other != name
            and other in self.untouched
            and self.rows[other][0] == self.rows[name][0]
            and shape.boundary.intersection(self.rows[other][1].boundary).length > 3
        ]
        return beside[0] if beside else None

    def move(self) -> None:
        name = self.pick()
        turn = self.dice.uniform(0, 2 * np.pi)
        shape = affinity.translate(self.rows[name][1], MOVED_M * np.cos(turn), MOVED_M * np.sin(turn))
        self.replace("move", [name], [(name, shape)])

    def renumber(self) -> None:
        name = self.pick()
        self.replace("renumber", [name], [(self.new_number(), self.rows[name][1])])

    def finished(self) -> Second:
        listed = sorted(self.rows.items())
        columns = {
            "commune_code": "12817",
            "sheet_no": [sheet for _, (sheet, _) in listed],
            "parcel_no": [name for name, _ in listed],
        }
        shapes = np.array([shape for _, (_, shape) in listed], dtype=object)
        snapped = shapely.transform(shapes, lambda at: np.round(at / GRID_M) * GRID_M)
        return Second(gpd.GeoDataFrame(columns, geometry=snapped, crs=9209), self.truth)


def columns_of(frame: gpd.GeoDataFrame) -> tuple[list[str], ...]:
    return tuple(frame[name].tolist() for name in (*KEY, "geometry"))


def is_plain(shape: shapely.Geometry) -> bool:
    """Large and compact enough that a move is a move and not another parcel's ground."""
    return bool(shape.geom_type == "Polygon" and shape.area > 100 and shape.area / shape.length > 2)


def halved(shape: shapely.Geometry) -> list[shapely.Geometry]:
    """A parcel cut across its longer side, through its middle."""
    west, south, east, north = shape.bounds
    if east - west > north - south:
        middle = (west + east) / 2
        parts = [
            shapely.box(west - 1, south - 1, middle, north + 1),
            shapely.box(middle, south - 1, east + 1, north + 1),
        ]
    else:
        middle = (south + north) / 2
        parts = [shapely.box(west - 1, south - 1, east + 1, middle), shapely.box(west - 1, middle, east + 1, north + 1)]
    halves = [shapely.intersection(shape, part) for part in parts]
    return halves if all(half.geom_type == "Polygon" for half in halves) else []


def told(found: Lineage) -> set[tuple[Kind, frozenset[str], frozenset[str]]]:
    return {
        (step.kind, frozenset(key[2] for key in step.old), frozenset(key[2] for key in step.new))
        for step in found.steps
    }


def main() -> int:
    if not SHARED.is_dir():
        print("The real cadastres are not beside the repository (../shared/data): nothing was proved.")
        return 1
    wrong = 0
    for name, load in CADASTRES.items():
        first = load()
        second = second_edition(first)
        begin = time.monotonic()
        found = compare_editions(first, second.frame, KEY)
        seconds = time.monotonic() - begin
        missed, invented = second.truth - told(found), told(found) - second.truth
        left = len(found.gone) + len(found.fresh)
        wrong += len(missed) + len(invented) + left
        print(
            f"{name}: {len(first):,} parcels, {len(second.truth)} events, all written on a grid of {GRID_M} m:"
            f" {len(second.truth) - len(missed)} recognised, {len(missed)} missed, {len(invented)} invented,"
            f" {left} unexplained, {found.same:,} the same; {seconds:.1f} s",
            flush=True,
        )
        again = compare_editions(first, first, KEY)
        wrong += len(again.steps) + len(again.gone) + len(again.fresh)
        print(f"  the same edition twice: {len(again.steps)} events, {again.same:,} the same", flush=True)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
