"""Where things lie in longitude and latitude (WGS 84): all parcels together, or one record."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from django.contrib.gis.db.models import Extent
from django.db.models import QuerySet

from layers.declare import Layer
from layers.ground.map_sheets import MAP_SHEETS
from layers.queries.parcels import as_of

# The sphere of EPSG:3857, in metres.
RADIUS = 6378137.0
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Record:
    """One record of a layer: its public values by field, and its box (None: it has no shape)."""

    layer: Layer
    feature_id: int
    values: dict[str, Any]
    box: Box | None


def of_sheets(snapshot: int) -> Box | None:
    """Where there are map sheets, and so parcels, at a snapshot; None when there are none."""
    return box(as_of(MAP_SHEETS.model, snapshot))


def of_record(layer: Layer, feature_id: int, snapshot: int) -> Record | None:
    """A record as of a snapshot; None when it was not there."""
    found: QuerySet[Any] = as_of(layer.model, snapshot).filter(feature_id=feature_id)
    values = found.values(*(field.name for field in layer.public_fields)).first()
    if values is None:
        return None
    return Record(layer, feature_id, values, box(found) if layer.geometry_type else None)


def box(rows: QuerySet[Any]) -> Box | None:
    """West, south, east, north of the rows' shapes in degrees, from the column that serves tiles."""
    plane: Box | None = rows.aggregate(box=Extent("geom_3857"))["box"]
    return plane and (*degrees(*plane[:2]), *degrees(*plane[2:]))


def degrees(x: float, y: float) -> tuple[float, float]:
    """Longitude and latitude of a place of EPSG:3857 (the same datum, so no shift is involved)."""
    latitude = math.degrees(2 * math.atan(math.exp(y / RADIUS)) - math.pi / 2)
    return round(math.degrees(x / RADIUS), 6), round(latitude, 6)
