"""The .shp and .shx of a shapefile (ESRI Shapefile Technical Description, July 1998), record by record."""

import struct
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from importers.reader.limits import Limits
from importers.reader.outcome import Refused

HEADER = 100
FARTHEST = 1e11  # a coordinate beyond this is damage in any unit
_RECORD = struct.Struct(">2i")
_SHAPE = struct.Struct("<i")
_POINT = struct.Struct("<2d")
_PARTS = struct.Struct("<4d2i")
_POINTS = struct.Struct("<4di")
_EXTRA_RANGE = 16

NULL = 0
_POINT_TYPES = {1: 20, 11: 36, 21: 28}  # XY, XYZM, XYM: bytes of content
_PART_TYPES = {3: "", 5: "", 13: "z", 15: "z", 23: "m", 25: "m"}
_POINTS_TYPES = {8: "", 18: "z", 28: "m"}
_POLYGONS = {5, 15, 25}
_FLAT = {NULL, 1, 3, 5, 8}
FEWEST_RING_POINTS = 4


@dataclass
class Shapes:
    """The record chain of a .shp: bytes where records start, their content lengths in bytes, and what was seen."""

    kind: int
    offsets: list[int] = field(default_factory=list)
    lengths: list[int] = field(default_factory=list)
    empty: list[bool] = field(default_factory=list)
    unclosed: list[int] = field(default_factory=list)
    short_rings: list[int] = field(default_factory=list)
    misnumbered: list[int] = field(default_factory=list)

    @property
    def flat(self) -> bool:
        return self.kind in _FLAT


def check(data: memoryview, limits: Limits) -> Shapes:
    """Walk all records of a .shp; raises Refused, naming the row, at the first that does not add up."""
    kind = _check_header(data)
    shapes = Shapes(kind)
    at, end = HEADER, len(data)
    while at < end:
        row = len(shapes.offsets) + 1
        if row > limits.features:
            raise Refused("too-many-features", limit=limits.features)
        if end - at < _RECORD.size + _SHAPE.size:
            raise Refused("shp-chain", row=row)
        number, words = _RECORD.unpack_from(data, at)
        length = words * 2
        start = at + _RECORD.size
        if length < _SHAPE.size or start + length > end:
            raise Refused("shp-chain", row=row)
        if number != row:
            shapes.misnumbered.append(row)
        shapes.offsets.append(at)
        shapes.lengths.append(length)
        shapes.empty.append(_check_record(data[start : start + length], row, shapes, limits))
        at = start + length
    return shapes


def _check_header(data: memoryview) -> int:
    if len(data) < HEADER or struct.unpack_from(">i", data) != (9994,):
        raise Refused("shp-header")
    (words,) = struct.unpack_from(">i", data, 24)
    version, kind = struct.unpack_from("<2i", data, 28)
    if version != 1000:
        raise Refused("shp-header")
    if words * 2 != len(data):
        raise Refused("shp-length", expected=words * 2, found=len(data))
    if kind not in {NULL, *_POINT_TYPES, *_PART_TYPES, *_POINTS_TYPES}:
        raise Refused("geometry-type", type=kind)
    return int(kind)


def _check_record(content: memoryview, row: int, shapes: Shapes, limits: Limits) -> bool:
    """Check one record; True when it holds the null shape."""
    (kind,) = _SHAPE.unpack_from(content)
    if kind == NULL:
        if len(content) != _SHAPE.size:
            raise Refused("shp-record", row=row)
        return True
    if kind != shapes.kind:
        raise Refused("shp-record", row=row)
    if kind in _POINT_TYPES:
        _check_point(content, row, _POINT_TYPES[kind])
    elif kind in _POINTS_TYPES:
        _check_points(content, row, _POINTS_TYPES[kind], limits)
    else:
        _check_parts(content, row, shapes, limits)
    return False


def _check_point(content: memoryview, row: int, length: int) -> None:
    if len(content) != length:
        raise Refused("shp-record", row=row)
    if not all(abs(value) <= FARTHEST for value in _POINT.unpack_from(content, _SHAPE.size)):
        raise Refused("coordinate-not-finite", row=row)


def _check_points(content: memoryview, row: int, extra: str, limits: Limits) -> None:
    if len(content) < _SHAPE.size + _POINTS.size:
        raise Refused("shp-record", row=row)
    *box, count = _POINTS.unpack_from(content, _SHAPE.size)
    _check_size(content, row, _SHAPE.size + _POINTS.size, count, extra, limits)
    _check_box(_coordinates(content, _SHAPE.size + _POINTS.size, count), box, row)


def _check_parts(content: memoryview, row: int, shapes: Shapes, limits: Limits) -> None:
    head = _SHAPE.size + _PARTS.size
    if len(content) < head:
        raise Refused("shp-record", row=row)
    *box, parts, count = _PARTS.unpack_from(content, _SHAPE.size)
    if parts < 1 or head + 4 * parts > len(content):
        raise Refused("shp-record", row=row)
    if parts > limits.rings:
        raise Refused("too-many-rings", row=row, limit=limits.rings)
    _check_size(content, row, head + 4 * parts, count, _PART_TYPES[shapes.kind], limits)
    starts = struct.unpack_from(f"<{parts}i", content, head)
    ends = (*starts[1:], count)
    if starts[0] != 0 or any(start >= end for start, end in zip(starts, ends, strict=True)):
        raise Refused("shp-record", row=row)
    points = _coordinates(content, head + 4 * parts, count)
    _check_box(points, box, row)
    if shapes.kind in _POLYGONS:
        _look_at_rings(points, starts, ends, row, shapes)


def _check_size(content: memoryview, row: int, head: int, count: int, extra: str, limits: Limits) -> None:
    """The content must be exactly as long as its points say; M values may be left out."""
    if count < 1:
        raise Refused("shp-record", row=row)
    flat = head + 16 * count
    more = _EXTRA_RANGE + 8 * count
    lengths = {"": {flat}, "m": {flat, flat + more}, "z": {flat + more, flat + 2 * more}}[extra]
    if len(content) not in lengths:
        raise Refused("shp-record", row=row)
    if count > limits.vertices:
        raise Refused("too-many-vertices", row=row, limit=limits.vertices)


def _coordinates(content: memoryview, at: int, count: int) -> NDArray[np.float64]:
    return np.frombuffer(content, "<f8", 2 * count, at).reshape(-1, 2)


def _check_box(points: NDArray[np.float64], box: list[float], row: int) -> None:
    """The box written before the points must be theirs; a NaN fails every comparison."""
    low_x, low_y = np.minimum.reduce(points)
    high_x, high_y = np.maximum.reduce(points)
    found = (low_x, low_y, high_x, high_y)
    largest = max(abs(value) for value in found)
    if not all(abs(value) <= FARTHEST for value in found):
        raise Refused("coordinate-not-finite", row=row)
    tolerance = 1e-9 * max(1.0, largest)  # 2 mm at the northings of this country, 0.1 mm in degrees
    if not all(abs(value - said) <= tolerance for value, said in zip(found, box, strict=True)):
        raise Refused("shp-box", row=row)


def _look_at_rings(
    points: NDArray[np.float64], starts: tuple[int, ...], ends: tuple[int, ...], row: int, shapes: Shapes
) -> None:
    closed = all((points[start] == points[end - 1]).all() for start, end in zip(starts, ends, strict=True))
    if not closed:
        shapes.unclosed.append(row)
    if any(end - start < FEWEST_RING_POINTS for start, end in zip(starts, ends, strict=True)):
        shapes.short_rings.append(row)


def index(shapes: Shapes, header: bytes) -> bytes:
    """The .shx that belongs to a record chain, under the header of its .shp."""
    entries = np.empty((len(shapes.offsets), 2), ">i4")
    entries[:, 0] = np.asarray(shapes.offsets, dtype=np.int64) // 2
    entries[:, 1] = np.asarray(shapes.lengths, dtype=np.int64) // 2
    words = (HEADER + entries.nbytes) // 2
    return header[:24] + struct.pack(">i", words) + header[28:HEADER] + entries.tobytes()
