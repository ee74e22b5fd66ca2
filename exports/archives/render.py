"""Rendering a layer's tiles ahead of time, from the coarsest zoom down to where there is nothing more to see."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from pathlib import Path

from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer

from exports.archives import folder_of, path_of
from layers.declare import Layer
from layers.public import tile_token
from layers.queries import tiles
from layers.queries.touched import touched
from layers.revisions import Revision

# Rendered once and sent many times, so the bytes are worth the time.
GZIP_LEVEL = 6
KEPT = 3

Told = Callable[[int], None]


def address_of(layer: Layer, revision: Revision) -> str:
    return f"{revision.number}-{tile_token(layer, revision.digest)}"


def is_rendered(layer: Layer, revision: Revision) -> bool:
    return path_of(layer.slug, address_of(layer, revision)).exists()


def render(layer: Layer, revision: Revision, told: Told | None = None) -> int:
    """Write the archive of a layer's revision, all or nothing; the number of its tiles. `told` hears of each.

    A layer without any shape gets no archive."""
    path = path_of(layer.slug, address_of(layer, revision))
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_suffix(".half")
    with half.open("wb") as file:
        count = fill(Writer(file), layer, revision, told)
    if count:
        half.rename(path)
        forget_old(layer)
    else:
        half.unlink()
    return count


def fill(writer: Writer, layer: Layer, revision: Revision, told: Told | None) -> int:
    count = 0
    for z, x, y, data in whole_tiles(layer, revision):
        writer.write_tile(zxy_to_tileid(z, x, y), gzip.compress(data, GZIP_LEVEL, mtime=0))
        count += 1
        if told:
            told(1)
    if not count:
        return 0
    header = {"tile_type": TileType.MVT, "tile_compression": Compression.GZIP, **everywhere(layer)}
    writer.finalize(header, {"name": layer.slug, "revision": revision.number})
    return count


def whole_tiles(layer: Layer, revision: Revision) -> Iterator[tuple[int, int, int, bytes]]:
    """Every tile that holds something, but not those too heavy to be whole: the database marks them as cut."""
    zooms = tiles.zooms(layer)
    waiting = [(zooms[0], x, y) for x, y in touched(layer, revision.number, zooms[0])]
    while waiting:
        z, x, y = waiting.pop()
        made = tiles.tile(layer, revision.number, z, x, y)
        if not made.data:
            continue
        if not made.cut:
            yield z, x, y, made.data
        if z + 1 in zooms:
            waiting += [(z + 1, 2 * x + right, 2 * y + down) for right in (0, 1) for down in (0, 1)]


def everywhere(layer: Layer) -> dict[str, int]:
    """The header's bounds: the format wants some, our tiles say themselves where they are."""
    zooms = tiles.zooms(layer)
    return {
        "min_zoom": zooms[0],
        "max_zoom": zooms[-1],
        "min_lon_e7": -1_800_000_000,
        "min_lat_e7": -850_000_000,
        "max_lon_e7": 1_800_000_000,
        "max_lat_e7": 850_000_000,
        "center_zoom": zooms[0],
        "center_lon_e7": 1_063_400_000,
        "center_lat_e7": 204_500_000,
    }


def forget_old(layer: Layer) -> None:
    """Keep the archives of the newest revisions; older ones are answered by the database."""
    archives = sorted(folder_of(layer.slug).glob("*.pmtiles"), key=revision_number, reverse=True)
    for old in archives[KEPT:]:
        old.unlink()


def forget_withdrawn(layer: Layer, number: int) -> None:
    """No archive from before revision `number` stays: it shows what was withdrawn then."""
    for archive in folder_of(layer.slug).glob("*.pmtiles"):
        if revision_number(archive) < number:
            archive.unlink()


def revision_number(path: Path) -> int:
    return int(path.name.split("-")[0])
