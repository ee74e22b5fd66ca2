"""Questions of the health page."""

from __future__ import annotations

from django.conf import settings
from django.db import DatabaseError, connections


def database_answers() -> bool:
    return asked("SELECT 1")


def srids_are_known() -> bool:
    """A restored dump may lack the provincial systems; then shapes can be stored but not transformed."""
    point = f"ST_SetSRID(ST_MakePoint(587448.557, 2262291.728), {int(settings.STORAGE_SRID)})"
    return asked(f"SELECT abs(ST_X(ST_Transform({point}, 4326)) - 106.34) < 0.000001")


def workers_alive() -> int | None:
    """How many workers' hearts beat within the last half minute; None where there is no queue (decision 0001)."""
    query = "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - interval '30 seconds'"
    try:
        with connections["default"].cursor() as cursor:
            cursor.execute(query)
            return int(cursor.fetchone()[0])
    except DatabaseError:
        return None


def asked(query: str) -> bool:
    try:
        with connections["default"].cursor() as cursor:
            cursor.execute(query)
            row = cursor.fetchone()
    except DatabaseError:
        return False
    return bool(row and row[0])
