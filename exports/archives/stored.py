"""Tiles out of an archive: the directories are read once a process, a tile is one read of the file."""

from __future__ import annotations

import os
from functools import lru_cache
from typing import Any

from pmtiles.tile import HeaderDict, deserialize_directory, deserialize_header, find_tile, zxy_to_tileid

from exports.archives import path_of

HEADER_BYTES = 127
# The format allows no more levels of directories.
DEEPEST_DIRECTORY = 4


def tile(slug: str, address: str, z: int, x: int, y: int) -> bytes | None:
    """A rendered tile, gzip-compressed; None when there is no archive or the archive does not hold it."""
    return in_archive(str(path_of(slug, address)), z, x, y)


def in_archive(path: str, z: int, x: int, y: int) -> bytes | None:
    """A tile as it lies in any archive; None when there is no archive or the archive does not hold it."""
    opened = archive(path)
    if opened is None:
        return None
    file, header = opened
    place, length = header["root_offset"], header["root_length"]
    for _ in range(DEEPEST_DIRECTORY):
        entry = find_tile(directory(file, place, length), zxy_to_tileid(z, x, y))
        if entry is None:
            return None
        if entry.run_length:
            return os.pread(file, entry.length, header["tile_data_offset"] + entry.offset)
        place, length = header["leaf_directory_offset"] + entry.offset, entry.length
    return None


def archive(path: str) -> tuple[int, HeaderDict] | None:
    """The open file of an archive and its header. That there is none is not remembered: it may come any moment."""
    return opened(path) if os.path.exists(path) else None  # noqa: PTH110  (a path object costs more than the question)


@lru_cache(maxsize=256)
def opened(path: str) -> tuple[int, HeaderDict]:
    """Kept open for the life of the process: an archive is never rewritten, and a deleted one stays readable."""
    file = os.open(path, os.O_RDONLY)
    return file, deserialize_header(os.pread(file, HEADER_BYTES, 0))


@lru_cache(maxsize=4096)
def directory(file: int, place: int, length: int) -> list[Any]:
    entries: list[Any] = deserialize_directory(os.pread(file, length, place))
    return entries
