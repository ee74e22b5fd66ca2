"""The .dbf of a shapefile (dBASE III): its arithmetic, and its cells as they stand."""

import struct
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from importers.reader.limits import Limits
from importers.reader.outcome import Refused
from importers.reader.stream import Text

_HEADER = struct.Struct("<4xIHH")
_HEADER_SIZE = 32
_FIELD = 32
_END_OF_FIELDS = 0x0D
_LONGEST_TAIL = 264  # the end mark, and the name of a database that FoxPro writes after it
_FILLERS = b"\x1a\x00 "
_MOST_FILLERS = 512
_LIVE, _DELETED = 0x20, 0x2A
TEXT, MEMO = "C", "M"
_TYPES = {TEXT, MEMO, "N", "F", "D", "L"}


@dataclass(frozen=True)
class Column:
    """A field: its name as Latin-1, its type letter, and its bytes within a record."""

    name: str
    type: str
    start: int
    width: int


@dataclass(frozen=True)
class Table:
    """All records as a byte matrix (one row each, the deletion mark first) and the columns."""

    columns: tuple[Column, ...]
    records: NDArray[np.uint8]

    @property
    def deleted(self) -> NDArray[np.bool_]:
        """Which records are marked as deleted."""
        return np.asarray(self.records[:, 0] == _DELETED)

    def cells(self, column: Column, first: int, last: int) -> list[Text]:
        """The texts of a column in records first..last (counted from 0, last left out): one sign a byte.

        Padding goes: blanks at the end, before a number too, and whatever stands after a NUL.
        """
        block = self.records[first:last, column.start : column.start + column.width]
        joined = np.ascontiguousarray(block).tobytes().decode("iso-8859-1")
        texts = (joined[at : at + column.width] for at in range(0, len(joined), column.width))
        clean = (text.partition("\0")[0].rstrip(" ") for text in texts)
        return [(text if column.type == TEXT else text.strip(" ")) or None for text in clean]


def check(data: memoryview, limits: Limits) -> Table:
    """Check a .dbf's lengths against each other; raises Refused."""
    if len(data) < _HEADER_SIZE:
        raise Refused("dbf-header")
    count, head, width = _HEADER.unpack_from(data)
    columns = _columns(data, head, width, limits)
    body = len(data) - head
    if body < count * width:
        raise Refused("dbf-cut", row=body // width + 1, expected=count, found=body // width)
    rest = bytes(data[head + count * width : head + count * width + _MOST_FILLERS + 1])
    if len(rest) > _MOST_FILLERS or rest.strip(_FILLERS):
        raise Refused("dbf-length", expected=head + count * width + 1, found=len(data))
    records = np.frombuffer(data, np.uint8, count * width, head).reshape(count, width)
    wrong = np.flatnonzero((records[:, 0] != _LIVE) & (records[:, 0] != _DELETED))
    if wrong.size:
        raise Refused("dbf-row", row=int(wrong[0]) + 1)
    return Table(columns, records)


def _columns(data: memoryview, head: int, width: int, limits: Limits) -> tuple[Column, ...]:
    """The fields of the header; their widths and the deletion mark must add up to the record."""
    if head > len(data):
        raise Refused("dbf-header")
    columns: list[Column] = []
    at, start = _HEADER_SIZE, 1
    while at < head and data[at] != _END_OF_FIELDS:
        if len(columns) == limits.fields:
            raise Refused("too-many-fields", limit=limits.fields)
        if at + _FIELD > head:
            raise Refused("dbf-header")
        column = _column(bytes(data[at : at + _FIELD]), start)
        columns.append(column)
        at, start = at + _FIELD, start + column.width
    if at >= head or start != width or not columns or not 0 < head - at <= _LONGEST_TAIL:
        raise Refused("dbf-header")
    return tuple(columns)


def _column(descriptor: bytes, start: int) -> Column:
    name = descriptor[:11].partition(b"\0")[0].decode("iso-8859-1").strip()
    kind = chr(descriptor[11]).upper()
    width = descriptor[16]
    if kind == TEXT:
        width += descriptor[17] << 8  # FoxPro writes long text fields so
    if kind not in _TYPES or not name or width == 0:
        raise Refused("dbf-header")
    return Column(name, kind, start, width)
