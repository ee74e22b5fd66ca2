"""Which parcels stand for a commune when its undecided rate is computed."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connections

# The order is a hash of the parcel's id: the same sample on every machine, and none that follows the map.
STANDING_FOR = """
    SELECT row_id, accuracy_m FROM (
      SELECT row_id, feature_id, accuracy_m FROM layers_parcel
      WHERE until IS NULL AND since <= %(snapshot)s AND commune_code = %(commune)s
      UNION ALL
      SELECT row_id, feature_id, accuracy_m FROM layers_parcel
      WHERE until > %(snapshot)s AND since <= %(snapshot)s AND commune_code = %(commune)s) AS parcel
    ORDER BY hashint8extended(feature_id, 9209), feature_id LIMIT %(most)s"""
COUNTED = """
    SELECT commune_code, count(*) FROM (
      SELECT commune_code FROM layers_parcel WHERE until IS NULL AND since <= %(snapshot)s
      UNION ALL
      SELECT commune_code FROM layers_parcel WHERE until > %(snapshot)s AND since <= %(snapshot)s) AS parcel
    GROUP BY commune_code ORDER BY commune_code"""


@dataclass(frozen=True)
class Standing:
    """A parcel's row, and how accurate it is itself (m; None: what its coverage says)."""

    row_id: int
    accuracy_m: float | None


def counted(snapshot: int) -> dict[str, int]:
    """How many parcels each commune has, by code."""
    with connections["default"].cursor() as cursor:
        cursor.execute(COUNTED, {"snapshot": snapshot})
        return dict(cursor.fetchall())


def standing_for(commune: str, snapshot: int, most: int) -> list[Standing]:
    """So many parcels of the commune, all when it has no more."""
    with connections["default"].cursor() as cursor:
        cursor.execute(STANDING_FOR, {"commune": commune, "snapshot": snapshot, "most": most})
        return [Standing(*row) for row in cursor.fetchall()]
