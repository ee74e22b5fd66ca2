"""The parent's own limits on what the child hands over, and the frame made of it."""

import re

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from importers.reader.limits import Limits
from importers.reader.outcome import Refused
from importers.reader.stream import Chunk, Text
from importers.reader.structure.shp import FARTHEST

_NOT_TEXT = re.compile("[\0\ud800-\udfff]")  # PostgreSQL and UTF-8 know neither
_TYPES = (shapely.GeometryType.POINT, *range(shapely.GeometryType.LINESTRING, shapely.GeometryType.MULTIPOLYGON + 1))


class Gathering:
    """Takes chunks in, checks each, and gives the frame."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._rows: list[int] = []
        self._columns: dict[str, list[Text]] = {}
        self._shapes: list[NDArray[np.object_]] = []

    def add(self, chunk: Chunk) -> None:
        """Check and keep a chunk; raises Refused."""
        if len(self._rows) + len(chunk.rows) > self._limits.features:
            raise Refused("too-many-features", limit=self._limits.features)
        if len(self._columns.keys() | chunk.columns.keys()) > self._limits.fields:
            raise Refused("too-many-fields", limit=self._limits.fields)
        for name, cells in chunk.columns.items():
            self._check_cells(name, cells, chunk.rows)
        self._shapes.append(_shapes(chunk, self._limits))
        for name in {**self._columns, **chunk.columns}:
            column = self._columns.setdefault(name, [None] * len(self._rows))
            column.extend(chunk.columns.get(name) or [None] * len(chunk.rows))
        self._rows.extend(chunk.rows)

    def frame(self) -> gpd.GeoDataFrame:
        """All features so far, as reading.Reading describes them."""
        index = pd.Index(self._rows, name="row", dtype="int64")
        geometry = np.concatenate(self._shapes) if self._shapes else np.array([], dtype=object)
        columns = {name: pd.Series(cells, index=index, dtype=object) for name, cells in self._columns.items()}
        return gpd.GeoDataFrame(columns, index=index, geometry=geometry, crs=None)

    def _check_cells(self, name: str, cells: list[Text], rows: list[int]) -> None:
        for cell, row in zip(cells, rows, strict=True):
            if cell is None:
                continue
            if len(cell) * 4 > self._limits.cell and len(cell.encode("utf-8", "replace")) > self._limits.cell:
                raise Refused("cell-too-long", row=row, field=name, limit=self._limits.cell)
            if _NOT_TEXT.search(cell):
                raise Refused("text-not-unicode", row=row, field=name)


def _shapes(chunk: Chunk, limits: Limits) -> NDArray[np.object_]:
    """The shapes of a chunk, every one of which must be a geometry of finite size within the limits."""
    wkb = np.array(chunk.shapes, dtype=object)
    given = np.array([shape is not None for shape in chunk.shapes], dtype=bool)
    shapes: NDArray[np.object_] = shapely.from_wkb(wkb, on_invalid="ignore")
    rows = np.array(chunk.rows)
    _refuse_any(given & (shapely.is_missing(shapes) | shapely.is_empty(shapes)), rows, "geometry-broken")
    _refuse_any(given & ~np.isin(shapely.get_type_id(shapes), _TYPES), rows, "geometry-type", type="?")
    many = shapely.get_num_coordinates(shapes) > limits.vertices
    _refuse_any(many, rows, "too-many-vertices", limit=limits.vertices)
    _refuse_any(_rings(shapes) > limits.rings, rows, "too-many-rings", limit=limits.rings)
    points, owner = shapely.get_coordinates(shapes, return_index=True)
    far = ~(np.abs(points) <= FARTHEST).all(axis=1)
    if far.any():
        raise Refused("coordinate-not-finite", row=rows[owner[far][0]])
    return shapes


def _rings(shapes: NDArray[np.object_]) -> NDArray[np.int64]:
    parts, owner = shapely.get_parts(shapes, return_index=True)
    counted = np.bincount(owner, weights=shapely.get_num_interior_rings(parts) + 1, minlength=len(shapes))
    return counted.astype(np.int64)


def _refuse_any(wrong: NDArray[np.bool_], rows: NDArray[np.int64], code: str, **detail: object) -> None:
    if wrong.any():
        raise Refused(code, row=rows[wrong][0], **detail)
