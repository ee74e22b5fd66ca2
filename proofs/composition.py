"""The portal's compositions against the oracle: 10,000 random parcels, each with a plan of its own.

Every parcel and plan is published into a scratch database, as any delivery is, and asked with the query of the report.
What must hold: the parts and the bare rest add up to the parcel's area within 0.1 m² and the shares to 100 %; each part
is the oracle's within what rounding allows; the same kinds are possible. The oracle (`tests/oracle/composition.py`)
lays all borders over each other in shapely and knows nothing of the database.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import django
import geopandas
import numpy as np
import shapely

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "geoportal.settings")
    django.setup()

from importers.publish import Delivery, publish
from layers import catalogue
from layers.declare import Layer
from layers.ground.parcels import PARCELS, Parcel
from layers.queries import subjects
from layers.queries.composition import Part, parts
from layers.queries.snapshots import newest
from tests.oracle.composition import Composed, Kinds, Planned, compose
from tests.oracle.plans import PlannedParcel, random_plans

SEED, WHOLE = 2026, 10_000
NEAR_LIMIT_AT_MOST = 0.001
SCRATCH = "geoportal_proof_composition"
DAY = date(2026, 1, 1)
# A part is rounded to a tenth so that all add up, which may take or give up to a whole tenth.
ADDS_UP_M2, PART_M2, SHARE_PERCENT = 0.1, 0.101, 0.0101
# Parcels stand apart, each at a corner of its own.
APART_M, A_ROW = 5_000.0, 100
CORNER = (583_000.0, 2_260_000.0)


@dataclass(frozen=True)
class Judged:
    """One parcel: what the oracle says and what the portal told. Areas in m²."""

    number: int
    area: float
    oracle: Composed
    parts: dict[Kinds, tuple[float, float]]
    possible: Kinds

    @property
    def off_in_all(self) -> float:
        """How far the parts and the bare rest together lie from the parcel's area."""
        return abs(sum(area for area, _ in self.parts.values()) - self.area)

    @property
    def adds_up(self) -> bool:
        whole = abs(sum(share for _, share in self.parts.values()) - 100) < 1e-9
        return whole and self.off_in_all <= ADDS_UP_M2

    def off_by(self, kinds: Kinds) -> float:
        return abs(self.parts.get(kinds, (0.0, 0.0))[0] - self.oracle.parts.get(kinds, 0.0))

    @property
    def worst(self) -> float:
        return max(self.off_by(kinds) for kinds in {*self.parts, *self.oracle.parts})

    @property
    def agrees(self) -> bool:
        shares = (
            abs(share - 100 * self.oracle.parts.get(kinds, 0.0) / self.area) for kinds, (_, share) in self.parts.items()
        )
        same_figures = self.worst <= PART_M2 and max(shares) <= SHARE_PERCENT + 100 * 0.001 / self.area
        return self.parts.keys() == self.oracle.parts.keys() and same_figures and self.possible == self.oracle.possible

    @property
    def is_wrong(self) -> bool:
        return not self.adds_up or not (self.agrees or self.oracle.near_limit)


def judged(count: int, seed: int) -> list[Judged]:
    """Publish `count` parcels with their plans, ask the portal for each, and lay the oracle's answers beside."""
    layer = catalogue.composed()[0]
    posed = [at_its_place(number, plan) for number, plan in enumerate(random_plans(count, seed))]
    deliver(PARCELS, [parcel_row(number, plan) for number, plan in enumerate(posed)])
    deliver(layer, [row for number, plan in enumerate(posed) for row in plan_rows(number, plan)])
    snapshot = newest() or 0
    stored: Any = layer.model._default_manager
    kinds = dict(stored.values_list("row_id", "planned_use"))
    rows = dict(Parcel.objects.filter(sheet_no="plan").values_list("parcel_no", "row_id"))
    return [
        weighed(number, plan, ask(layer, rows[str(number)], plan, snapshot), kinds) for number, plan in enumerate(posed)
    ]


def ask(layer: Layer, row: int, plan: PlannedParcel, snapshot: int) -> list[Part]:
    return parts(layer, subjects.parcel(row), plan.parcel_accuracy, 0.0, snapshot, DAY)


def at_its_place(number: int, plan: PlannedParcel) -> PlannedParcel:
    """A parcel with its plan, moved to its corner; valid also there, to the last bit."""
    corner = np.floor(shapely.get_coordinates(plan.parcel).min(axis=0))
    place = np.add(CORNER, (APART_M * (number % A_ROW), APART_M * (number // A_ROW)))
    shapes = [
        shapely.make_valid(
            shapely.transform(shape, lambda xy: xy - corner + place), method="structure", keep_collapsed=False
        )
        for shape in (plan.parcel, *(record.shape for record in plan.records))
    ]
    moved = tuple(
        Planned(shape, record.kind, record.margin)
        for shape, record in zip(shapes[1:], plan.records, strict=True)
        if not shape.is_empty
    )
    return PlannedParcel(shapes[0], plan.parcel_accuracy, moved)


def parcel_row(number: int, plan: PlannedParcel) -> dict[str, Any]:
    said = {"commune_code": "12817", "sheet_no": "plan", "parcel_no": str(number)}
    return {**said, "accuracy_m": plan.parcel_accuracy, "geometry": plan.parcel}


def plan_rows(number: int, plan: PlannedParcel) -> Iterator[dict[str, Any]]:
    for place, record in enumerate(plan.records):
        yield {
            "code": f"{number}-{place}",
            "name": str(number),
            "planned_use": record.kind,
            "accuracy_m": max(0.0, record.margin - plan.parcel_accuracy),
            "whole_parcels": record.margin == 0,
            "geometry": record.shape,
        }


def deliver(layer: Layer, rows: list[dict[str, Any]]) -> None:
    frame = geopandas.GeoDataFrame(rows, geometry="geometry", crs=9209)
    publish(layer, [frame], Delivery("plans", "0" * 64, "proof"), whole_layer=layer is not PARCELS)


def weighed(number: int, plan: PlannedParcel, told: list[Part], kinds: dict[int, str]) -> Judged:
    measured: dict[Kinds, tuple[float, float]] = {}
    possible: Kinds = frozenset()
    for part in told:
        named = frozenset(kinds[row] for row in part.row_ids)
        if part.area_m2 is None:
            possible |= named
        else:
            measured[named] = (float(part.area_m2), float(part.share_percent or Decimal(0)))
    return Judged(number, plan.parcel.area, compose(plan.parcel, plan.records), measured, possible)


def summary(every: list[Judged]) -> str:
    sorts = {
        "of one kind": lambda one: len(one.oracle.parts) == 1 and frozenset() not in one.oracle.parts,
        "of several": lambda one: len(one.oracle.parts) > 1,
        "with bare ground": lambda one: frozenset() in one.oracle.parts,
        "with kinds over each other": lambda one: any(len(kinds) > 1 for kinds in one.oracle.parts),
        "with possible kinds": lambda one: bool(one.oracle.possible),
    }
    told = ", ".join(f"{sum(map(belongs, every)):,} {name}" for name, belongs in sorts.items())
    return (
        f"{len(every):,} parcels ({told})\n"
        f"parts and bare rest are the parcel's area within {ADDS_UP_M2} m², shares 100.00 %: "
        f"{sum(one.adds_up for one in every):,} of {len(every):,}; furthest "
        f"{max(one.off_in_all for one in every):.4f} m²\n"
        f"equal to the oracle: {sum(one.agrees for one in every):,} of {len(every):,}; a part at most "
        f"{max(one.worst for one in every if one.agrees):.4f} m² from it; "
        f"{sum(one.oracle.near_limit for one in every)} near a limit; {sum(one.is_wrong for one in every)} wrong"
    )


def main() -> int:
    from django.db import connections
    from django.test.utils import setup_databases, teardown_databases

    connections["default"].settings_dict["TEST"]["NAME"] = SCRATCH
    scratch = setup_databases(verbosity=0, interactive=False)
    count = int(sys.argv[1]) if len(sys.argv) > 1 else WHOLE
    start = time.monotonic()
    try:
        every = judged(count, SEED)
    finally:
        connections.close_all()
        teardown_databases(scratch, verbosity=0)
    print(summary(every) + f"; {time.monotonic() - start:.0f} s", flush=True)
    for one in every:
        if one.is_wrong or not one.agrees:
            print(f"  {one.number}: oracle {one.oracle}, portal {one.parts}, possible {sorted(one.possible)}")
    near = sum(one.oracle.near_limit and not one.agrees for one in every)
    return int(any(one.is_wrong for one in every) or near > NEAR_LIMIT_AT_MOST * count)


if __name__ == "__main__":
    sys.exit(main())
