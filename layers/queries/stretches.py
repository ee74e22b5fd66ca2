"""Where measuring a zone's border makes answers certain: found over the whole present, and read as it was kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import connections
from django.db.models import F, FloatField, QuerySet
from django.db.models.functions import Cast, Greatest

from layers.declare import Layer
from layers.ground.admin_units import NEW
from layers.ground.parcels import PARCELS
from layers.queries.files import sql_file
from layers.regulated import IN_FORCE
from layers.stretches import Stretch

# As much border as two people set out and measure in half a day.
LONGEST_M = 300.0
# What a border or outline is accurate to once it was measured: GNSS with corrections, or a total station.
MEASURED_M = 0.1
# A shorter stretch costs the way there as well, so it is ranked as if it were so long.
LEAST_M = 50.0


@dataclass(frozen=True)
class Found:
    """A stretch as it was found, its shape as WKB in EPSG:9209; then what holds for its whole layer."""

    row_id: int
    length_m: float
    won: int
    shared: int
    own: int
    neither: int
    commune_code: str | None
    wkb: bytes
    answers: int
    by_zone: int
    by_own: int


def found(layer: Layer, snapshot: int, day: date, using: str) -> list[Found]:
    """Every stretch of the layer near which an answer is undecided. Minutes for a province of millions of parcels."""
    values = {
        "layer": layer.slug,
        "accuracy": layer.accuracy_m,
        "parcels": PARCELS.slug,
        "parcel_accuracy": PARCELS.accuracy_m,
        "snapshot": snapshot,
        "day": day,
        "in_force": IN_FORCE,
        "edition": NEW,
        "longest": LONGEST_M,
        "measured": MEASURED_M,
    }
    with connections[using].cursor() as cursor:
        cursor.execute(sql_file("stretches"), values)
        return [Found(*row) for row in cursor.fetchall()]


def best(layer: str = "", commune: str = "") -> QuerySet[Stretch]:
    """What was kept, most answers won a metre first; `per_m` is that rate. Empty words: everywhere."""
    kept = Stretch.objects.filter(won__gt=0) | Stretch.objects.filter(shared__gt=0)
    if layer:
        kept = kept.filter(layer=layer)
    if commune:
        kept = kept.filter(commune_code=commune)
    rate = Cast(F("won"), FloatField()) / Greatest(F("length_m"), LEAST_M)
    return kept.annotate(per_m=rate).order_by("-per_m", "-shared", "pk")
