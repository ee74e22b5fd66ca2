"""Finding and keeping the stretches that are worth measuring: heavy, so after publishing, not while one asks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.contrib.gis.geos import GEOSGeometry
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from importers.publish.publishing import CONNECTION
from layers import catalogue
from layers.declare import Layer
from layers.ground.coverage import COVERAGE
from layers.ground.parcels import PARCELS
from layers.queries import snapshots, stretches
from layers.queries.stretches import Found
from layers.revisions import Revision
from layers.stretches import Measurable, Stretch

Tell = Callable[[str, int, int], None]


def compute(day: date | None = None, tell: Tell | None = None) -> int | None:
    """Look again at each layer whose answers may have changed; the newest snapshot, None when nothing is published.

    `tell` hears of each layer: its slug, its undecided answers, how many of them measuring would make certain."""
    snapshot = snapshots.newest()
    if snapshot is None:
        return None
    for layer in stale():
        today = day or timezone.localdate()
        found = stretches.found(layer, snapshot, today, using=CONNECTION)
        kept = keep(layer, found, snapshot, today)
        if tell:
            tell(layer.slug, kept.answers, kept.by_zone)
    return snapshot


def keep(layer: Layer, found: list[Found], snapshot: int, day: date) -> Measurable:
    rows = [
        Stretch(
            layer=layer.slug,
            row_id=one.row_id,
            commune_code=one.commune_code or "",
            length_m=one.length_m,
            won=one.won,
            shared=one.shared,
            own=one.own,
            neither=one.neither,
            geom=GEOSGeometry(memoryview(one.wkb), srid=9209),
        )
        for one in found
    ]
    totals = {name: getattr(found[0], name) if found else 0 for name in ("answers", "by_zone", "by_own")}
    with transaction.atomic(using=CONNECTION):
        Stretch.objects.using(CONNECTION).filter(layer=layer.slug).delete()
        Stretch.objects.using(CONNECTION).bulk_create(rows, batch_size=1000)
        when = {"snapshot": snapshot, "day": day, "computed_at": timezone.now()}
        return Measurable.objects.using(CONNECTION).update_or_create(layer=layer.slug, defaults=when | totals)[0]


def stale() -> list[Layer]:
    """The layers never looked at, or published since; a new cadastre or new coverage concerns all of them."""
    rows = Revision.objects.using(CONNECTION).order_by().values_list("layer").annotate(newest=Max("number"))
    newest: dict[str, int] = dict(rows)
    ground = max(newest.get(PARCELS.slug, 0), newest.get(COVERAGE.slug, 0))
    seen = dict(Measurable.objects.using(CONNECTION).values_list("layer", "snapshot"))
    there = [layer for layer in catalogue.reported() if layer.slug in newest]
    return [layer for layer in there if seen.get(layer.slug, 0) < max(newest[layer.slug], ground)]
