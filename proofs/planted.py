"""Planted faults: 21 kinds, 25 of each, in a clean commune of 50,000 parcels. How many are found, and where.

Recall: planted faults found by their rule within 0.10 m. Precision: findings that a planted fault explains, of all that
ask anything of an officer. The commune is first read from a GeoPackage like any delivery, and that is timed.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

import django
import geopandas as gpd
import shapely

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "geoportal.settings")
    django.setup()

from importers.findings import Finding
from importers.pipeline import Understood, context_of, understand
from importers.reader import read
from importers.steps.context import Choices, Context, Ground
from layers.ground.parcels import PARCELS
from proofs.faults import COMMUNE, Fault, clean_commune, plant

PARCELS_IN_ALL, EACH = 50_000, 25
NEAR_M = 0.10
RECALL, PRECISION = 0.99, 0.95
SECONDS, MEMORY_MB = 120, 1_536


@dataclass(frozen=True)
class Score:
    """What became of planted faults and of findings."""

    planted: Counter[str]
    found: Counter[str]
    findings: int
    unexplained: tuple[Finding, ...]

    @property
    def recall(self) -> float:
        return self.found.total() / self.planted.total()

    @property
    def precision(self) -> float:
        return 1 - len(self.unexplained) / self.findings if self.findings else 0.0


def ground_of(commune: gpd.GeoDataFrame) -> Ground:
    outline = shapely.union_all(commune.geometry.to_numpy())
    return Ground(communes={COMMUNE: outline}, codes=frozenset({COMMUNE}))


def context(commune: gpd.GeoDataFrame) -> Context:
    # 0.15 m is the error of a corner at 1:1000, which the areas are judged by.
    return Context(PARCELS, Choices(crs="EPSG:9209", accuracy_m=0.15), ground_of(commune), encoding_known=True)


def judged(faults: list[Fault], understood: Understood) -> Score:
    asking = [finding for finding in understood.findings if finding.severity != "note"]
    by_code: dict[str, list[Finding]] = defaultdict(list)
    for finding in asking:
        by_code[finding.code].append(finding)
    found: Counter[str] = Counter()
    explained: set[int] = set()
    for fault in faults:
        own = [finding for finding in by_code[fault.code] if is_there(finding, fault.place)]
        found[fault.kind] += bool(own)
        around = fault.place if fault.around is None else fault.around
        beside = [finding for code in fault.also for finding in by_code[code] if is_there(finding, around)]
        explained |= {id(finding) for finding in (*own, *beside)}
    return Score(
        planted=Counter(fault.kind for fault in faults),
        found=found,
        findings=len(asking),
        unexplained=tuple(finding for finding in asking if id(finding) not in explained),
    )


def is_there(finding: Finding, place: shapely.Geometry) -> bool:
    """A row without a shape has no place; its finding has none either."""
    if place.is_empty or finding.place is None:
        return place.is_empty and finding.place is None
    return bool(shapely.distance(place, shapely.Point(finding.place)) <= NEAR_M)


def timed(commune: gpd.GeoDataFrame) -> tuple[float, Understood]:
    """Seconds of a whole delivery, from the file to the last rule."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "thua.gpkg"
        commune.set_crs(9209).to_file(file, driver="GPKG")
        begin = time.monotonic()
        reading = read(file)
        understood = understand(
            reading.frame, context_of(reading, PARCELS, Choices(accuracy_m=0.15), ground_of(commune))
        )
        return time.monotonic() - begin, understood


def main() -> int:
    commune = clean_commune(PARCELS_IN_ALL)
    seconds, clean = timed(commune)
    # The child reads, this process does the rest; the larger of the two counts.
    used = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    memory = max(used) // 1024
    print(
        f"a clean commune of {len(commune):,} parcels, all rules, from the file on: {seconds:.1f} s"
        f" (at most {SECONDS}), {memory} MB (at most {MEMORY_MB}), {len(clean.open)} open findings",
        flush=True,
    )
    planting = plant(commune, EACH)
    score = judged(planting.faults, understand(planting.spoiled(), context(commune)))
    for kind, planted in score.planted.items():
        print(f"  {kind}: {score.found[kind]} of {planted}")
    print(f"recall {score.recall:.2%} (at least {RECALL:.0%}), within {NEAR_M} m of the planted place")
    print(f"precision {score.precision:.2%} (at least {PRECISION:.0%}) of {score.findings} findings", flush=True)
    for code, count in Counter(finding.code for finding in score.unexplained).items():
        print(f"  unexplained: {code} {count}")
    good = score.recall >= RECALL and score.precision >= PRECISION and seconds <= SECONDS and memory <= MEMORY_MB
    return 0 if good and not clean.open else 1


if __name__ == "__main__":
    sys.exit(main())
