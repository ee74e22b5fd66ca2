"""Where the province is assessed by every layer of the answer, and where it is not."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any, NamedTuple

from layers import catalogue
from layers.ground.admin_units import NEW
from layers.queries.files import sql_file
from layers.queries.prepared import rows
from layers.revisions import Revision


class Ground(NamedTuple):
    """GeoJSON geometries in degrees (WGS 84); None where there is no such ground."""

    assessed: dict[str, Any] | None
    not_assessed: dict[str, Any] | None


def ground(snapshot: int) -> Ground:
    """The whole province, split by whether every layer of the answer covers it. A layer that was never surveyed leaves
    nothing assessed."""
    return split(snapshot, Revision.objects.get(number=snapshot).digest)


@lru_cache(maxsize=4)
def split(snapshot: int, digest: str) -> Ground:
    """Remembered as long as the snapshot is the same; its digest tells it from one of another database."""
    layers = [layer.slug for layer in (*catalogue.reported(), *catalogue.composed())]
    found = rows("default", sql_file("not_assessed"), {"layers": layers, "edition": NEW, "at": snapshot})
    return Ground(*(json.loads(shape) if shape else None for shape in found[0]))
