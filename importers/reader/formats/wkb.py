"""Coordinates of GeoJSON and TopoJSON as flat WKB. What is not a geometry is refused with its row."""

import struct
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from importers.reader.outcome import Refused
from importers.reader.stream import Account

Points = NDArray[np.float64]
_HEAD = struct.Struct("<BI")
_COUNT = struct.Struct("<I")
POINT, LINE, POLYGON, MULTIPOINT, MULTILINE, MULTIPOLYGON = range(1, 7)
FEWEST_RING_POINTS = 4


class Builder:
    """Builds the shape of one row after the other; notes rings it had to close and heights it left out."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self._closed: list[int] = []
        self._short: list[int] = []
        self._heights: list[int] = []

    def finish(self) -> None:
        """Tell what was noted."""
        self._account.tell_rows("rings-closed", self._closed)
        self._account.tell_rows("rings-short", self._short)
        self._account.tell_rows("height-dropped", self._heights)

    def points(self, coordinates: Any, row: int) -> Points:
        """Positions as an array (n, 2); raises Refused when they are not positions."""
        try:
            found = np.array(coordinates)
        except ValueError:  # positions of unequal length
            raise Refused("json-geometry", row=row) from None
        if found.dtype.kind not in "if" or found.ndim != 2 or found.shape[1] < 2:
            raise Refused("json-geometry", row=row)
        if found.shape[1] > 2:
            self._note(self._heights, row)
        return np.ascontiguousarray(found[:, :2], dtype="<f8")

    def ring(self, points: Points, row: int) -> bytes:
        """A ring of a polygon, closed and at least four positions long."""
        if not (points[0] == points[-1]).all():
            self._note(self._closed, row)
            points = np.vstack([points, points[:1]])
        if len(points) < FEWEST_RING_POINTS:
            self._note(self._short, row)
            points = np.vstack([points, np.repeat(points[:1], FEWEST_RING_POINTS - len(points), axis=0)])
        return _COUNT.pack(len(points)) + points.tobytes()

    @staticmethod
    def _note(rows: list[int], row: int) -> None:
        if not rows or rows[-1] != row:
            rows.append(row)


Line = Callable[[Any, int], Points]  # from what stands for a line in the format, and the row, to its points


def build(kind: object, said: Any, row: int, builder: Builder, line: Line, point: Line) -> bytes:
    """The WKB of a geometry of this type. `line` reads a line or ring, `point` a list of positions."""

    def one_point(position: Any) -> bytes:
        return _HEAD.pack(1, POINT) + point([position], row).tobytes()

    def one_line(said: Any) -> bytes:
        points = line(said, row)
        if len(points) < 2:
            raise Refused("json-geometry", row=row)
        return _HEAD.pack(1, LINE) + _COUNT.pack(len(points)) + points.tobytes()

    def one_polygon(said: Any) -> bytes:
        rings = [builder.ring(line(ring, row), row) for ring in _some(said, row)]
        return _HEAD.pack(1, POLYGON) + _COUNT.pack(len(rings)) + b"".join(rings)

    def several(code: int, one: Callable[[Any], bytes]) -> bytes:
        parts = [one(part) for part in _some(said, row)]
        return _HEAD.pack(1, code) + _COUNT.pack(len(parts)) + b"".join(parts)

    match kind:
        case "Point":
            return one_point(said)
        case "LineString":
            return one_line(said)
        case "Polygon":
            return one_polygon(said)
        case "MultiPoint":
            return several(MULTIPOINT, one_point)
        case "MultiLineString":
            return several(MULTILINE, one_line)
        case "MultiPolygon":
            return several(MULTIPOLYGON, one_polygon)
    raise Refused("json-geometry", row=row)


def _some(said: Any, row: int) -> list[Any]:
    if not isinstance(said, list) or not said:
        raise Refused("json-geometry", row=row)
    return said
