"""Publishing that is taken back at once: the state a delivery would make, to be asked about and then forgotten."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pandas as pd
from django.db import transaction
from psycopg import Cursor, sql

from importers.publish import rows, twins
from importers.publish.delivery import Difference
from importers.publish.publishing import CONNECTION, hold_lock, raw_cursor
from importers.publish.staging import differ, stage
from layers.declare import Layer
from layers.ground.coverage import COVERAGE, Coverage
from layers.ground.parcels import PARCELS
from layers.queries.undecided import Standing
from layers.twins import CoveragePiece, ZonePiece

# Cadastral maps are drawn at 1:200 to 1:10 000, where points are known to 5 m; nobody's parcel reaches farther.
PARCEL_REACH_M = 20.0

# Parcels whose shape or accuracy changes; a new purpose or number changes no answer.
CHANGED_PARCELS = """
CREATE TEMP TABLE touched ON COMMIT DROP AS
SELECT d.feature_id, old.row_id AS old_row, old.accuracy_m AS old_accuracy
FROM difference AS d JOIN layers_parcel AS old USING (row_id)
JOIN layers_parcel AS new ON new.feature_id = d.feature_id AND new.until IS NULL
WHERE d.fate = 'changed'
  AND (old.accuracy_m IS DISTINCT FROM new.accuracy_m OR NOT ST_OrderingEquals(old.geom, new.geom))
"""

# Parcels near what was opened or closed. Pieces are found by their rows; the box is asked first, by the index.
PARCELS_NEAR = """
CREATE TEMP TABLE touched ON COMMIT DROP AS
WITH moved AS MATERIALIZED (
  SELECT row_id FROM {table} WHERE since = {number}
  UNION ALL
  SELECT row_id FROM difference WHERE fate IN ('changed', 'removed')
),
reach AS MATERIALIZED (
  SELECT {parcel_reach} + greatest(coalesce({declared}, 0), coalesce((SELECT max(accuracy_m) FROM {pieces}), 0),
                                   coalesce((SELECT max(accuracy_m) FROM layers_coveragepiece), 0)) AS metres
)
SELECT DISTINCT parcel.feature_id, NULL::bigint AS old_row, NULL::float8 AS old_accuracy
FROM {pieces} AS piece JOIN moved USING (row_id) CROSS JOIN reach
JOIN layers_parcel AS parcel ON parcel.until IS NULL AND parcel.geom && ST_Expand(piece.geom, reach.metres)
  AND ST_DWithin(parcel.geom, piece.geom, reach.metres)
WHERE {of_layer}
"""

EVERY_PARCEL = """
CREATE TEMP TABLE touched ON COMMIT DROP AS
SELECT feature_id, NULL::bigint AS old_row, NULL::float8 AS old_accuracy FROM layers_parcel WHERE until IS NULL
"""

# The order is a hash of the parcel's id: the same sample on every machine, and none that follows the map.
CHOSEN = """
WITH chosen AS MATERIALIZED (
  SELECT * FROM touched ORDER BY hashint8extended(feature_id, 9209), feature_id LIMIT %(most)s
)
SELECT feature_id, coalesce(old_row, row_id), CASE WHEN old_row IS NULL THEN accuracy_m ELSE old_accuracy END,
       row_id, accuracy_m, commune_code, sheet_no, parcel_no
FROM chosen JOIN layers_parcel USING (feature_id) WHERE until IS NULL
"""


@dataclass(frozen=True)
class Pair:
    """A parcel as it is and as it would be; one row twice where the parcel itself does not change."""

    feature_id: int
    before: Standing
    after: Standing
    number: tuple[str, str, str]


@dataclass(frozen=True)
class Trial:
    """The delivery as if it were published under `number`; nobody else sees it."""

    layer: Layer
    difference: Difference
    number: int
    cursor: Cursor

    def speaks_of(self) -> set[str]:
        """The layers whose survey a delivery of coverage changes."""
        moved = self.cursor.execute("SELECT row_id FROM difference WHERE fate IN ('changed', 'removed')").fetchall()
        old = Coverage.objects.using(CONNECTION).filter(row_id__in=[row for (row,) in moved])
        new = Coverage.objects.using(CONNECTION).filter(since=self.number)
        return set(old.values_list("layer", flat=True)) | set(new.values_list("layer", flat=True))

    def find_touched(self, *, everywhere: bool) -> int:
        """Find the parcels whose answers may change; how many they are."""
        self.cursor.execute("DROP TABLE IF EXISTS pg_temp.touched")
        if self.layer is PARCELS:
            self.cursor.execute(CHANGED_PARCELS)
        elif everywhere:
            self.cursor.execute(EVERY_PARCEL)
        else:
            self.cursor.execute(near(self.layer, self.number))
        [(count,)] = self.cursor.execute("SELECT count(*) FROM touched").fetchall()
        return int(count)

    def pairs(self, most: int) -> list[Pair]:
        """At most so many of the touched parcels."""
        return [
            Pair(feature, Standing(old_row, old_accuracy), Standing(row, accuracy), (commune, sheet, parcel))
            for feature, old_row, old_accuracy, row, accuracy, commune, sheet, parcel in self.cursor.execute(
                CHOSEN, {"most": most}
            ).fetchall()
        ]


def near(layer: Layer, number: int) -> sql.Composed:
    pieces = CoveragePiece if layer is COVERAGE else ZonePiece
    of_layer = sql.SQL("true") if layer is COVERAGE else sql.SQL("piece.layer = {}").format(sql.Literal(layer.slug))
    return sql.SQL(PARCELS_NEAR).format(
        table=sql.Identifier(layer.table),
        number=sql.Literal(number),
        parcel_reach=sql.Literal(PARCEL_REACH_M),
        declared=sql.SQL("{}::float8").format(sql.Literal(layer.accuracy_m)),
        pieces=twins.table_of(pieces),
        of_layer=of_layer,
    )


@contextmanager
def tried(layer: Layer, frames: Iterable[pd.DataFrame], *, whole_layer: bool = False) -> Iterator[Trial]:
    """Publish and, when the block ends, take it back. Publications wait meanwhile. Raises PublishRefused."""
    with transaction.atomic(using=CONNECTION), raw_cursor() as cursor:
        hold_lock(cursor)
        stage(cursor, layer, frames)
        difference = differ(cursor, layer, whole_layer=whole_layer)
        if layer is PARCELS:
            # Parcels that come or go have no second answer to compare, and a first delivery may be a whole province.
            cursor.execute("DELETE FROM difference WHERE fate <> 'changed'")
        number = rows.next_number(cursor)
        rows.close(cursor, layer, number)
        rows.open_versions(cursor, layer, number)
        twins.follow(cursor, layer, number)
        yield Trial(layer, difference, number, cursor)
        transaction.set_rollback(True, using=CONNECTION)
