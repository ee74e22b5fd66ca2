"""Taking a revision back: what it closed is opened again as copies, what it opened is closed, under a new number."""

from __future__ import annotations

from django.db import transaction
from psycopg import Cursor, sql

from importers.publish import rows, twins
from importers.publish.delivery import Delivery, PublishRefused
from importers.publish.publishing import CONNECTION, hold_lock, raw_cursor, record
from importers.publish.staging import counted, delivered_columns, names
from layers import catalogue
from layers.declare import Layer
from layers.ground.parcels import PARCEL_SUCCESSIONS, PARCELS
from layers.revisions import Revision
from layers.withdrawals import Withdrawal

DIFFERENCE = """
CREATE TEMP TABLE difference ON COMMIT DROP AS
WITH opened AS (SELECT row_id, feature_id, {key} FROM {table} WHERE since = {undone} AND until IS NULL),
     closed AS (SELECT row_id AS old_row, feature_id, digest, {key} FROM {table} WHERE until = {undone})
SELECT CASE WHEN row_id IS NULL THEN 'added' WHEN old_row IS NULL THEN 'removed' ELSE 'changed' END AS fate,
       NULL::bigint AS no, digest, row_id, old_row, feature_id, {found_key}
FROM opened FULL JOIN closed USING (feature_id)
"""

# Later revisions of the layer that stand on the one to undo: they changed or removed what it opened, brought back what
# it had closed, or gave the number of a feature it had closed to another one.
BUILT_UPON = """
SELECT until FROM {table} WHERE since = {undone} AND until IS NOT NULL
UNION
SELECT later.since FROM {table} AS later JOIN {table} AS closed USING (feature_id)
WHERE closed.until = {undone} AND later.since > {undone}
UNION
SELECT later.since FROM {table} AS later JOIN difference AS d USING ({key})
WHERE d.fate = 'added' AND later.until IS NULL AND later.since > {undone}
"""

# Lineage names parcels by their ids: a split recorded later stands on the parcels it came from and went into.
LINEAGE_UPON = """
SELECT step.since FROM {steps} AS step JOIN difference AS d ON d.feature_id IN (step.parent_id, step.child_id)
WHERE d.fate = 'removed' AND step.until IS NULL AND step.since > {undone}
"""

REOPEN = """
INSERT INTO {table} (feature_id, since, digest, {columns})
SELECT t.feature_id, {number}, t.digest, {copied} FROM {table} AS t JOIN difference AS d ON d.old_row = t.row_id
"""


def roll_back(number: int, delivery: Delivery) -> Revision:
    """Undo one revision by copies under a new number; nothing is deleted, and this can be undone in turn.

    Raises PublishRefused: `built-upon` with the later revisions (number, layer, delivery) that must be undone first;
    `unknown-revision`, `withdrawal`, `nothing-to-undo`."""
    with transaction.atomic(using=CONNECTION), raw_cursor() as cursor:
        hold_lock(cursor)
        undone = undoable(number)
        layer = catalogue.get(undone.layer)
        find_difference(cursor, layer, number)
        refuse_built_upon(cursor, layer, number)
        difference = counted(cursor, layer)
        if difference.changes_nothing:
            raise PublishRefused("nothing-to-undo", [(str(number),)])
        fresh = rows.next_number(cursor)
        rows.close(cursor, layer, fresh)
        reopen(cursor, layer, fresh)
        twins.follow(cursor, layer, fresh)
        return record(
            cursor, layer, fresh, difference, delivery, undoes=number, stands=still_stands(layer, fresh, number)
        )


def undoable(number: int) -> Revision:
    revision = Revision.objects.using(CONNECTION).filter(number=number).first()
    if revision is None:
        raise PublishRefused("unknown-revision", [(str(number),)])
    if Withdrawal.objects.using(CONNECTION).filter(number=number).exists():
        raise PublishRefused("withdrawal", [(str(number),)])
    return revision


def find_difference(cursor: Cursor, layer: Layer, number: int) -> None:
    """Fill the temporary table `difference` as publishing does, from what the revision opened and closed."""
    found_key = sql.SQL(", ").join(
        sql.SQL("coalesce(opened.{name}, closed.{name}) AS {name}").format(name=sql.Identifier(name))
        for name in layer.key
    )
    cursor.execute("DROP TABLE IF EXISTS pg_temp.difference")
    cursor.execute(
        sql.SQL(DIFFERENCE).format(
            key=names(layer.key),
            table=sql.Identifier(layer.table),
            undone=sql.Literal(number),
            found_key=found_key,
        )
    )


def refuse_built_upon(cursor: Cursor, layer: Layer, number: int) -> None:
    words = {"table": sql.Identifier(layer.table), "undone": sql.Literal(number), "key": names(layer.key)}
    found = {since for (since,) in cursor.execute(sql.SQL(BUILT_UPON).format(**words)).fetchall()}
    if layer is PARCELS:
        query = sql.SQL(LINEAGE_UPON).format(steps=sql.Identifier(PARCEL_SUCCESSIONS.table), undone=words["undone"])
        found |= {since for (since,) in cursor.execute(query).fetchall()}
    if found:
        later = Revision.objects.using(CONNECTION).filter(number__in=found).order_by("-number")
        raise PublishRefused("built-upon", [(str(one.number), one.layer, one.delivery_name) for one in later])


def reopen(cursor: Cursor, layer: Layer, number: int) -> None:
    """Copy the closed rows, shapes for tiles included: nothing is computed anew, so nothing can come out otherwise."""
    columns = [column.name for column in delivered_columns(layer)] + list(rows.computed_columns(layer))
    cursor.execute(
        sql.SQL(REOPEN).format(
            table=sql.Identifier(layer.table),
            columns=names(columns),
            number=sql.Literal(number),
            copied=names(columns, "t"),
        )
    )


def still_stands(layer: Layer, fresh: int, number: int) -> bool:
    """Whether a publication of the layer is in force once `fresh` undoes `number`; what was undone undoes nothing."""
    history = Revision.objects.using(CONNECTION).filter(layer=layer.slug).order_by("-number")
    taken_back: set[int] = set()
    for one, undoes in [(fresh, number), *history.values_list("number", "undoes")]:
        if one in taken_back:
            continue
        if undoes is None:
            return True
        taken_back.add(undoes)
    return False
