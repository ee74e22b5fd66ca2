"""Shapefiles: structure and table by our own arithmetic, shapes by GDAL with a single driver.

GDAL is shown only the .shp and an .shx that fits it. The .dbf is read here: its bytes come out
as they are, one sign a byte, because decoding is a decision for a person (and GDAL loses letters in CP1258).
"""

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from importers.reader.formats import crs
from importers.reader.formats.columns import Columns
from importers.reader.formats.job import Job
from importers.reader.formats.rings import Shapes
from importers.reader.outcome import Refused
from importers.reader.stream import Account, Chunk
from importers.reader.structure import dbf, shp

CHUNK = 10_000
_LONGEST_NAME_OF_ENCODING = 40


def read(job: Job, account: Account) -> Iterator[Chunk]:
    """Check the set of files, then yield its features; deleted records are left out and told."""
    account.encoding_known = False
    shape_bytes = memoryview(job.files[".shp"].read_bytes())
    shapes = shp.check(shape_bytes, job.limits)
    if ".dbf" not in job.files:
        raise Refused("dbf-missing")
    table = dbf.check(memoryview(job.files[".dbf"].read_bytes()), job.limits)
    if len(table.records) != len(shapes.offsets):
        raise Refused("count-mismatch", shapes=len(shapes.offsets), rows=len(table.records))
    deleted = table.deleted
    account.features = int((~deleted).sum())
    account.geometries = int((~deleted & ~np.asarray(shapes.empty, dtype=bool)).sum())
    _tell(account, shapes, deleted)
    _read_index(job, account, shapes, shape_bytes)
    _read_texts(job, account)
    columns = _columns(job, account, table)
    return _chunks(job, account, table, columns, deleted)


def _tell(account: Account, shapes: shp.Shapes, deleted: "np.typing.NDArray[np.bool_]") -> None:
    account.tell_rows("rows-deleted", [int(row) + 1 for row in np.flatnonzero(deleted)])
    account.tell_rows("rings-closed", shapes.unclosed)
    account.tell_rows("rings-short", shapes.short_rings)
    account.tell_rows("records-misnumbered", shapes.misnumbered)
    if not shapes.flat:
        account.tell("height-dropped")


def _read_index(job: Job, account: Account, shapes: shp.Shapes, shape_bytes: memoryview) -> None:
    """Put an .shx that fits the record chain beside the .shp; tell when the delivered one did not."""
    made = shp.index(shapes, bytes(shape_bytes[: shp.HEADER]))
    path = job.files[".shp"].with_suffix(".shx")
    delivered = job.files[".shx"].read_bytes() if ".shx" in job.files else None
    if delivered is None:
        account.tell("index-missing")
    elif delivered[shp.HEADER :] != made[shp.HEADER :]:
        account.tell("index-rebuilt")
    path.write_bytes(made)


def _read_texts(job: Job, account: Account) -> None:
    if ".prj" not in job.files:
        account.tell("crs-missing")
    else:
        account.crs_text = crs.well_known(_decoded(job.files[".prj"]))
        if account.crs_text is None:
            account.tell("crs-ignored")
    if ".cpg" in job.files:
        account.declared_encoding = _decoded(job.files[".cpg"])[:_LONGEST_NAME_OF_ENCODING].strip() or None


def _decoded(path: Path) -> str:
    raw = path.read_bytes()[: 4 * crs.LONGEST]
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("iso-8859-1")


def _columns(job: Job, account: Account, table: dbf.Table) -> dict[str, dbf.Column]:
    names = Columns(job.personal, account, job.limits)
    kept: dict[str, dbf.Column] = {}
    for position, column in enumerate(table.columns):
        if column.type == dbf.MEMO:
            account.tell("field-unread", name=column.name)
        elif name := names.name(column.name, position):
            kept[name] = column
            if column.type == dbf.TEXT:
                account.widths[name] = column.width
    return kept


def _chunks(
    job: Job,
    account: Account,
    table: dbf.Table,
    columns: dict[str, dbf.Column],
    deleted: "np.typing.NDArray[np.bool_]",
) -> Iterator[Chunk]:
    shapes = _shapes(job.files[".shp"], len(deleted))
    builder = Shapes(account)
    for first in range(0, len(deleted), CHUNK):
        last = min(first + CHUNK, len(deleted))
        live = [at for at in range(last - first) if not deleted[first + at]]
        rows = [first + at + 1 for at in live]
        cells = {name: table.cells(column, first, last) for name, column in columns.items()}
        kept = {name: [texts[at] for at in live] for name, texts in cells.items()}
        yield Chunk(rows, kept, builder.flat(builder.parse([shapes[row - 1] for row in rows], rows)))
    builder.finish()


def _shapes(path: Path, count: int) -> list[bytes | None]:
    """All shapes as flat WKB in record order. GDAL sees no .dbf, so it reads no attribute and skips no record."""
    if count == 0:
        return []
    from importers.reader import drivers

    pyogrio_raw = drivers.only("ESRI Shapefile")
    _, numbers, shapes, _ = pyogrio_raw.read(path, columns=[], return_fids=True, force_2d=True)
    if numbers.tolist() != list(range(count)):
        raise Refused("geometry-lost", expected=count, found=len(numbers))
    return list(shapes)
