"""Computing and keeping the undecided rates of the newest snapshot: heavy, so after publishing, not while one asks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.db.models import Max
from django.utils import timezone

from importers.publish.publishing import CONNECTION
from layers.ground.parcels import Parcel
from layers.queries import snapshots, undecided
from layers.report.undecided import count
from layers.undecided import UndecidedRate

# Rates of so many snapshots stay, for those who look at the board while new ones are computed.
KEPT = 3

Tell = Callable[[str, int, int], None]


def compute(day: date | None = None, tell: Tell | None = None) -> int | None:
    """Compute what the newest snapshot still lacks, commune by commune; its number, None when nothing is published.

    `tell` hears of each commune: its code, how many are done, of how many. A run that was stopped is gone on with."""
    snapshot = snapshots.newest()
    if snapshot is None:
        return None
    with snapshots.reading():
        parcels = undecided.counted(snapshot)
    done = set(UndecidedRate.objects.filter(snapshot=snapshot).values_list("commune_code", flat=True))
    for place, commune in enumerate(sorted(parcels), 1):
        if commune not in done:
            keep(snapshot, commune, parcels[commune], day or timezone.localdate())
        if tell:
            tell(commune, place, len(parcels))
    forget_old(snapshot)
    return snapshot


def keep(snapshot: int, commune: str, parcels: int, day: date) -> None:
    with snapshots.reading():
        counts = count(commune, parcels, snapshot, day)
    UndecidedRate.objects.using(CONNECTION).bulk_create(
        UndecidedRate(
            snapshot=snapshot,
            commune_code=commune,
            theme=found.theme,
            layer=found.layer,
            parcels=parcels,
            asked=found.asked,
            too_close=found.too_close,
            not_assessed=found.not_assessed,
            day=day,
            computed_at=timezone.now(),
        )
        for found in counts
    )


def is_due() -> bool:
    """Whether the newest snapshot lacks rates. Communes are computed in order, so the last one tells of all."""
    newest = snapshots.newest()
    last = Parcel.objects.filter(until=None).aggregate(last=Max("commune_code"))["last"]
    if newest is None or last is None:
        return False
    return not UndecidedRate.objects.filter(snapshot=newest, commune_code=last).exists()


def forget_old(snapshot: int) -> None:
    kept = UndecidedRate.objects.order_by("-snapshot").values_list("snapshot", flat=True).distinct()[:KEPT]
    UndecidedRate.objects.using(CONNECTION).filter(snapshot__lt=min([*kept, snapshot])).delete()
