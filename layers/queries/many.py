"""The questions of an answer, asked about many parcels in one statement each: what a delivery would change is asked so.

Each is the very query of a single answer (`layers/sql/`), once for every row: no second rule that could differ.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import connections

from layers.declare import Layer
from layers.queries import composition
from layers.queries.composition import GRID_M, Part
from layers.queries.files import sql_file
from layers.queries.undecided import Standing
from layers.queries.zones import NO_HOLE_M2, UNCOVERED, Ground, Hit
from layers.regulated import IN_FORCE

EACH = """
SELECT many.row_id, answer.* FROM unnest(%(rows)s::bigint[], %(own_accuracies)s::float8[]) AS many(row_id, accuracy_m)
CROSS JOIN LATERAL ({query}) AS answer"""
SUBJECT = "layers_parcel WHERE row_id = many.row_id"


def grounds(
    parcels: Sequence[Standing], layers: Sequence[Layer], snapshot: int, using: str
) -> dict[int, dict[str, Ground]]:
    """What coverage says of each layer, by the parcels' rows and by slug; as `zones.ground_of`."""
    values = {"layers": [layer.slug for layer in layers], "accuracies": [layer.accuracy_m for layer in layers]}
    uncovered = {layer.slug: Ground(layer.accuracy_m, UNCOVERED, False) for layer in layers}
    found = {parcel.row_id: dict(uncovered) for parcel in parcels}
    query = sql_file("coverage").replace("{subject}", SUBJECT)
    for row, slug, row_ids, accuracy, bare, percent in asked(query, parcels, using, snapshot=snapshot, **values):
        if slug in uncovered:
            found[row][slug] = Ground(accuracy, percent, bare <= NO_HOLE_M2, tuple(row_ids))
    return found


def hits(
    parcels: Sequence[Standing], known: dict[str, float | None], snapshot: int, day: date, using: str
) -> dict[int, list[Hit]]:
    """The zones of the layers in `known` near each parcel, whose own accuracy must be given; as `zones.hits`."""
    query = sql_file("zones").replace("{subject}", SUBJECT)
    found: dict[int, list[Hit]] = defaultdict(list)
    for row, *hit in asked(
        query,
        parcels,
        using,
        layers=list(known),
        accuracies=list(known.values()),
        snapshot=snapshot,
        day=day,
        in_force=IN_FORCE,
    ):
        found[row].append(Hit(*hit))
    return found


def parts(
    layer: Layer, parcels: Sequence[Standing], accuracy: float | None, snapshot: int, day: date, using: str
) -> dict[int, list[Part]]:
    """What a layer that covers the ground makes of each parcel; as `composition.parts`."""
    query = composition.statement(layer.slug, SUBJECT)
    found: dict[int, list[Part]] = defaultdict(list)
    for row, row_ids, *figures in asked(
        query,
        parcels,
        using,
        accuracy=accuracy,
        no_hole=NO_HOLE_M2,
        grid=GRID_M,
        snapshot=snapshot,
        day=day,
        in_force=IN_FORCE,
    ):
        found[row].append(Part(tuple(row_ids), *figures))
    return found


def asked(query: str, parcels: Sequence[Standing], using: str, **values: Any) -> list[tuple[Any, ...]]:
    own: dict[str, Any] = {
        "rows": [parcel.row_id for parcel in parcels],
        "own_accuracies": [parcel.accuracy_m for parcel in parcels],
    }
    statement = EACH.replace("{query}", query.replace("%(parcel_accuracy)s", "many.accuracy_m"))
    with connections[using].cursor() as cursor:
        cursor.execute(statement, {**own, **values})
        return list(cursor.fetchall())
