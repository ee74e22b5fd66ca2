"""The portal's answers against the oracle: 10,000 random pairs of parcel and zone for each kind of geometry.

Every pair is published into a scratch database, as any delivery is: the layers that answer by zones take turns, each
gets its share of the pairs of its geometry, and all of them are asked at once with the query of the report. The
oracle (`tests/oracle`) decides the same shapes in shapely, knowing nothing of the database. A pair may be answered
otherwise only when what decides lies within 1 mm of its limit, and such pairs are at most one in a thousand.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import django
import geopandas
import numpy as np
import shapely
from django.db.models import FloatField
from shapely.geometry.base import BaseGeometry

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "geoportal.settings")
    django.setup()

from importers.publish import Delivery, publish
from layers import catalogue, codes
from layers.declare import Field, Layer
from layers.ground.parcels import PARCELS, Parcel
from layers.queries import subjects
from layers.queries.snapshots import newest
from layers.queries.zones import Hit, hits
from tests.oracle.decide import STRENGTH, Decision, decide
from tests.oracle.pairs import Pair, random_pairs

SEED = 2026
# A corridor is a line with a reach: its ground takes the oracle a hundred times as long as the line.
WHOLE = {"area": 10_000, "line": 8_000, "corridor": 2_000, "point": 10_000}
SHAPES = {"area": "MULTIPOLYGON", "line": "MULTILINESTRING", "corridor": "MULTILINESTRING", "point": "POINT"}
NEAR_LIMIT_AT_MOST = 0.001
SCRATCH = "geoportal_proof_oracle"
DAY = date(2026, 1, 1)
# Pairs stand apart, each at a corner of its own: one load serves them all.
APART_M, A_ROW = 5_000.0, 100
CORNER = (583_000.0, 2_260_000.0)
# Of a pair's margin the zone's map has this part, the parcel's the rest.
ZONE_PART = 0.6
ARC = 256


@dataclass(frozen=True)
class Judged:
    """One pair: what the oracle says, and what the portal found (None: it has nothing to say, so not affected)."""

    kind: str
    number: int
    oracle: Decision
    answer: str
    found: Hit | None

    @property
    def agrees(self) -> bool:
        return self.answer == self.oracle.answer

    @property
    def is_wrong(self) -> bool:
        return not self.agrees and not self.oracle.near_limit

    def off_by(self, figure: str) -> float:
        """How far a figure of the answer lies from the oracle's; rounding (0.1 m², 0.01 %, 0.01 m) included."""
        expected = {
            "area_m2": self.oracle.shared_area,
            "share_percent": 100 * self.oracle.share,
            "distance_m": self.oracle.distance,
        }[figure]
        told = getattr(self.found, figure) if self.found else None
        return abs(float(told) - expected) if told is not None else 0.0


@dataclass(frozen=True)
class Posed:
    """A pair at its place in the scratch province. `width` is a corridor's reach in metres, else 0."""

    parcel: BaseGeometry
    zone: BaseGeometry
    margin: float
    whole_parcels: bool
    width: float = 0.0

    def decision(self) -> Decision:
        ground = corridor(self.zone, self.width) if self.width else self.zone
        return decide(self.parcel, ground, self.margin, self.whole_parcels)


def corridor(bank: BaseGeometry, width: float) -> BaseGeometry:
    """All ground within `width` of a line. Segment by segment: GEOS smooths a line that it widens as a whole."""
    ends = [shapely.get_coordinates(part) for part in shapely.get_parts(bank)]
    segments = np.concatenate([np.stack([places[:-1], places[1:]], axis=1) for places in ends])
    return shapely.union_all(shapely.buffer(shapely.linestrings(segments), width, quad_segs=ARC))


def judged(kind: str, count: int, seed: int) -> list[Judged]:
    """Publish `count` pairs of a kind, ask the portal for each, and lay the oracle's answers beside."""
    posed = list(poses(kind, count, seed))
    layers = layers_of(kind)
    deliver(PARCELS, [{"parcel_no": f"{kind} {n}", **PLAIN_PARCEL, "geometry": p.parcel} for n, p in enumerate(posed)])
    owners: dict[tuple[str, int], int] = {}
    for turn, layer in enumerate(layers):
        own = range(turn, len(posed), len(layers))
        deliver(layer, [record for number in own for record in records(layer, number, posed[number])])
        stored: Any = layer.model._default_manager
        told = stored.filter(until=None).values_list("row_id", "code")
        owners |= {(layer.slug, row): int(code.split("-")[0]) for row, code in told}
    snapshot = newest() or 0
    rows = dict(Parcel.objects.filter(parcel_no__startswith=f"{kind} ").values_list("parcel_no", "row_id"))
    return [
        weighed(kind, number, pair, [hit for hit in found if owners[hit.layer, hit.row_id] == number])
        for number, pair in enumerate(posed)
        for found in [ask(rows[f"{kind} {number}"], pair, layers, snapshot)]
    ]


PLAIN_PARCEL = {"commune_code": "12817", "sheet_no": "1"}


def layers_of(kind: str) -> tuple[Layer, ...]:
    """Every layer that answers by zones of that geometry. Lines are asked as themselves; a corridor is all ground
    within the reach of its line."""
    drawn = tuple(layer for layer in catalogue.reported() if layer.geometry_type == SHAPES[kind])
    if kind == "line":
        return tuple(replace(layer, reach=None) for layer in drawn)
    return tuple(layer for layer in drawn if layer.reach) if kind == "corridor" else drawn


def poses(kind: str, count: int, seed: int) -> Iterator[Posed]:
    widths = np.random.default_rng(seed).uniform(5, 50, count)
    for number, pair in enumerate(random_pairs("line" if kind == "corridor" else kind, count, seed)):
        parcel, zone = at_its_place(number, pair)
        yield Posed(parcel, zone, pair.margin, pair.whole_parcels, float(widths[number]) if kind == "corridor" else 0.0)


def at_its_place(number: int, pair: Pair) -> list[BaseGeometry]:
    corner = np.floor(shapely.get_coordinates(pair.parcel).min(axis=0))
    place = np.add(CORNER, (APART_M * (number % A_ROW), APART_M * (number // A_ROW)))
    moved = [shapely.transform(shape, lambda xy: xy - corner + place) for shape in (pair.parcel, pair.zone)]
    return [
        shape if shape.is_valid else shapely.make_valid(shape, method="structure", keep_collapsed=False)
        for shape in moved
    ]


def records(layer: Layer, number: int, pair: Posed) -> list[dict[str, Any]]:
    """The records of a zone; several points are several records."""
    parts = shapely.get_parts(pair.zone) if pair.zone.geom_type == "MultiPoint" else [pair.zone]
    said: dict[str, object] = {"accuracy_m": pair.margin * ZONE_PART, "whole_parcels": pair.whole_parcels}
    said |= {field.name: required(layer, field) for field in layer.fields if field.required}
    if layer.reach:
        said[layer.reach] = pair.width
    return [{**said, "code": f"{number}-{n}", "name": str(number), "geometry": part} for n, part in enumerate(parts)]


def required(layer: Layer, field: Field) -> object:
    """Some value for a field that a record cannot do without."""
    if field.codes:
        return codes.entries(field.codes)[0].code
    return 1.0 if isinstance(layer.column(field.name), FloatField) else "1"


def deliver(layer: Layer, rows: list[dict[str, Any]]) -> None:
    frame = geopandas.GeoDataFrame(rows, geometry="geometry", crs=9209)
    publish(layer, [frame], Delivery("pairs", "0" * 64, "proof"), whole_layer=layer is not PARCELS)


def ask(parcel_row: int, pair: Posed, layers: tuple[Layer, ...], snapshot: int) -> list[Hit]:
    known: dict[str, float | None] = {layer.slug: 0.0 for layer in layers}
    return hits(subjects.parcel(parcel_row), pair.margin * (1 - ZONE_PART), known, snapshot, DAY)


def weighed(kind: str, number: int, pair: Posed, found: list[Hit]) -> Judged:
    """The strongest hit of the pair's own zone decides, as it does for a layer; the nearest tells the distance."""
    nearest = min(found, key=lambda hit: (STRENGTH.index(hit.answer), hit.distance_m), default=None)
    return Judged(kind, number, pair.decision(), nearest.answer if nearest else "not-affected", nearest)


def summary(pairs: list[Judged], seconds: float) -> str:
    answers = ", ".join(f"{sum(pair.oracle.answer == answer for pair in pairs):,} {answer}" for answer in STRENGTH)
    near = [pair for pair in pairs if pair.oracle.near_limit]
    worst = {name: max(pair.off_by(name) for pair in pairs) for name in ("area_m2", "share_percent", "distance_m")}
    return (
        f"{pairs[0].kind}, layers {len(layers_of(pairs[0].kind))}: {len(pairs):,} pairs ({answers}); "
        f"{sum(pair.agrees for pair in pairs):,} agree, {sum(pair.is_wrong for pair in pairs)} wrong, "
        f"{len(near)} within 1 mm of a limit; furthest apart: "
        f"{worst['area_m2']:.3f} m², {worst['share_percent']:.4f} %, {worst['distance_m']:.4f} m; {seconds:.0f} s"
    )


def where(pair: Judged) -> str:
    margin = f"margin {pair.found.margin_m} m" if pair.found else "no hit"
    limit = "within 1 mm of its limit" if pair.oracle.near_limit else "WRONG"
    return f"depth {pair.oracle.depth:.4f} m, {pair.oracle.distance:.4f} m apart, {margin}: {limit}"


def main() -> int:
    from django.db import connections
    from django.test.utils import setup_databases, teardown_databases

    connections["default"].settings_dict["TEST"]["NAME"] = SCRATCH
    scratch = setup_databases(verbosity=0, interactive=False)
    every: list[Judged] = []
    try:
        for kind, count in WHOLE.items():
            start = time.monotonic()
            pairs = judged(kind, count, SEED)
            print(summary(pairs, time.monotonic() - start), flush=True)
            every += pairs
    finally:
        connections.close_all()
        teardown_databases(scratch, verbosity=0)
    for pair in every:
        if pair.is_wrong or pair.oracle.near_limit:
            print(f"  {pair.kind} {pair.number}: oracle {pair.oracle.answer}, portal {pair.answer}; {where(pair)}")
    near = sum(pair.oracle.near_limit for pair in every)
    print(f"{len(every):,} pairs in all, {sum(pair.is_wrong for pair in every)} wrong, {near} within 1 mm of a limit")
    return int(any(pair.is_wrong for pair in every) or near > NEAR_LIMIT_AT_MOST * len(every))


if __name__ == "__main__":
    sys.exit(main())
