"""Publishing 200,000 checked parcels beside plain COPY of the same rows, in a database of its own.

The peers do nothing but COPY, which is what ogr2ogr does at its fastest (PG_USE_COPY): into a bare table of the
delivered columns, and into a table with our columns and indexes, for which even the shapes in EPSG:3857 come ready.
Publishing also compares, numbers, transforms, records and keeps digests. All take turns; nothing is committed.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from statistics import median
from uuid import uuid4

import geopandas as gpd
import numpy as np
import psycopg
import shapely
from psycopg import sql

PARCELS_IN_ALL, ROUNDS, FRAME = 200_000, 3, 50_000
AT_LEAST = 0.4
BARE, ALIKE = "COPY, bare table", "COPY, our columns and indexes"
PARCEL_M = 25.0
EAST, NORTH = 560_000.0, 2_250_000.0
Run = Callable[[psycopg.Cursor], None]


def measure() -> str:
    """The table of the measurement, made by a child on a scratch database beside the one of DATABASE_URL."""
    from django.db import connections

    said = connections["default"].settings_dict
    where = {"host": said["HOST"], "port": said["PORT"] or 5432, "user": said["USER"], "password": said["PASSWORD"]}
    name = f"bench_publish_{uuid4().hex[:8]}"
    address = f"postgis://{said['USER']}:{said['PASSWORD']}@{said['HOST']}:{where['port']}/{name}"
    if str(said["HOST"]).startswith("/"):
        address = f"postgis://{said['USER']}@/{said['HOST']}/{name}"
    with psycopg.connect(dbname=said["NAME"], autocommit=True, **where) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            command = [sys.executable, "-m", "bench.publishing"]
            done = subprocess.run(command, env=os.environ | {"DATABASE_URL": address}, capture_output=True, text=True)
            return done.stdout.strip() or done.stderr
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def parcels(count: int) -> gpd.GeoDataFrame:
    """Squares with a little noise, in sheets of 100, with the columns of a checked delivery."""
    across = int(np.sqrt(count))
    at = np.arange(count)
    corners = np.array([(0, 0), (1, 0), (1, 1), (0, 1)]) * PARCEL_M
    noise = np.random.default_rng(1).uniform(-0.5, 0.5, (count, 4, 2))
    west = np.stack([EAST + at % across * PARCEL_M, NORTH + at // across * PARCEL_M], axis=1)
    shapes = shapely.polygons(west[:, None, :] + corners + noise)
    columns = {
        "commune_code": "12817",
        "sheet_no": (at // 100 + 1).astype(str),
        "parcel_no": (at % 100 + 1).astype(str),
        "area_paper_m2": np.round(shapely.area(shapes), 1),
        "purposes": [[{"code": "ONT", "vocabulary": "2024", "area_m2": None}]] * count,
        "land_use": "ONT",
        "accuracy_m": 0.15,
        "source": "bench",
    }
    return gpd.GeoDataFrame(columns, geometry=shapes, crs=9209)


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "geoportal.settings")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    frame = parcels(PARCELS_IN_ALL)
    runs = {
        "publishing": publishing(frame),
        "COPY, bare table": bare(frame),
        "COPY, our columns and indexes": alike(frame),
    }
    seconds: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(ROUNDS):
        for name, run in runs.items():
            seconds[name].append(timed(run))
    usual = {name: median(taken) for name, taken in seconds.items()}
    print(f"| {PARCELS_IN_ALL:,} parcels | median of {ROUNDS}, s | rows a second |")
    print("|---|---|---|")
    for name, taken in usual.items():
        print(f"| {name} | {taken:.1f} | {PARCELS_IN_ALL / taken:,.0f} |")
    share, gain = (usual[name] / usual["publishing"] for name in ("COPY, bare table", "COPY, our columns and indexes"))
    load = os.getloadavg()[0]
    print(
        f"\nPublishing runs at {share:.2f} × the speed of COPY into a bare table (aim {AT_LEAST}) and at {gain:.2f} ×"
    )
    print(f"that of COPY into the same columns and indexes (aim above 1). Load of the machine: {load:.1f}.")
    return 0


def timed(run: Run) -> float:
    """Seconds of one run; what it wrote is taken back."""
    from django.db import connections, transaction

    with transaction.atomic(using="publish"):
        cursor = connections["publish"].connection.cursor()
        begin = time.monotonic()
        run(cursor)
        taken = time.monotonic() - begin
        transaction.set_rollback(True, using="publish")
    return taken


def publishing(frame: gpd.GeoDataFrame) -> Run:
    from importers.publish import Delivery, publish
    from layers.ground.parcels import PARCELS

    def run(_: psycopg.Cursor) -> None:
        pieces = (frame[at : at + FRAME] for at in range(0, len(frame), FRAME))
        publish(PARCELS, pieces, Delivery("bench", "0" * 64, "bench"))

    return run


def bare(frame: gpd.GeoDataFrame) -> Run:
    from importers.publish.staging import delivered_columns, names
    from layers.ground.parcels import PARCELS

    def run(cursor: psycopg.Cursor) -> None:
        columns = delivered_columns(PARCELS)
        listed = names(column.name for column in columns)
        cursor.execute(
            sql.SQL("CREATE TABLE bare AS SELECT 0::bigint AS no, {} FROM layers_parcel WITH NO DATA").format(listed)
        )
        copy(cursor, "bare", ["no", *(column.name for column in columns)], frame, extra=lambda text, _: text)

    return run


def alike(frame: gpd.GeoDataFrame) -> Run:
    from importers.publish.staging import delivered_columns
    from layers.ground.parcels import PARCELS

    tiles = shapely.to_wkb(
        shapely.set_srid(
            shapely.multipolygons(frame.geometry.to_crs(3857).to_numpy(), indices=range(len(frame))), 3857
        ),
        hex=True,
        include_srid=True,
    )

    def run(cursor: psycopg.Cursor) -> None:
        cursor.execute("CREATE TABLE alike (LIKE layers_parcel INCLUDING ALL)")
        own = ["geom_3857", "since", "digest", "plain_shape"]
        columns = ["feature_id", *(column.name for column in delivered_columns(PARCELS)), *own]

        def extra(text: str, first: int) -> str:
            digest = "00000000-0000-0000-0000-000000000000"
            lines = text.splitlines()
            return "\n".join(f"{line},{tiles[first + at]},1,{digest},true" for at, line in enumerate(lines)) + "\n"

        copy(cursor, "alike", columns, frame, extra)

    return run


def copy(
    cursor: psycopg.Cursor, table: str, columns: list[str], frame: gpd.GeoDataFrame, extra: Callable[[str, int], str]
) -> None:
    from importers.publish.copying import FORMAT, lines
    from importers.publish.staging import delivered_columns, names
    from layers.ground.parcels import PARCELS

    statement = sql.SQL("COPY {} ({}) FROM STDIN {}").format(sql.Identifier(table), names(columns), sql.SQL(FORMAT))
    with cursor.copy(statement) as into:
        for first in range(0, len(frame), FRAME):
            text = lines(frame[first : first + FRAME], delivered_columns(PARCELS), first=first)
            into.write(extra(text, first))


if __name__ == "__main__":
    sys.exit(main())
