"""Ten further publications and one expiry, for the proof of sheets: what came after must not change what was said."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import geopandas
import numpy as np
import shapely
from django.utils import timezone

from importers.publish import Delivery, publish
from layers import catalogue
from layers.declare import Layer

TEN = 10


def publish_ten() -> None:
    """Ten times something changes: a record of a layer that answers moves away, so that answers of today differ."""
    layers = [layer for layer in catalogue.reported() if layer.geometry_type == "MULTIPOLYGON" and rows(layer)]
    for number in range(TEN):
        layer = layers[number % len(layers)]
        moved = rows(layer)[number // len(layers)]
        deliver(layer, moved, dx=40.0)


def expire_one() -> None:
    """A record ends by its date, without a publication of its geometry."""
    layer = next(layer for layer in catalogue.reported() if layer.geometry_type == "MULTIPOLYGON" and rows(layer))
    deliver(layer, rows(layer)[0], valid_until=timezone.localdate() - timedelta(days=1))


def rows(layer: Layer) -> list[Any]:
    return list(layer.model._default_manager.filter(until=None).order_by("feature_id")[:TEN])


def deliver(layer: Layer, record: Any, dx: float = 0.0, **said: object) -> None:
    """Publish one record anew, moved or with other words; the rest of its layer stays as it is."""
    shape = shapely.from_wkb(bytes(record.geom.wkb))
    values = {field.name: getattr(record, field.name) for field in layer.fields} | said
    moved = shapely.transform(shape, lambda at: at + np.array([dx, 0.0]))
    frame = geopandas.GeoDataFrame([values | {"geometry": moved}], geometry="geometry", crs=9209)
    if publish(layer, [frame], Delivery("again", "0" * 64, "proof")) is None:
        raise ValueError(f"nothing changed in {layer.slug}")
