"""Geometry blobs of a GeoPackage (OGC 12-128, 2.1.3): a header with an envelope, then ISO WKB."""

import struct

import numpy as np
import shapely
from numpy.typing import NDArray

from importers.reader.outcome import Refused

_HEAD = 8
_ENVELOPES = {0: 0, 1: 4, 2: 6, 3: 6, 4: 8}  # code -> doubles
_EMPTY, _EXTENDED = 0x10, 0x20


def _envelope(blob: bytes) -> tuple[float, ...]:
    count = _ENVELOPES[blob[3] >> 1 & 7]
    order = "<" if blob[3] & 1 else ">"
    return struct.unpack_from(f"{order}{count}d", blob, _HEAD)


def wkb(blob: object, row: int) -> bytes | None:
    """The WKB of a blob, None for NULL or an empty geometry; raises Refused when the header is none."""
    if blob is None:
        return None
    if not isinstance(blob, bytes) or len(blob) <= _HEAD or blob[:3] != b"GP\0" or blob[3] & _EXTENDED:
        raise Refused("geometry-broken", row=row)
    count = _ENVELOPES.get(blob[3] >> 1 & 7)
    if count is None or len(blob) <= _HEAD + 8 * count:
        raise Refused("geometry-broken", row=row)
    body = blob[_HEAD + 8 * count :]
    if not blob[3] & _EMPTY:
        return body
    made = shapely.from_wkb(body, on_invalid="ignore")
    if made is None or not made.is_empty:  # a mark of emptiness on a shape that is there
        raise Refused("geometry-broken", row=row)
    return None


def check(blobs: list[object], shapes: list[bytes | None], made: NDArray[np.object_], rows: list[int]) -> None:
    """Each shape must fill its blob to the last byte and lie in the envelope written before it."""
    whole = shapely.to_wkb(made, flavor="iso", output_dimension=4)
    bounds = shapely.bounds(made).tolist()
    for at, (blob, shape) in enumerate(zip(blobs, shapes, strict=True)):
        if shape is None or not isinstance(blob, bytes):
            continue
        # A ring that was closed on parsing makes the shape longer; nothing may make it shorter.
        envelope = _envelope(blob)[:4]
        if len(whole[at]) < len(shape) or (envelope and not _same(envelope, bounds[at])):
            raise Refused("geometry-broken", row=rows[at])


def _same(envelope: tuple[float, ...], bounds: list[float]) -> bool:
    """The header holds min x, max x, min y, max y. A NaN is never the same."""
    low_x, high_x, low_y, high_y = envelope
    found = (low_x, low_y, high_x, high_y)
    tolerance = 1e-9 * max(1.0, *map(abs, bounds))
    return all(abs(said - seen) <= tolerance for said, seen in zip(found, bounds, strict=True))
