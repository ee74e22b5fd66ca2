"""What is drawn around a parcel: the shapes of a layer that cross a box, as of a snapshot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.gis.db.models import GeometryField, PolygonField
from django.contrib.gis.db.models.functions import Transform
from django.contrib.gis.geos import GEOSGeometry, Polygon
from django.db.models import F, Func, QuerySet, Value

from layers.declare import Layer

Box = tuple[float, float, float, float]
STORAGE, WGS84 = 9209, 4326
# A picture with more shapes of one layer than this shows nothing any more.
MOST = 400


@dataclass(frozen=True)
class Shape:
    """A record's shape, cut to the box. `values` are its legend value and the fields of its tile; `reach_m` how far
    around its line or point it holds (0: the shape itself)."""

    feature_id: int
    label: str
    values: dict[str, Any]
    reach_m: float
    geometry: GEOSGeometry


def shapes(layer: Layer, snapshot: int, box: Box, srid: int = STORAGE, reached: bool = False) -> list[Shape]:
    """Records of the layer within `box` (west, south, east, north; EPSG:9209), cut to it, in the system `srid`.

    With `reached` a shape is all the ground for which its record holds, not the line that it reaches from."""
    names = sorted({layer.label, *layer.tile_fields, *([layer.reach] if layer.reach else [])})
    rows_of: QuerySet[Any] = layer.model._default_manager.all()
    present = rows_of.filter(until=None, since__lte=snapshot)
    past = rows_of.filter(until__gt=snapshot, since__lte=snapshot)
    rows = [
        row
        for half in (present, past)
        for row in cut(half, box, srid, layer.reach if reached else None).values("feature_id", "shape", *names)[:MOST]
    ]
    return [shape(layer, row) for row in rows if not row["shape"].empty]


def cut(rows: QuerySet[Any], box: Box, srid: int, reach: str | None) -> QuerySet[Any]:
    frame = Polygon.from_bbox(box)
    frame.srid = STORAGE
    clipped = Func(
        F("geom"),
        Value(frame, output_field=PolygonField(srid=STORAGE)),
        function="public.ST_ClipByBox2D",
        output_field=GeometryField(srid=STORAGE),
    )
    if reach:
        clipped = Func(clipped, F(reach), function="public.ST_Buffer", output_field=GeometryField(srid=STORAGE))
    drawn = Transform(clipped, srid) if srid != STORAGE else clipped
    found: QuerySet[Any] = rows.filter(geom__bboverlaps=frame).annotate(shape=drawn)
    return found


def shape(layer: Layer, row: dict[str, Any]) -> Shape:
    return Shape(
        feature_id=row["feature_id"],
        label=str(row[layer.label] or ""),
        values={name: row[name] for name in layer.tile_fields},
        reach_m=float(row[layer.reach] or 0) if layer.reach else 0.0,
        geometry=row["shape"],
    )
