"""Putting the demo province together and publishing it, all of it or nothing."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from typing import NamedTuple

import pandas as pd
from django.db import transaction

from importers import ground
from importers.demo import (
    communes,
    coverage,
    land_use,
    layout,
    lineage,
    parcels,
    prices,
    recipes,
    rules,
    scenery,
    sheets,
    water,
)
from importers.demo.plane import SEED, outlines
from importers.demo.themes import RECIPES
from importers.publish import Delivery, publish
from layers import catalogue
from layers.declare import Layer
from layers.ground.admin_units import ADMIN_SUCCESSIONS, ADMIN_UNITS
from layers.ground.coverage import COVERAGE
from layers.ground.map_sheets import MAP_SHEETS
from layers.ground.parcels import PARCEL_SUCCESSIONS, PARCELS
from layers.ground.places import PLACE_NAMES, ROADS, WATERS
from layers.queries.snapshots import DEMO_NOTE
from layers.revisions import Revision
from layers.rulebook.permissions import PERMISSIONS
from layers.rulebook.procedures import PROCEDURES
from layers.rulebook.statutory_distances import STATUTORY_DISTANCES
from layers.rulebook.uncomputed_rules import UNCOMPUTED_RULES

SMALLEST = 2000

Tell = Callable[[Layer, int], None]
"""Called when a layer begins (with how many rows it has, about) and returned to with rows done by `Advance`."""
Advance = Callable[[int], None]


class DemoRefused(Exception):
    """Why the demo cannot be published here, in one sentence."""


class Part(NamedTuple):
    layer: Layer
    rows: int
    frames: Iterable[pd.DataFrame]


def delivery(size: int) -> Delivery:
    digest = hashlib.sha256(f"demo {SEED} {size}".encode()).hexdigest()
    return Delivery(f"demo {size}", digest, "demo", note=DEMO_NOTE)


def is_there(size: int) -> bool:
    """Whether the demo of that size is what was published last. Raises DemoRefused when other data are published."""
    history = Revision.objects.using("publish")
    real = history.exclude(note__in=(DEMO_NOTE, ground.NOTE)).order_by("number").first()
    if real:
        raise DemoRefused(
            f"Revision {real.number} ({real.layer}) is not demo data and would mix with it: use another database."
        )
    last = history.filter(note=DEMO_NOTE).order_by("-number").first()
    return last is not None and last.delivery_name == delivery(size).name


def publish_demo(size: int, today: date, tell: Tell, advance: Advance) -> None:
    """Publish the province of so many parcels in one transaction. `advance` hears of rows as they are sent."""
    plan = layout.plan(size)
    numbered = sheets.number_sheets(plan)
    said = delivery(size)
    with transaction.atomic(using="publish"), without_collector():
        for part in parts(plan, numbered, today):
            tell(part.layer, part.rows)
            publish(part.layer, part.frames, said, whole_layer=True, progress=advance)
        change_parcels(lineage.second(plan, numbered), said, tell, advance)


def parts(plan: layout.Plan, numbered: sheets.Sheets, today: date) -> Iterator[Part]:
    """Every layer but the lineage, in the order of publishing. Parcels are drawn when they are asked for."""
    units = ground.with_shapes(
        ground.communes(), communes.shapes(plan.cells.owner, outlines(plan.cells.i, plan.cells.j))
    )
    whole: tuple[tuple[Layer, Callable[[], pd.DataFrame]], ...] = (
        (ADMIN_UNITS, lambda: units),
        (ADMIN_SUCCESSIONS, ground.successions),
        (MAP_SHEETS, lambda: sheets.frame(plan, numbered)),
        (WATERS, lambda: scenery.waters(plan)),
        (ROADS, lambda: scenery.roads(plan)),
        (PLACE_NAMES, lambda: scenery.place_names(plan)),
        (catalogue.get("planned-land-use"), lambda: land_use.frame(plan)),
        (catalogue.get("groundwater-zones"), lambda: water.groundwater(plan)),
        (catalogue.get("source-corridors"), lambda: water.corridors(plan)),
        (catalogue.get("licensed-wells"), lambda: water.wells(plan, today)),
        *(
            (catalogue.get(recipe.slug), partial(recipes.frame, recipe, place, plan))
            for place, recipe in enumerate(RECIPES)
        ),
        (catalogue.get("land-prices"), lambda: prices.frame(plan)),
        (COVERAGE, lambda: coverage.frame(plan)),
        (PROCEDURES, lambda: rules.table(PROCEDURES.slug)),
        (PERMISSIONS, lambda: rules.table(PERMISSIONS.slug)),
        (STATUTORY_DISTANCES, lambda: rules.table(STATUTORY_DISTANCES.slug)),
        (UNCOMPUTED_RULES, lambda: rules.table(UNCOMPUTED_RULES.slug)),
    )
    for layer, draw in whole:
        frame = draw()
        yield Part(layer, len(frame), [frame])
    count = len(plan.cells.communes)
    yield Part(PARCELS, plan.parcels, (parcels.of_commune(plan, numbered, index) for index in range(count)))


def change_parcels(edition: lineage.Edition, said: Delivery, tell: Tell, advance: Advance) -> None:
    """The second edition of the parcels: some split, some merged, and the lineage that says so."""
    tell(PARCELS, sum(len(frame) for frame in edition.frames))
    revision = publish(PARCELS, edition.frames, said, progress=advance)
    if revision is None:
        raise RuntimeError("the second edition of the demo changed nothing")
    tell(PARCEL_SUCCESSIONS, len(edition.links))
    rows = lineage.successions(edition.links, revision.number)
    publish(PARCEL_SUCCESSIONS, [rows], said, whole_layer=True, progress=advance)


@contextmanager
def without_collector() -> Iterator[None]:
    """Millions of small objects that refer to nothing: looking for cycles among them takes half of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
