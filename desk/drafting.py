"""The features of a delivery as rows to look at: drawn, listed, side by side with what is published."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.contrib.gis.geos import GEOSGeometry
from django.db import transaction

from desk.models import Delivery, Draft
from importers import drafts
from importers.publish import Change

AT_ONCE = 2_000


def keep(delivery: Delivery, frame: Any, changes: tuple[Change, ...]) -> None:
    """Replace the delivery's drafts; each knows whether it would add, change or leave a feature."""
    kinds = {change.place: change.kind for change in changes if change.place is not None}
    rows = all_of(delivery, frame, kinds)
    with transaction.atomic():
        delivery.drafts.all().delete()
        while some := list(islice(rows, AT_ONCE)):
            Draft.objects.bulk_create(some)
        Draft.objects.bulk_create(gone(delivery, changes), batch_size=AT_ONCE)


def all_of(delivery: Delivery, frame: Any, kinds: dict[int, str]) -> Iterator[Draft]:
    for place, row in enumerate(drafts.rows(frame, delivery.layer)):
        shape = GEOSGeometry(memoryview(row.shape), srid=9209) if row.shape else None
        kind = kinds.get(place, "same") if kinds else "same"
        yield Draft(delivery=delivery, row=row.row, key=named(row.key), kind=kind, values=row.values, geom=shape)


def gone(delivery: Delivery, changes: tuple[Change, ...]) -> list[Draft]:
    """Published features the delivery would remove: told by their key, drawn from what is published."""
    return [
        Draft(delivery=delivery, row=0, key=named(change.key), kind="removed", values={"id": change.feature_id})
        for change in changes
        if change.kind == "removed"
    ]


def named(key: tuple[str, ...]) -> str:
    return " / ".join(part for part in key if part)[:200]
