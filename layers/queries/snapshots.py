"""Which snapshot there is, and what of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections, transaction

from layers.queries import prepared
from layers.revisions import Revision

DEMO_NOTE = "demo"
NEWEST_OF_EACH = """
    SELECT DISTINCT ON (layer) layer, stands FROM layers_revision WHERE number <= %(snapshot)s
    ORDER BY layer, number DESC"""


def newest() -> int | None:
    """The number of the newest revision: the portal's snapshot. None when nothing was ever published."""
    [(number,)] = prepared.rows("default", "SELECT max(number) FROM layers_revision", {})
    return None if number is None else int(number)


def is_demo() -> bool:
    """Whether any published data are made up."""
    return Revision.objects.filter(note=DEMO_NOTE).exists()


def of_layer(slug: str, snapshot: int) -> Revision | None:
    """The newest revision of the layer within the snapshot; None when it was not published by then."""
    return Revision.objects.filter(layer=slug, number__lte=snapshot).order_by("-number").first()


def published(snapshot: int) -> set[str]:
    """Slugs of the layers that had been published by the snapshot, and not been taken back altogether."""
    return {slug for slug, stands in prepared.rows("default", NEWEST_OF_EACH, {"snapshot": snapshot}) if stands}


@contextmanager
def reading(using: str = "default") -> Iterator[None]:
    """One REPEATABLE READ transaction: a page's snapshot and all its data cannot disagree."""
    with transaction.atomic(using=using):
        connection = connections[using]
        if not connection.savepoint_ids:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield
