"""Stored sheets that must go: they show what was withdrawn from every version, or their time is over.

The row stays with its code and dates, so that the page of the code can say what happened; the bytes are blanked.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from exports.sheets.stored import Sheet
from layers import catalogue
from layers.ground.parcels import PARCELS
from layers.withdrawals import Withdrawal


def name_of(layer: str, feature_id: int) -> str:
    return f"{layer}:{feature_id}"


def told(twin: dict[str, Any]) -> set[str]:
    """Names of all records that an answer tells of."""
    return {name_of(layer, feature_id) for layer, feature_id in named(twin)}


def named(twin: dict[str, Any]) -> Iterator[tuple[str, int]]:
    for theme in twin["themes"]:
        for finding in theme["layers"]:
            yield from ((finding["layer"]["slug"], zone["feature_id"]) for zone in finding["zones"])
        for plan in theme["compositions"]:
            for part in (*plan["parts"], *plan["possible"]):
                yield from ((plan["layer"]["slug"], record["feature_id"]) for record in part["records"])
    if card := twin.get("parcel"):
        yield from ((PARCELS.slug, one["feature_id"]) for one in (card, *card["parents"], *card["children"]))
    if card := twin.get("site"):
        yield from ((PARCELS.slug, one["feature_id"]) for one in card["parcels"])
    for one in (*twin.get("beside", ()), *twin.get("distances", ())):
        yield one["layer"], one["feature_id"]


def showing(withdrawal: Withdrawal) -> QuerySet[Sheet]:
    """Sheets of snapshots in which the record was public that may show it. Of a layer whose records a sheet does not
    tell apart (communes, coverage, rules) all of them: rather a sheet too many than one too few."""
    found = Sheet.objects.filter(
        withdrawn_at=None, pdf__isnull=False, snapshot__gte=withdrawal.since, snapshot__lt=withdrawal.number
    )
    if withdrawal.layer not in told_apart():
        return found
    return found.filter(tells__contains=[name_of(withdrawal.layer, withdrawal.feature_id)])


def told_apart() -> set[str]:
    layers = (*catalogue.mapped(), *catalogue.reported(), *catalogue.composed())
    return {layer.slug for layer in layers}


def withdraw_all() -> int:
    """Blank every stored sheet that shows something withdrawn; how many there were."""
    return sum(blank(showing(one), one) for one in Withdrawal.objects.order_by("number"))


def is_withdrawn(sheet: Sheet) -> bool:
    """Whether a sheet was withdrawn, or shows what was withdrawn since the worker last looked: then it is, now."""
    if sheet.withdrawn_at is None:
        for one in Withdrawal.objects.filter(since__lte=sheet.snapshot, number__gt=sheet.snapshot):
            if blank(showing(one).filter(code=sheet.code), one):
                sheet.refresh_from_db()
                break
    return sheet.withdrawn_at is not None


def blank(sheets: QuerySet[Sheet], withdrawal: Withdrawal) -> int:
    return sheets.update(
        pdf=None, answer=None, tells=[], withdrawn_at=withdrawal.withdrawn_at, withdrawn_reason=withdrawal.reason
    )


def expire(now: datetime) -> int:
    """Blank sheets older than the days of the setting; how many there were."""
    old = Sheet.kept().filter(issued_at__lt=now - timedelta(days=settings.SHEET_DAYS))
    return old.update(pdf=None, answer=None, tells=[])
