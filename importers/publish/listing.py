"""A delivery against what is published, feature by feature, and the layer's place in history at that moment."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pandas as pd
from django.db import transaction
from psycopg import sql

from importers.publish.delivery import Difference
from importers.publish.publishing import CONNECTION, PUBLISH_LOCK, raw_cursor
from importers.publish.staging import differ, names, stage
from layers.declare import Layer
from layers.revisions import Revision


@dataclass(frozen=True)
class Change:
    """`place` counts the delivered frame's rows from 0, None for a feature that would go; `feature_id` None: new."""

    kind: str
    place: int | None
    feature_id: int | None
    key: tuple[str, ...]


@dataclass(frozen=True)
class Compared:
    """`revision`: the layer's newest revision when it was compared, 0 before the first."""

    difference: Difference
    changes: tuple[Change, ...]
    revision: int


def compare_rows(layer: Layer, frame: pd.DataFrame, *, whole_layer: bool = False) -> Compared:
    """What publishing would change, with each feature added, changed or removed. Nothing is written.

    Raises PublishRefused."""
    with transaction.atomic(using=CONNECTION), raw_cursor() as cursor:
        revision = revision_of(layer)
        stage(cursor, layer, [frame])
        difference = differ(cursor, layer, whole_layer=whole_layer)
        query = sql.SQL(
            "SELECT fate, no, feature_id, {} FROM difference WHERE fate <> 'same' ORDER BY no, feature_id"
        ).format(names(layer.key))
        changes = [
            Change(fate, no, feature_id, tuple(str(part) for part in key))
            for fate, no, feature_id, *key in cursor.execute(query)
        ]
    return Compared(difference, tuple(changes), revision)


def revision_of(layer: Layer) -> int:
    newest = Revision.objects.using(CONNECTION).filter(layer=layer.slug).order_by("-number").first()
    return newest.number if newest else 0


@contextmanager
def alone() -> Iterator[None]:
    """One transaction of the publishing connection in which nobody else publishes."""
    with transaction.atomic(using=CONNECTION), raw_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", (PUBLISH_LOCK,))
        yield
