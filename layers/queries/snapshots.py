"""Which snapshot there is, and what of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from layers.queries import prepared
from layers.revisions import Revision

DEMO_NOTE = "demo"
NEWEST_OF_EACH = """
    SELECT DISTINCT ON (layer) layer, number, digest, (SELECT max(number) FROM layers_revision), stands
    FROM layers_revision WHERE number <= %(snapshot)s
    ORDER BY layer, number DESC"""


def newest() -> int | None:
    """The number of the newest revision: the portal's snapshot. None when nothing was ever published."""
    [(number,)] = prepared.rows("default", "SELECT max(number) FROM layers_revision", {})
    return None if number is None else int(number)


def published_at(snapshot: int) -> datetime:
    """When a snapshot became the portal's."""
    return Revision.objects.values_list("published_at", flat=True).get(number=snapshot)


def history(most: int) -> list[Revision]:
    """The newest publications, newest first."""
    return list(Revision.objects.order_by("-number")[:most])


def is_demo() -> bool:
    """Whether any published data are made up."""
    return Revision.objects.filter(note=DEMO_NOTE).exists()


def of_layer(slug: str, snapshot: int) -> Revision | None:
    """The newest revision of the layer within the snapshot; None when it was not published by then."""
    return Revision.objects.filter(layer=slug, number__lte=snapshot).order_by("-number").first()


def published(snapshot: int) -> set[str]:
    """Slugs of the layers that had been published by the snapshot, and not been taken back altogether."""
    return set(editions(snapshot))


def editions(snapshot: int) -> dict[str, Edition]:
    """Which edition of each layer stood at the snapshot, by slug, without layers that were taken back altogether.

    An edition holds the same rows for ever, so what was read of it may be kept; what is withdrawn from it later comes
    with a publication, and so with another edition."""
    found = prepared.rows("default", NEWEST_OF_EACH, {"snapshot": snapshot})
    return {slug: Edition(number, digest, newest) for slug, number, digest, newest, stands in found if stands}


class Edition(NamedTuple):
    """A layer's revision by number and digest, and the newest number of all when it was looked up."""

    number: int
    digest: str
    newest: int


@contextmanager
def reading(using: str = "default") -> Iterator[None]:
    """One REPEATABLE READ transaction: a page's snapshot and all its data cannot disagree."""
    with prepared.steady(using), transaction.atomic(using=using):
        yield
