"""Which zones touch a parcel or site, and how sure that is. The whole decision is one query over all layers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q

from layers.declare import Layer
from layers.queries import prepared
from layers.queries.files import sql_file
from layers.queries.subjects import Subject
from layers.regulated import IN_FORCE
from layers.twins import ZonePiece

# Less uncovered ground than this (m²) is the rounding of two neighbouring coverage rows, not a hole.
NO_HOLE_M2 = 0.01


@dataclass(frozen=True)
class Ground:
    """What coverage says of one layer on one subject. `accuracy_m` is the worst that holds there, None if unknown."""

    accuracy_m: float | None
    uncovered_percent: Decimal
    is_covered: bool
    coverage_rows: tuple[int, ...] = ()


UNCOVERED = Decimal("100.00")


@dataclass(frozen=True)
class Hit:
    """A zone within the margin of a subject: the row it is, and the answer for it. Units as in `ZoneFinding`."""

    layer: str
    row_id: int
    answer: str
    area_m2: Decimal | None
    share_percent: Decimal | None
    length_m: Decimal | None
    distance_m: Decimal
    margin_m: Decimal
    whole_parcels: bool


def ground_of(subject: Subject, layers: tuple[Layer, ...], snapshot: int) -> dict[str, Ground]:
    """Coverage and accuracy of each layer on the subject, by slug; a layer nobody surveyed is uncovered."""
    found = {
        slug: Ground(accuracy, percent, uncovered <= NO_HOLE_M2, tuple(row_ids))
        for slug, row_ids, accuracy, uncovered, percent in asked(
            subject,
            "coverage",
            snapshot=snapshot,
            layers=[layer.slug for layer in layers],
            accuracies=[layer.accuracy_m for layer in layers],
        )
    }
    return {layer.slug: found.get(layer.slug, Ground(layer.accuracy_m, UNCOVERED, False)) for layer in layers}


def hits(subject: Subject, accuracy: float, known: dict[str, float | None], snapshot: int, day: date) -> list[Hit]:
    """The zones of the layers in `known` (slug: accuracy in metres) within their margins, strongest first a layer.
    `accuracy`: the subject's own, in metres."""
    return [
        Hit(*row)
        for row in asked(
            subject,
            "zones",
            parcel_accuracy=accuracy,
            layers=list(known),
            accuracies=list(known.values()),
            snapshot=snapshot,
            day=day,
            in_force=IN_FORCE,
        )
    ]


def without_accuracy(layers: list[str], snapshot: int, using: str = "default") -> set[str]:
    """Those of the layers that hold a record whose accuracy nobody knows: what lies near it cannot be decided."""
    if not layers:
        return set()
    pieces = ZonePiece.objects.using(using).filter(layer__in=layers, since__lte=snapshot)
    unknown = pieces.filter(accuracy_m=None, whole_parcels=False)
    held = unknown.filter(Q(until=None) | Q(until__gt=snapshot))
    return set(held.values_list("layer", flat=True).distinct())


def asked(subject: Subject, name: str, **parameters: Any) -> list[tuple[Any, ...]]:
    """The rows of a query file that asks about a subject."""
    return prepared.rows("default", subject.asked_in(name), {**subject.values, **parameters})


def rows(name: str, **parameters: Any) -> list[tuple[Any, ...]]:
    return prepared.rows("default", sql_file(name), parameters)
