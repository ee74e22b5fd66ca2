"""Who loads 200,000 parcels of one GeoPackage, each from the file on: publishing, plain COPY, and ogr2ogr.

The bare table has no spatial index. For our columns and indexes ogr2ogr runs twice: from the same file, with what the
delivery does not hold (identifier, digest, shape in EPSG:3857, folded numbers) filled in by a trigger; and from a table
of the same database in which all that stands ready-made, so that nothing at all is computed.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import geopandas as gpd
import psycopg
import shapely
from django.db import connections, transaction
from psycopg import sql

from importers.publish import Delivery, publish
from importers.publish.copying import FORMAT, lines
from importers.publish.staging import delivered_columns, names
from layers.ground.parcels import PARCELS

FRAME = 50_000
NO_DIGEST = "00000000-0000-0000-0000-000000000000"
Run = Callable[[], float]


def runs(file: Path) -> dict[str, Run]:
    """By name, what loads the file's parcels once, takes them back and returns the seconds that the loading took."""
    known = {
        "publishing": lambda: rolled_back(lambda _: published(file)),
        "COPY, bare table": lambda: rolled_back(lambda cursor: copied_bare(cursor, file)),
        "COPY, our columns and indexes": lambda: rolled_back(lambda cursor: copied_alike(cursor, file)),
    }
    if shutil.which("ogr2ogr"):
        make_ready(file)
        rows = len(read(file))
        known |= {
            "ogr2ogr, bare table": lambda: by_ogr2ogr(file, file.stem, rows, BARE),
            "ogr2ogr, our columns and indexes": lambda: by_ogr2ogr(file, file.stem, rows, APPENDED, DERIVED),
            "ogr2ogr, all ready-made": lambda: by_ogr2ogr(address(), "ready", rows, ["-append"], ALIKE),
        }
    return known


APPENDED = ("-append", "-nlt", "PROMOTE_TO_MULTI")
# As fast as ogr2ogr makes a table: nothing is looked up afterwards.
BARE = ("-nlt", "PROMOTE_TO_MULTI", "-lco", "GEOMETRY_NAME=geom", "-lco", "SPATIAL_INDEX=NONE", "-lco", "FID=no")
# For a column with an expression ogr2ogr leaves COPY for INSERT, which is twenty times slower: ours become plain ones.
ALIKE = "CREATE TABLE peer (LIKE layers_parcel INCLUDING ALL EXCLUDING GENERATED)"
DERIVED = f"""{ALIKE};
CREATE OR REPLACE FUNCTION bench_derive() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.feature_id := NEW.row_id; NEW.since := 1; NEW.digest := md5(ROW(NEW.*)::text)::uuid;
  NEW.geom_3857 := ST_ForcePolygonCW(ST_Transform(NEW.geom, 3857)); NEW.plain_shape := ST_IsPolygonCW(NEW.geom_3857);
  NEW.old_commune_code := ''; NEW.old_sheet_no := ''; NEW.old_parcel_no := ''; NEW.parcel_code := '';
  NEW.sheet_key := portal_fold_number(NEW.sheet_no); NEW.parcel_key := portal_fold_number(NEW.parcel_no);
  NEW.old_sheet_key := ''; NEW.old_parcel_key := '';
  RETURN NEW;
END $$;
CREATE TRIGGER derive BEFORE INSERT ON peer FOR EACH ROW EXECUTE FUNCTION bench_derive()"""


def rolled_back(load: Callable[[psycopg.Cursor], None]) -> float:
    with transaction.atomic(using="publish"):
        cursor = connections["publish"].connection.cursor()
        begin = time.monotonic()
        load(cursor)
        taken = time.monotonic() - begin
        transaction.set_rollback(True, using="publish")
    return taken


def read(file: Path) -> gpd.GeoDataFrame:
    frame = gpd.read_file(file)
    return frame.assign(purposes=frame["purposes"].map(json.loads))


def published(file: Path) -> None:
    frame = read(file)
    publish(
        PARCELS, (frame[at : at + FRAME] for at in range(0, len(frame), FRAME)), Delivery("bench", "0" * 64, "bench")
    )


def copied_bare(cursor: psycopg.Cursor, file: Path) -> None:
    columns = delivered_columns(PARCELS)
    listed = names(column.name for column in columns)
    cursor.execute(
        sql.SQL("CREATE TABLE bare AS SELECT 0::bigint AS no, {} FROM layers_parcel WITH NO DATA").format(listed)
    )
    copy(cursor, "bare", ["no", *(column.name for column in columns)], read(file), extra=lambda text, _: text)


def copied_alike(cursor: psycopg.Cursor, file: Path) -> None:
    frame = read(file)
    planes = shapely.multipolygons(frame.geometry.to_crs(3857).to_numpy(), indices=range(len(frame)))
    tiles = shapely.to_wkb(shapely.set_srid(planes, 3857), hex=True, include_srid=True)
    cursor.execute("CREATE TABLE alike (LIKE layers_parcel INCLUDING ALL)")
    own = ["geom_3857", "since", "digest", "plain_shape"]

    def extra(text: str, first: int) -> str:
        told = (f"{line},{tiles[first + at]},1,{NO_DIGEST},true" for at, line in enumerate(text.splitlines()))
        return "\n".join(told) + "\n"

    columns = ["feature_id", *(column.name for column in delivered_columns(PARCELS)), *own]
    copy(cursor, "alike", columns, frame, extra)


def copy(
    cursor: psycopg.Cursor, table: str, columns: list[str], frame: gpd.GeoDataFrame, extra: Callable[[str, int], str]
) -> None:
    statement = sql.SQL("COPY {} ({}) FROM STDIN {}").format(sql.Identifier(table), names(columns), sql.SQL(FORMAT))
    with cursor.copy(statement) as into:
        for first in range(0, len(frame), FRAME):
            text = lines(frame[first : first + FRAME], delivered_columns(PARCELS), first=first)
            into.write(extra(text, first))


def make_ready(file: Path) -> None:
    """A table `ready` with the rows as our own table holds them, in every column but its own number and its end."""
    own = {"row_id", "until"}
    columns = names(str(field.column) for field in PARCELS.model._meta.local_concrete_fields if field.column not in own)
    cursor = connections["publish"].cursor().cursor
    copied_alike(cursor, file)
    cursor.execute(sql.SQL("CREATE TABLE ready AS SELECT {} FROM alike").format(columns))
    cursor.execute("DROP TABLE alike")


def by_ogr2ogr(source: str | Path, layer: str, rows: int, options: Sequence[str], table: str = "") -> float:
    """Seconds of a whole run of ogr2ogr into `peer`, which is made by `table` first, and dropped afterwards.

    RuntimeError: it failed, with what it said, or it did not load all rows.
    """
    connection = connections["publish"]
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS peer")
        cursor.execute(table or "SELECT 1")
    command = ["ogr2ogr", "-f", "PostgreSQL", "--config", "PG_USE_COPY", "YES", address(), str(source), layer]
    command += ["-nln", "peer", *options]
    begin = time.monotonic()
    done = subprocess.run(command, capture_output=True, text=True)
    taken = time.monotonic() - begin
    if done.returncode:
        raise RuntimeError(done.stderr)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM peer")
        if cursor.fetchone() != (rows,):
            raise RuntimeError(f"ogr2ogr did not load {rows} rows of {layer}.")
        cursor.execute("DROP TABLE peer")
    return taken


def address() -> str:
    said = connections["publish"].settings_dict
    words = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD", "dbname": "NAME"}
    return "PG:" + " ".join(f"{word}={said[key]}" for word, key in words.items() if said[key])
