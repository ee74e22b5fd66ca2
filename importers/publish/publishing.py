"""Compare and publish: the transaction in which a delivery becomes a revision."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import pandas as pd
from django.db import connections, transaction
from django.utils import timezone
from psycopg import Cursor

from importers.publish import rows, twins
from importers.publish.delivery import Delivery, Difference
from importers.publish.staging import Progress, differ, stage
from layers.declare import Layer
from layers.revisions import Revision

CONNECTION = "publish"
# Any number will do; everybody who publishes takes the same one, so publications stand in a row.
PUBLISH_LOCK = 9209_2025


def raw_cursor() -> Cursor:
    """psycopg's own cursor on the publishing connection: COPY and composed SQL need it."""
    connections[CONNECTION].ensure_connection()
    cursor: Cursor = connections[CONNECTION].connection.cursor()
    return cursor


def hold_lock(cursor: Cursor) -> None:
    """Whoever changes what is published holds this until the transaction ends; the others wait in a row."""
    cursor.execute("SELECT pg_advisory_xact_lock(%s)", (PUBLISH_LOCK,))


def compare(layer: Layer, frames: Iterable[pd.DataFrame], *, whole_layer: bool = False) -> Difference:
    """What publishing these rows would change; nothing is written. Raises PublishRefused."""
    with transaction.atomic(using=CONNECTION), raw_cursor() as cursor:
        stage(cursor, layer, frames)
        return differ(cursor, layer, whole_layer=whole_layer)


def publish(
    layer: Layer,
    frames: Iterable[pd.DataFrame],
    delivery: Delivery,
    *,
    whole_layer: bool = False,
    progress: Progress | None = None,
) -> Revision | None:
    """Publish rows as a new revision, all or nothing; None when they change nothing. Raises PublishRefused."""
    with transaction.atomic(using=CONNECTION), raw_cursor() as cursor:
        hold_lock(cursor)
        stage(cursor, layer, frames, progress)
        difference = differ(cursor, layer, whole_layer=whole_layer)
        if difference.changes_nothing:
            return None
        number = rows.next_number(cursor)
        with rows.bulk_load(cursor, layer, difference.added):
            rows.close(cursor, layer, number)
            rows.open_versions(cursor, layer, number)
        twins.follow(cursor, layer, number)
        return record(cursor, layer, number, difference, delivery)


def record(
    cursor: Cursor,
    layer: Layer,
    number: int,
    difference: Difference,
    delivery: Delivery,
    *,
    undoes: int | None = None,
    stands: bool = True,
) -> Revision:
    """Write the revision; its digest chains the layer's previous one with the rows opened and closed."""
    before = Revision.objects.using(CONNECTION).filter(layer=layer.slug).order_by("-number").first()
    chain = hashlib.sha256(before.digest.encode() if before else b"")
    chain.update(rows.change_digest(cursor).encode())
    return Revision.objects.using(CONNECTION).create(
        number=number,
        layer=layer.slug,
        published_at=timezone.now(),
        publisher=delivery.publisher,
        approver=delivery.approver,
        delivery_name=delivery.name,
        delivery_sha256=delivery.sha256,
        note=delivery.note,
        added=difference.added,
        changed=difference.changed,
        removed=difference.removed,
        digest=chain.hexdigest(),
        undoes=undoes,
        stands=stands,
    )
