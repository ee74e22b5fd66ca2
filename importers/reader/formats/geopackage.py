"""GeoPackage (OGC 12-128): feature tables read through SQLite alone, read-only; a view never runs."""

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from importers.reader.container import safe_name
from importers.reader.formats import blobs, crs
from importers.reader.formats.columns import Columns
from importers.reader.formats.job import Job
from importers.reader.formats.rings import Shapes
from importers.reader.outcome import Refused
from importers.reader.stream import Account, Chunk, Text

CHUNK = 10_000
_LONGEST_STATEMENT = 100_000
_ROW_IDS = {"fid", "ogc_fid"}
_REAL_TABLE = re.compile(r"\s*CREATE\s+TABLE\b", re.IGNORECASE)
_GENERATED = (2, 3)  # of PRAGMA table_xinfo: values an expression of the sender would compute


@dataclass(frozen=True)
class FeatureTable:
    """A feature table of the file and where its geometry stands."""

    name: str
    geometry: str
    srs: int


def read(job: Job, account: Account) -> Iterator[Chunk]:
    """The features of the one layer, or of the one asked for, in the order of their row ids."""
    try:
        yield from _read(job, account)
    except sqlite3.Error:
        raise Refused("gpkg-broken") from None
    except UnicodeDecodeError:
        raise Refused("gpkg-not-unicode") from None


def _read(job: Job, account: Account) -> Iterator[Chunk]:
    database = _open(job)
    table = _chosen(database, job)
    account.crs_text = _crs(database, table.srs)
    if account.crs_text is None:
        account.tell("crs-missing")
    (account.features,) = database.execute(f"SELECT count(*) FROM {_quoted(table.name)}").fetchone()  # noqa: S608  (quoted)
    indexed = _indexed(database, table)
    names, kept = _columns(database, table, job, account)
    # Quoted names of the file itself: SQLite has no placeholder for them, and the connection cannot write.
    fields = ", ".join(_quoted(name) for name in ("rowid", table.geometry, *names))
    cursor = database.execute(f"SELECT {fields} FROM {_quoted(table.name)} ORDER BY rowid")  # noqa: S608  (quoted)
    builder, row = Shapes(account), 0
    while found := cursor.fetchmany(CHUNK):
        rows = list(range(row + 1, row + len(found) + 1))
        row += len(found)
        shapes = [blobs.wkb(record[1], at) for record, at in zip(found, rows, strict=True)]
        account.geometries += sum(shape is not None for shape in shapes)
        _check_index(found, shapes, rows, indexed)
        made = builder.parse(shapes, rows)
        blobs.check([record[1] for record in found], shapes, made, rows)
        cells = {name: [_text(record[at]) for record in found] for at, name in enumerate(kept, 2) if name}
        yield Chunk(rows, cells, builder.flat(made))
    builder.finish()


def _open(job: Job) -> sqlite3.Connection:
    """The file read-only, its pages checked; nothing its schema says is trusted."""
    path = next(iter(job.files.values()))
    database = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)
    database.setlimit(sqlite3.SQLITE_LIMIT_SQL_LENGTH, _LONGEST_STATEMENT)
    database.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    for pragma in ("trusted_schema = OFF", "cell_size_check = ON", "temp_store = MEMORY", "query_only = ON"):
        database.execute(f"PRAGMA {pragma}")
    (said,) = database.execute("PRAGMA integrity_check(1)").fetchone()
    if said != "ok":
        raise Refused("gpkg-broken")
    return database


def _chosen(database: sqlite3.Connection, job: Job) -> FeatureTable:
    for needed in ("gpkg_contents", "gpkg_geometry_columns"):
        if not _is_real(database, needed):
            raise Refused("gpkg-broken")
    found = database.execute(
        "SELECT c.table_name, g.column_name, g.srs_id FROM gpkg_contents c"
        " JOIN gpkg_geometry_columns g ON g.table_name = c.table_name"
        " WHERE c.data_type = 'features' ORDER BY c.rowid LIMIT ?",
        (job.limits.layers + 1,),
    ).fetchall()
    if len(found) > job.limits.layers:
        raise Refused("too-many-layers", limit=job.limits.layers)
    tables = [FeatureTable(*record) for record in found if _is_real(database, record[0])]
    listed = ", ".join(safe_name(table.name) for table in tables[:50])
    if not tables:
        raise Refused("layer-none")
    if job.sublayer is None and len(tables) > 1:
        raise Refused("layer-choose", layers=listed)
    wanted = [table for table in tables if job.sublayer in (None, table.name, safe_name(table.name))]
    if len(wanted) != 1:
        raise Refused("layer-unknown", layers=listed)
    return wanted[0]


def _is_real(database: sqlite3.Connection, name: object) -> bool:
    """A table that stores rows: no view, which may run for ever, and no virtual table."""
    kinds = database.execute("SELECT type, sql FROM sqlite_master WHERE name = ? COLLATE NOCASE", (name,)).fetchall()
    return len(kinds) == 1 and kinds[0][0] == "table" and bool(_REAL_TABLE.match(kinds[0][1] or ""))


def _columns(
    database: sqlite3.Connection, table: FeatureTable, job: Job, account: Account
) -> tuple[list[str], list[str | None]]:
    """Columns to select, and their names in the frame. Binary and computed ones are left out and told."""
    names = Columns(job.personal, account, job.limits)
    selected: list[str] = []
    kept: list[str | None] = []
    found = False
    for _, name, kind, _, _, key, hidden in database.execute(f"PRAGMA table_xinfo({_quoted(table.name)})"):
        if name.casefold() == table.geometry.casefold():
            found = True
        elif hidden in _GENERATED or "BLOB" in kind.upper():
            account.tell("field-unread", name=safe_name(name))
        elif not (key and name.casefold() in _ROW_IDS) and (given := names.name(name)):
            selected.append(name)
            kept.append(given)
    if not found:
        raise Refused("gpkg-broken")
    return selected, kept


def _indexed(database: sqlite3.Connection, table: FeatureTable) -> set[int]:
    """Row ids in the file's own spatial index: rows that had a shape when they were written."""
    name = f"rtree_{table.name}_{table.geometry}_rowid"
    if not _is_real(database, name):
        return set()
    return {rowid for (rowid,) in database.execute(f"SELECT rowid FROM {_quoted(name)}")}  # noqa: S608  (quoted)


def _check_index(found: list[tuple[Any, ...]], shapes: list[bytes | None], rows: list[int], indexed: set[int]) -> None:
    for record, shape, row in zip(found, shapes, rows, strict=True):
        if shape is None and record[0] in indexed:
            raise Refused("geometry-broken", row=row)


def _crs(database: sqlite3.Connection, srs: int) -> str | None:
    if not _is_real(database, "gpkg_spatial_ref_sys"):
        return None
    said = database.execute(
        "SELECT definition, organization, organization_coordsys_id FROM gpkg_spatial_ref_sys"
        " WHERE srs_id = ? AND srs_id > 0",
        (srs,),
    ).fetchone()
    if said is None:
        return None
    definition, organization, code = said
    return crs.well_known(str(definition)) or crs.named(f"{organization}:{code}")


def _text(value: object) -> Text:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, int | float):
        return repr(value)
    raise Refused("gpkg-broken")  # bytes in a column that is not declared for them


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
