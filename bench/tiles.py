"""Our tiles over HTTP against the plain SQL without HTTP, on the same table, list and compression."""

from __future__ import annotations

import gzip
import statistics
import zlib
from collections.abc import Callable

import psycopg
from django.db import connections

from bench import sample
from bench.race import Pass, percentile, race
from bench.server import Server
from layers import public
from layers.ground.parcels import PARCELS
from layers.queries import snapshots, tiles

Tile = tuple[int, int, int]

# What everybody writes who makes vector tiles with PostGIS: its default buffer, clipping and repair for every shape.
PLAIN_SQL = """
SELECT ST_AsMVT(t.*, 'parcels', 4096, 'geom', 'feature_id') FROM (
    SELECT feature_id, parcel_no, land_use, ST_AsMVTGeom(geom_3857, ST_TileEnvelope(%(z)s, %(x)s, %(y)s)) AS geom
    FROM layers_parcel WHERE until IS NULL AND geom_3857 && ST_TileEnvelope(%(z)s, %(x)s, %(y)s)
) AS t
"""


def measure(server: Server) -> str:
    """A table in Markdown: tiles a second, times, and the heaviest tile."""
    asked, address = sample.tiles(), public.tile_address(PARCELS, snapshots.newest() or 0)
    assert address is not None
    rows, contestants = [], {"plain SQL": plain_sql, "portal over HTTP": over_http(server, address)}
    for clients in (1, 2):
        ours = race(contestants, asked, clients)
        rows += [line(name, clients, done, ours["plain SQL"]) for name, done in ours.items()]
    return "\n".join(
        [
            f"**Tiles**: {len(asked)} of z14 to z17 with parcels, gzip or zlib level 1 on both sides, median of 3.",
            "",
            "| who | clients | tiles/s | p50 ms | p95 ms | whole list s | against plain SQL |",
            "|---|---|---|---|---|---|---|",
            *rows,
            "",
            heaviest(server, address, asked),
        ]
    )


def line(name: str, clients: int, done: Pass, plain: Pass) -> str:
    speed, p50, p95 = len(done.milliseconds) / done.seconds, *(percentile(done.milliseconds, p) for p in (50, 95))
    return (
        f"| {name} | {clients} | {speed:.0f} | {p50:.1f} | {p95:.1f} | {done.seconds:.2f} "
        f"| {plain.seconds / done.seconds:.2f} × as fast |"
    )


def plain_sql() -> Callable[[Tile], object]:
    """A client of the database: a prepared statement with a binary result, compressed like ours."""
    settings = connections["tiles"].get_connection_params()
    settings.pop("cursor_factory", None)
    connection = psycopg.connect(**{**settings, "context": None, "autocommit": True})
    cursor = connection.cursor(binary=True)

    def get(tile: Tile) -> bytes:
        row = cursor.execute(PLAIN_SQL, dict(zip("zxy", tile, strict=True)), prepare=True).fetchone()
        assert row is not None
        return zlib.compress(row[0], 1)

    return get


def over_http(server: Server, address: str) -> Callable[[], Callable[[Tile], object]]:
    def make() -> Callable[[Tile], object]:
        client = server.client()

        def get(tile: Tile) -> bytes:
            answer = client.get(address.format(**dict(zip("zxy", tile, strict=True))))
            assert answer.status == 200, answer
            return answer.body

        return get

    return make


def heaviest(server: Server, address: str, asked: list[Tile]) -> str:
    """The heaviest of the tiles asked and of all tiles of the first zoom, where they are heaviest."""
    client = server.client()
    bodies = [client.get(address.format(z=z, x=x, y=y)).body for z, x, y in asked]
    sizes = [(len(gzip.decompress(body)), len(body)) for body in bodies]
    plain, packed = (max(column) / 1000 for column in zip(*sizes, strict=True))
    typical = statistics.median(size for (z, _, _), (size, _) in zip(asked, sizes, strict=True) if z == 14) / 1000
    return (
        f"Heaviest tile {plain:.0f} kB ({packed:.0f} kB compressed), median of z14 {typical:.0f} kB; "
        f"the limit is {tiles.HEAVIEST // 1000} kB before compression."
    )
