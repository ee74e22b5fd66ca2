"""What people search, drawn from the data by a fixed seed: twelve kinds, every second query with a slip of the finger.

Each query knows what it means, so that a bench of two million parcels also says whether the meant result comes first.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.gis.db.models.functions import PointOnSurface, Transform

from bench.sample import SEED, plots, without_marks
from layers.declare import Layer
from layers.ground.admin_units import NEW, OLD, AdminUnit
from layers.ground.map_sheets import MapSheet
from layers.ground.parcels import Parcel
from layers.ground.places import PLACE_NAMES, ROADS, WATERS
from layers.queries.search_records import searched
from layers.versioned import Versioned

OF_A_KIND = 25
TODAY = {"until": None}


@dataclass(frozen=True)
class Asked:
    """`meant`: the id of a parcel, or a title."""

    kind: str
    query: str
    meant: int | str


def queries() -> list[Asked]:
    """Twelve kinds, as many of each as the data have, at most `OF_A_KIND`."""
    chance = random.Random(SEED + 4)
    return [
        Asked(kind, slip(kind, query, chance) if place % 2 else query, meant)
        for kind, draw in KINDS.items()
        for place, (query, meant) in enumerate(draw(chance))
    ]


Drawn = Iterator[tuple[str, int | str]]


def by_new_numbers(chance: random.Random) -> Drawn:
    for plot in plots(OF_A_KIND, SEED + 5):
        yield f"thửa {plot.parcel_no} tờ {plot.sheet_no} {plot.commune}", plot.feature_id


def by_old_numbers(chance: random.Random) -> Drawn:
    districts = dict(AdminUnit.objects.filter(**TODAY, edition=OLD).values_list("code", "district"))
    for parcel in some(Parcel.objects.filter(**TODAY).exclude(old_parcel_no=""), chance):
        commune = AdminUnit.objects.get(**TODAY, edition=OLD, code=parcel.old_commune_code).name
        place = f"{commune}, {districts[parcel.old_commune_code]}"
        yield f"thửa {parcel.old_parcel_no} tờ {parcel.old_sheet_no} {place}", parcel.feature_id


def in_short(chance: random.Random) -> Drawn:
    for plot in plots(OF_A_KIND, SEED + 6):
        yield f"{plot.sheet_no}/{plot.parcel_no} {plot.commune}", plot.feature_id


def on_extract_sheets(chance: random.Random) -> Drawn:
    communes = dict(AdminUnit.objects.filter(**TODAY, edition=NEW).values_list("code", "name"))
    for sheet in some(MapSheet.objects.filter(**TODAY, sheet_no__startswith="TĐ"), chance):
        numbers = {"commune_code": sheet.commune_code, "sheet_key": sheet.sheet_key}
        parcel = Parcel.objects.filter(**TODAY, **numbers).earliest("parcel_key")
        yield f"{parcel.sheet_no} thửa {parcel.parcel_no}, {communes[parcel.commune_code]}", parcel.feature_id


def by_code(chance: random.Random) -> Drawn:
    for parcel in some(Parcel.objects.filter(**TODAY).exclude(parcel_code=""), chance):
        yield parcel.parcel_code, parcel.feature_id


def by_degrees(chance: random.Random) -> Drawn:
    for plot in plots(OF_A_KIND, SEED + 7):
        yield f"{plot.lat:.6f}, {plot.lon:.6f}", plot.feature_id


def by_seconds(chance: random.Random) -> Drawn:
    for plot in plots(OF_A_KIND, SEED + 8):
        yield f"{seconds(plot.lat)}B {seconds(plot.lon)}Đ", plot.feature_id


def seconds(degrees: float) -> str:
    whole, minutes = divmod(degrees * 60, 60)
    return f"{whole:.0f}°{int(minutes):02d}'{minutes % 1 * 60:07.4f}\""


def by_metres(chance: random.Random) -> Drawn:
    point = Transform(PointOnSurface("geom"), 9209)
    ids = [plot.feature_id for plot in plots(OF_A_KIND, SEED + 9)]
    for parcel in Parcel.objects.filter(**TODAY, feature_id__in=ids).annotate(point=point).order_by("feature_id"):
        yield f"{parcel.point.y:.2f} {parcel.point.x:.2f}", parcel.feature_id


def by_number(chance: random.Random) -> Drawn:
    for record in records(chance):
        yield record.code, record.name


def by_name(chance: random.Random) -> Drawn:
    for record in records(chance):
        yield record.name, record.name


def records(chance: random.Random) -> list[Any]:
    """Records of the themes, of each layer about as many."""
    layers = [layer for layer in searched() if layer.theme != "ground" and "code" in layer.search]
    each = 1 + OF_A_KIND // len(layers)
    return [record for layer in layers for record in some(current(layer), chance, each)][:OF_A_KIND]


def by_place(chance: random.Random) -> Drawn:
    each = 1 + OF_A_KIND // 3
    drawn = [record for layer in (ROADS, WATERS, PLACE_NAMES) for record in some(current(layer), chance, each)]
    for record in drawn[:OF_A_KIND]:
        yield record.name, record.name


def by_commune(chance: random.Random) -> Drawn:
    for unit in some(AdminUnit.objects.filter(**TODAY), chance):
        yield (f"{unit.name}, {unit.district}" if unit.district else unit.name), unit.name


KINDS: dict[str, Callable[[random.Random], Drawn]] = {
    "new numbers": by_new_numbers,
    "old numbers": by_old_numbers,
    "sheet and parcel in short": in_short,
    "extract sheets": on_extract_sheets,
    "parcel codes": by_code,
    "WGS 84 in decimals": by_degrees,
    "degrees, minutes, seconds": by_seconds,
    "VN-2000 in metres": by_metres,
    "numbers of records": by_number,
    "names of records": by_name,
    "roads, rivers and places": by_place,
    "communes": by_commune,
}
PLACED = {"WGS 84 in decimals", "degrees, minutes, seconds", "VN-2000 in metres"}


def lists() -> list[dict[str, str]]:
    """Filters without a query: zones in force of a commune, parcels of a commune by area, what lies in a view."""
    chance = random.Random(SEED + 10)
    units = AdminUnit.objects.filter(**TODAY, edition=NEW).exclude(geom=None)
    communes = [unit.code for unit in some(units, chance)]
    views = [
        f"{p.lon - 0.01:.4f},{p.lat - 0.01:.4f},{p.lon + 0.01:.4f},{p.lat + 0.01:.4f}" for p in plots(25, SEED + 11)
    ]
    return [
        *({"kind": "zone", "state": "in-force", "commune": code} for code in communes),
        *({"kind": "parcel", "commune": code, "area_from": "300", "area_to": "500"} for code in communes),
        *({"kind": "zone", "bbox": view, "sort": "distance"} for view in views),
        *({"kind": "parcel", "bbox": view, "sort": "area"} for view in views),
    ]


def current(layer: Layer) -> Any:
    model: type[Versioned] = layer.model
    return model._default_manager.filter(until=None).exclude(**{layer.label: ""})


def some(rows: Any, chance: random.Random, count: int = OF_A_KIND) -> list[Any]:
    """So many rows in an order of chance, without reading a large table to its end."""
    ids: Sequence[int] = list(rows.order_by("row_id").values_list("row_id", flat=True)[:20_000])
    drawn = chance.sample(ids, min(count, len(ids)))
    found = {row.row_id: row for row in rows.filter(row_id__in=drawn)}
    return [found[row_id] for row_id in drawn]


def slip(kind: str, query: str, chance: random.Random) -> str:
    """A mistake that people make in such a query: marks and letters of words, order and signs of numbers."""
    if kind in PLACED:
        first, _, second = query.partition(", " if ", " in query else " ")
        return f"{second} {first}"
    if kind == "parcel codes":
        return f"mã {query.upper()}"
    if kind == "numbers of records":
        return without_marks(query).replace("-", " ")
    if kind in ("new numbers", "old numbers", "names of records", "communes") and chance.random() < 0.5:
        at = chance.randrange(len(query) - 4, len(query))
        return query[:at] + query[at + 1 :]
    return without_marks(query)
