"""Withdrawing: the one exception to "nothing is overwritten", for what should never have been public.

Every version of the feature is blanked and made to hold for no snapshot; its twins go; older tiles of its layer answer
410. What was in a backup or in somebody's copy is beyond us: docs/operations.md says what an operator does about it.
"""

from __future__ import annotations

from typing import Any

from django.contrib.gis.db.models import GeometryField
from django.db import models, transaction
from django.utils import timezone
from psycopg import Cursor, sql

from importers.publish import rows, twins
from importers.publish.delivery import Delivery, Difference, PublishRefused
from importers.publish.publishing import CONNECTION, hold_lock, raw_cursor, record
from importers.publish.staging import names
from layers.declare import Layer
from layers.ground.coverage import COVERAGE
from layers.queries import withdrawn
from layers.revisions import Revision
from layers.stretches import Stretch
from layers.twins import CoveragePiece, ZoneEdge, ZonePiece
from layers.withdrawals import Withdrawal

# A digest of the old content would let somebody try out which name it had been.
NO_DIGEST = "00000000-0000-0000-0000-000000000000"
# Says itself when the row held, and for whom; everything else is content.
KEPT_COLUMNS = {"row_id", "feature_id", "since", "until", "digest"}

DIFFERENCE = """
CREATE TEMP TABLE difference ON COMMIT DROP AS
SELECT 'removed' AS fate, NULL::bigint AS no, NULL::uuid AS digest, row_id, feature_id, {key}
FROM {table} WHERE feature_id = {feature} AND until IS NULL
"""
NO_TWINS = "DELETE FROM {twin} WHERE {of_layer} AND row_id IN (SELECT row_id FROM {table} WHERE {which})"
BLANK = "UPDATE {table} SET since = {number}, until = {number}, digest = {no_digest}, {blanks} WHERE {which}"


def withdraw(layer: Layer, feature_id: int, *, reason: str, delivery: Delivery) -> Revision:
    """Blank a feature in all its versions; the history keeps that it was withdrawn, by whom and why.

    Raises PublishRefused: `two-officers` unless publisher and approver are named and different, `no-reason`,
    `unknown-feature`, `already-withdrawn`."""
    refuse_carelessness(reason, delivery)
    with transaction.atomic(using=CONNECTION), raw_cursor() as cursor:
        hold_lock(cursor)
        since = first_public(layer, feature_id)
        number = rows.next_number(cursor)
        removed = find_difference(cursor, layer, feature_id)
        twins.follow(cursor, layer, number)
        blank(cursor, layer, feature_id, number)
        revision = record(cursor, layer, number, Difference(0, 0, removed, 0), delivery, stands=stood(layer))
        Withdrawal.objects.using(CONNECTION).create(
            number=number,
            layer=layer.slug,
            feature_id=feature_id,
            since=since,
            reason=reason.strip(),
            publisher=delivery.publisher,
            approver=delivery.approver,
            withdrawn_at=timezone.now(),
        )
    withdrawn.forget()
    return revision


def refuse_carelessness(reason: str, delivery: Delivery) -> None:
    officers = {delivery.publisher.strip().casefold(), delivery.approver.strip().casefold()} - {""}
    if len(officers) < 2:
        raise PublishRefused("two-officers", [])
    if not reason.strip():
        raise PublishRefused("no-reason", [])


def first_public(layer: Layer, feature_id: int) -> int:
    if Withdrawal.objects.using(CONNECTION).filter(layer=layer.slug, feature_id=feature_id).exists():
        raise PublishRefused("already-withdrawn", [(str(feature_id),)])
    versions = layer.model._default_manager.using(CONNECTION).filter(feature_id=feature_id)
    since = versions.aggregate(first=models.Min("since"))["first"]
    if since is None:
        raise PublishRefused("unknown-feature", [(str(feature_id),)])
    return int(since)


def stood(layer: Layer) -> bool:
    """Withdrawing one record does not change whether the layer counts as published."""
    newest = Revision.objects.using(CONNECTION).filter(layer=layer.slug).order_by("-number").first()
    return newest is not None and newest.stands


def find_difference(cursor: Cursor, layer: Layer, feature_id: int) -> int:
    """Fill the temporary table `difference`; 1 when the feature is there today, else 0."""
    cursor.execute("DROP TABLE IF EXISTS pg_temp.difference")
    return cursor.execute(
        sql.SQL(DIFFERENCE).format(
            key=names(layer.key), table=sql.Identifier(layer.table), feature=sql.Literal(feature_id)
        )
    ).rowcount


def blank(cursor: Cursor, layer: Layer, feature_id: int, number: int) -> None:
    """No version holds for any snapshot from now on (`since` = `until`), and none says what it had said."""
    table = sql.Identifier(layer.table)
    which = sql.SQL("feature_id = {}").format(sql.Literal(feature_id))
    # A piece of coverage names the layer it speaks of; only pieces of zones share their table with other layers.
    of_layer = sql.SQL("true" if layer is COVERAGE else "layer = {}").format(sql.Literal(layer.slug))
    for twin in (CoveragePiece,) if layer is COVERAGE else (ZonePiece, ZoneEdge, Stretch):
        words = {"twin": twins.table_of(twin), "of_layer": of_layer, "table": table, "which": which}
        cursor.execute(sql.SQL(NO_TWINS).format(**words))
    contents = [column for column in layer.model._meta.fields if column.name not in KEPT_COLUMNS]
    blanks = [
        sql.SQL("{} = {}").format(sql.Identifier(str(column.column)), blank_of(column))
        for column in contents
        if not isinstance(column, models.GeneratedField)
    ]
    cursor.execute(
        sql.SQL(BLANK).format(
            table=table,
            number=sql.Literal(number),
            no_digest=sql.Literal(NO_DIGEST),
            blanks=sql.SQL(", ").join(blanks),
            which=which,
        )
    )


def blank_of(column: models.Field[Any, Any]) -> sql.Composable:
    """Nothing, as the column's type writes it."""
    if column.null:
        return sql.SQL("NULL")
    if isinstance(column, GeometryField):
        return sql.SQL("ST_SetSRID({}::geometry, {})").format(
            sql.Literal(f"{column.geom_type} EMPTY"), sql.Literal(column.srid)
        )
    for kind, nothing in NOTHING.items():
        if isinstance(column, kind):
            return sql.Literal(nothing)
    raise ValueError(f"{column.name}: nobody said what nothing is for {type(column).__name__}")


NOTHING: dict[type[models.Field[Any, Any]], object] = {
    models.CharField: "",
    models.TextField: "",
    models.JSONField: "[]",
    models.BooleanField: False,
    models.IntegerField: 0,
    models.FloatField: 0,
    models.DecimalField: 0,
    models.DateTimeField: "epoch",
    models.DateField: "epoch",
}
