"""Random sites against the oracle: 5,000 sites, each asked of all zones of a province at once.

Zones of every kind (areas, lines with a reach, points) lie over and beside each other; sites are drawn at random among
them, from a house to a square kilometre, with holes, in parts, and as narrow as a lane. The portal answers with the
query of the report; the oracle (`tests/oracle`) decides every zone near the site in shapely. They may differ only when
what decides lies within 1 mm of its limit, and such pairs are at most one in a thousand.
"""

from __future__ import annotations

import os
import sys
import time
from dataclasses import dataclass
from typing import Any

import django
import geopandas
import numpy as np
import shapely
from shapely import affinity
from shapely.geometry.base import BaseGeometry

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "geoportal.settings")
    django.setup()

from importers.publish import Delivery, publish
from layers import catalogue
from layers.queries import subjects
from layers.queries.snapshots import newest
from layers.queries.zones import Hit, hits
from proofs.oracle import DAY, NEAR_LIMIT_AT_MOST, corridor
from tests.oracle.decide import Decision, clean, decide

SEED, SITES, SCRATCH = 2026, 5_000, "geoportal_proof_sites"
WEST, SOUTH, WIDE = 583_000.0, 2_255_000.0, 6_000.0
ZONES = {"groundwater-zones": 260, "source-corridors": 60, "licensed-wells": 300}
SAID: dict[str, dict[str, object]] = {
    "groundwater-zones": {"kind": "1", "aquifer": "qp"},
    "source-corridors": {"river": "Sông Trà Lý"},
    "licensed-wells": {},
}
SITE_ACCURACY_M = 0.3
Dice = np.random.Generator


@dataclass(frozen=True)
class Zone:
    """A record of the scratch province. `ground`: what it holds, a corridor widened by its reach."""

    layer: str
    code: str
    drawn: BaseGeometry
    ground: BaseGeometry
    accuracy: float
    whole_parcels: bool
    width: float = 0.0

    @property
    def margin(self) -> float:
        return 0.0 if self.whole_parcels else self.accuracy + SITE_ACCURACY_M


@dataclass(frozen=True)
class Judged:
    """One site and one zone: what the oracle decides and what the portal found (None: nothing, so not affected)."""

    site: int
    zone: Zone
    oracle: Decision
    found: Hit | None

    @property
    def answer(self) -> str:
        return self.found.answer if self.found else "not-affected"

    @property
    def is_wrong(self) -> bool:
        return self.answer != self.oracle.answer and not self.oracle.near_limit

    @property
    def area_off(self) -> float:
        told = self.found.area_m2 if self.found else None
        return abs(float(told) - self.oracle.shared_area) if told is not None else 0.0


def star(dice: Dice, centre: tuple[float, float], radius: float) -> BaseGeometry:
    """An irregular outline that does not cross itself."""
    count = int(dice.integers(4, 28))
    angles = np.sort(dice.uniform(0, 2 * np.pi, count))
    reach = radius * dice.uniform(0.45, 1.0, count)
    return clean(shapely.Polygon(np.add(centre, np.stack([reach * np.cos(angles), reach * np.sin(angles)], axis=1))))


def spot(dice: Dice) -> tuple[float, float]:
    return WEST + dice.uniform(0, WIDE), SOUTH + dice.uniform(0, WIDE)


def zones(dice: Dice) -> list[Zone]:
    return [zone_of(dice, layer, f"{layer}-{n}") for layer, count in ZONES.items() for n in range(count)]


def zone_of(dice: Dice, layer: str, code: str) -> Zone:
    accuracy, listed = float(np.round(dice.uniform(0.2, 12), 2)), bool(dice.random() < 0.15)
    if layer == "groundwater-zones":
        drawn = star(dice, spot(dice), dice.uniform(15, 500))
        return Zone(layer, code, drawn, drawn, accuracy, listed)
    if layer == "licensed-wells":
        drawn = shapely.Point(spot(dice))
        return Zone(layer, code, drawn, drawn, accuracy, False)
    steps = dice.uniform(-1, 1, (int(dice.integers(3, 9)), 2)) * 180
    drawn, width = shapely.LineString(np.cumsum(np.vstack([spot(dice), steps]), axis=0)), float(dice.uniform(5, 40))
    return Zone(layer, code, drawn, corridor(drawn, width), accuracy, False, width)


def site(dice: Dice) -> BaseGeometry:
    """A house, a field, a lane, a block, a square kilometre; sometimes with a hole, sometimes in two parts."""
    centre, kind = spot(dice), dice.random()
    if kind < 0.2:
        lane = shapely.box(-dice.uniform(20, 300), -dice.uniform(0.6, 4), dice.uniform(20, 300), dice.uniform(0.6, 4))
        return affinity.translate(affinity.rotate(lane, dice.uniform(0, 180), origin=(0, 0)), *centre)
    outline = star(dice, centre, float(np.exp(dice.uniform(np.log(4), np.log(500)))))
    if kind < 0.3:
        hole = affinity.scale(outline, 0.4, 0.4, origin=outline.representative_point())
        outline = outline.difference(hole)
    elif kind < 0.4:
        outline = outline.union(affinity.translate(outline, dice.uniform(-700, 700), dice.uniform(-700, 700)))
    return clean(outline)


def deliver(every: list[Zone]) -> None:
    for layer in ZONES:
        rows = [
            {"code": one.code, "name": one.code, "accuracy_m": one.accuracy, "geometry": one.drawn, **SAID[layer]}
            | ({"width_m": one.width} if one.width else {})
            | ({"whole_parcels": one.whole_parcels} if layer == "groundwater-zones" else {})
            for one in every
            if one.layer == layer
        ]
        frame = geopandas.GeoDataFrame(rows, geometry="geometry", crs=9209)
        publish(catalogue.get(layer), [frame], Delivery("sites", "0" * 64, "proof"), whole_layer=True)


def judged(count: int, seed: int) -> list[Judged]:
    """Publish the zones; ask for `count` sites; lay the oracle's decision on every near zone beside the answer."""
    dice = np.random.default_rng(seed)
    every = zones(dice)
    deliver(every)
    known: dict[str, float | None] = dict.fromkeys(ZONES, 0.0)
    snapshot = newest() or 0
    codes = {(layer, row): code for layer in ZONES for row, code in codes_of(layer)}
    tree = shapely.STRtree([one.ground for one in every])
    farthest = max(one.margin for one in every)
    made: list[Judged] = []
    for number in range(count):
        shape = site(dice)
        found = hits(subjects.ground(shapely.to_wkb(shape)), SITE_ACCURACY_M, known, snapshot, DAY)
        by_code = {codes[hit.layer, hit.row_id]: hit for hit in found}
        near = [every[at] for at in tree.query(shape, "dwithin", farthest + 5)]
        made += [
            Judged(number, z, decide(shape, z.ground, z.margin, z.whole_parcels), by_code.pop(z.code, None))
            for z in near
        ]
        made += [lost(number, code, hit, every, shape) for code, hit in by_code.items()]
    return made


def codes_of(layer: str) -> list[tuple[int, str]]:
    stored: Any = catalogue.get(layer).model._default_manager
    return list(stored.values_list("row_id", "code"))


def lost(number: int, code: str, hit: Hit, every: list[Zone], shape: BaseGeometry) -> Judged:
    """A zone the portal named although it is nowhere near."""
    zone = next(one for one in every if one.code == code)
    return Judged(number, zone, decide(shape, zone.ground, zone.margin, zone.whole_parcels), hit)


def summary(pairs: list[Judged], sites: int, seconds: float) -> str:
    words = {
        word: sum(one.oracle.answer == word for one in pairs) for word in ("affected", "too-close", "not-affected")
    }
    return (
        f"{sites:,} sites × {sum(ZONES.values())} zones: {len(pairs):,} pairs near each other ({words}); "
        f"{sum(one.is_wrong for one in pairs)} wrong, {sum(one.oracle.near_limit for one in pairs)} within 1 mm of a "
        f"limit; areas differ by {max(one.area_off for one in pairs):.3f} m² at most; {seconds:.0f} s"
    )


def main() -> int:
    from django.db import connections
    from django.test.utils import setup_databases, teardown_databases

    connections["default"].settings_dict["TEST"]["NAME"] = SCRATCH
    scratch = setup_databases(verbosity=0, interactive=False)
    try:
        start = time.monotonic()
        pairs = judged(SITES, SEED)
        print(summary(pairs, SITES, time.monotonic() - start), flush=True)
    finally:
        connections.close_all()
        teardown_databases(scratch, verbosity=0)
    for one in pairs:
        if one.is_wrong:
            print(f"  site {one.site}, {one.zone.code}: oracle {one.oracle.answer}, portal {one.answer}")
    near = sum(one.oracle.near_limit for one in pairs)
    return int(any(one.is_wrong for one in pairs) or near > NEAR_LIMIT_AT_MOST * len(pairs))


if __name__ == "__main__":
    sys.exit(main())
