"""Publishing 200,000 checked parcels beside what others do with the same rows, in a database of its own.

The peers (`bench.publishing_peers`) only load: a plain COPY of rows that are ready, and ogr2ogr where it is there,
each into a bare table of the delivered columns and into a table with our columns and indexes. Publishing also compares,
numbers, transforms, records and keeps digests. All take turns, and what they wrote is taken back.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from uuid import uuid4

import geopandas as gpd
import numpy as np
import psycopg
import shapely
from psycopg import sql

PARCELS_IN_ALL, ROUNDS = 200_000, 3
# What is aimed at, as shares of the peer's speed: into a bare table, and into our columns and indexes.
AIMS = {"bare table": 0.4, "our columns and indexes": 1.0}
PARCEL_M = 25.0
EAST, NORTH = 560_000.0, 2_250_000.0


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
        "purposes": [json.dumps([{"code": "ONT", "vocabulary": "2024", "area_m2": None}])] * count,
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
    from bench import publishing_peers

    with tempfile.TemporaryDirectory(prefix="geoportal-bench-") as folder:
        file = Path(folder) / "parcels.gpkg"
        parcels(PARCELS_IN_ALL).to_file(file, driver="GPKG")
        runs = publishing_peers.runs(file)
        seconds: dict[str, list[float]] = {name: [] for name in runs}
        for _ in range(ROUNDS):
            for name, run in runs.items():
                seconds[name].append(run())
    print(told({name: median(taken) for name, taken in seconds.items()}))
    if not any(name.startswith("ogr2ogr") for name in seconds):
        print("ogr2ogr is not on this machine (Debian: gdal-bin), so only COPY was raced.")
    return 0


def told(usual: dict[str, float]) -> str:
    """The seconds of each as a table of Markdown, publishing as a share of each peer, and the aim."""
    rows = [
        f"| {PARCELS_IN_ALL:,} parcels | median, s | rows a second | publishing runs at | aim |",
        "|---|---|---|---|---|",
    ]
    for name, taken in usual.items():
        into = name.partition(", ")[2]
        share = f"{taken / usual['publishing']:.2f} × that" if into else ""
        aim = f"{AIMS[into]} ×" if into in AIMS and name.startswith("ogr2ogr") else ""
        rows.append(f"| {name} | {taken:.1f} | {PARCELS_IN_ALL / taken:,.0f} | {share} | {aim} |")
    return "\n".join([*rows, f"\nLoad of the machine at the end: {os.getloadavg()[0]:.1f}."])


if __name__ == "__main__":
    sys.exit(main())
