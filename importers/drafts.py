"""A checked frame as rows that can be looked at before anything is published, and a digest of exactly these rows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from importers.publish.copying import lines
from importers.publish.staging import delivered_columns
from layers.declare import Layer


@dataclass(frozen=True)
class Row:
    """One feature: delivered row number, its key, public values as text, the shape as WKB (EPSG:9209)."""

    row: int
    key: tuple[str, ...]
    values: dict[str, str]
    shape: bytes | None


def rows(frame: gpd.GeoDataFrame, layer: Layer) -> Iterator[Row]:
    names = [field.name for field in layer.public_fields if field.name in frame]
    shapes = shapely.to_wkb(frame.geometry.to_numpy()) if "geometry" in frame else [None] * len(frame)
    cells = frame[names].itertuples(index=False, name=None)
    for row, values, shape in zip(frame.index, cells, shapes, strict=True):
        told = {name: text_of(value) for name, value in zip(names, values, strict=True)}
        yield Row(int(row), tuple(told.get(name, "") for name in layer.key), told, shape)


def text_of(value: Any) -> str:
    """A value as a person reads it; kinds of land as "ONT 300 m² + CLN"."""
    if isinstance(value, list):
        return " + ".join(_purpose(part) for part in value)
    return "" if value is None or value is pd.NaT or value != value else str(value)


def _purpose(part: dict[str, Any]) -> str:
    area = part.get("area_m2")
    return f"{part.get('code', '')} {area} m²" if area else str(part.get("code", ""))


def digest(frame: gpd.GeoDataFrame, layer: Layer) -> str:
    """SHA-256 over the rows as they would be written: what two people saw is what is published."""
    return hashlib.sha256(lines(frame, delivered_columns(layer), first=0).encode()).hexdigest()


def communes(frame: gpd.GeoDataFrame) -> list[str]:
    if "commune_code" not in frame:
        return []
    return sorted({str(code) for code in frame["commune_code"] if code})
