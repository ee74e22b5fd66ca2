"""What the child writes to its pipe and the parent reads: frames of one kind byte, a length and a payload.

Kinds: C a chunk of features (JSON with row numbers and text columns, then the WKB of the geometries),
E the end (JSON: what the whole file said), R a refusal (JSON: code and detail).
"""

import json
import struct
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from importers.reader.outcome import name_rows

CHUNK, END, REFUSAL = b"C", b"E", b"R"
_HEAD = struct.Struct("<cQ")
_LENGTH = struct.Struct("<Q")
_NO_GEOMETRY = 0xFFFF_FFFF

Text = str | None


@dataclass(frozen=True)
class Chunk:
    """Some features in a row: delivered row numbers from 1, columns of text, ISO WKB in the file's coordinates."""

    rows: list[int]
    columns: dict[str, list[Text]]
    shapes: list[bytes | None]


@dataclass
class Account:
    """What a file says of itself, filled in while it is checked and read.

    `features` and `geometries` come from the structure check; the parent compares them with what arrived. `widths`:
    how many bytes a text column of a DBF holds.
    """

    driver: str
    crs_text: str | None = None
    encoding_known: bool = True
    declared_encoding: str | None = None
    features: int = 0
    geometries: int = 0
    notices: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    widths: dict[str, int] = field(default_factory=dict)

    def tell(self, code: str, **detail: object) -> None:
        """Add a notice."""
        self.notices.append((code, {key: str(value) for key, value in detail.items()}))

    def tell_rows(self, code: str, rows: list[int]) -> None:
        """Add a notice about some rows, if there are any."""
        if rows:
            self.tell(code, **name_rows(rows))


class TooMuch(Exception):
    """The stream is longer than allowed."""


class CutOff(Exception):
    """The stream ended in the middle: the child is gone."""


def write(pipe: BinaryIO, kind: bytes, payload: bytes) -> None:
    """Write one frame."""
    pipe.write(_HEAD.pack(kind, len(payload)))
    pipe.write(payload)


def frames(pipe: BinaryIO, most: int) -> Iterator[tuple[bytes, bytes]]:
    """Read frames until the pipe closes; raises TooMuch above `most` bytes in all, CutOff in mid-frame."""
    total = 0
    while head := pipe.read(_HEAD.size):
        if len(head) < _HEAD.size:
            raise CutOff
        kind, length = _HEAD.unpack(head)
        total += length
        if total > most:
            raise TooMuch
        payload = pipe.read(length)
        if len(payload) < length:
            raise CutOff
        yield kind, payload


def encode(chunk: Chunk) -> bytes:
    """A chunk as the payload of a frame."""
    text = json.dumps({"rows": chunk.rows, "columns": chunk.columns}).encode()
    sizes = array("I", [_NO_GEOMETRY if shape is None else len(shape) for shape in chunk.shapes])
    return b"".join(
        [_LENGTH.pack(len(text)), text, sizes.tobytes(), *(shape for shape in chunk.shapes if shape is not None)]
    )


def decode(payload: bytes) -> Chunk:
    """The chunk in a payload; raises ValueError (or its kin) when the payload is not one."""
    (length,) = _LENGTH.unpack_from(payload)
    head: Any = json.loads(payload[_LENGTH.size : _LENGTH.size + length])
    rows: list[int] = head["rows"]
    sizes = array("I")
    at = _LENGTH.size + length
    sizes.frombytes(payload[at : at + sizes.itemsize * len(rows)])
    at += sizes.itemsize * len(rows)
    shapes: list[bytes | None] = []
    for size in sizes:
        shapes.append(None if size == _NO_GEOMETRY else payload[at : at + size])
        at += 0 if size == _NO_GEOMETRY else size
    if at != len(payload) or len(shapes) != len(rows):
        raise ValueError("a chunk of another length than it says")
    return Chunk(rows, head["columns"], shapes)
