"""The rows of a visitor's table or the features of his file, as plain cells and numbers: many sites at once.

Read like one site's file (`importers.reader.outlines`), with the same limits but for the number of features.
"""

import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import shapely

from importers.columns.personal import PERSONAL_COLUMNS
from importers.crs.declared import identify
from importers.reader.limits import PUBLIC
from importers.reader.outlines import Place, places, receive, rings, safe_suffix
from importers.reader.reading import Reading, read

MOST_ROWS = 10_000
BATCH = replace(PUBLIC, features=MOST_ROWS, vertices=5_000)
TABLES = (".csv", ".txt", ".tsv", ".xlsx")


@dataclass(frozen=True)
class Row:
    """`cells`: text by column name, without blanks; `areas` and `lines` as of `outlines.Sent`, empty in a table."""

    cells: dict[str, str]
    areas: list[list[list[Place]]]
    lines: list[list[Place]]


@dataclass(frozen=True)
class Rows:
    """`is_table`: whether the file has no shapes at all; `epsg`: the system that it states, None when none."""

    rows: list[Row]
    is_table: bool
    epsg: int | None


def rows(name: str, chunks: Iterable[bytes]) -> Rows:
    """Read a visitor's file of many sites. Raises Refused; more rows than MOST_ROWS are one of its reasons."""
    folder = Path(tempfile.mkdtemp(prefix="geoportal-batch-"))
    try:
        path = folder / f"sent{safe_suffix(name)}"
        receive(path, chunks)
        is_table = path.suffix in TABLES
        reading = read(path, limits=BATCH, personal=PERSONAL_COLUMNS, shapes=not is_table)
        declared = identify(reading.crs_text)
        return Rows(list(told(reading)), is_table, declared.system.epsg if declared.system else None)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def told(reading: Reading) -> Iterator[Row]:
    names = reading.columns
    columns = [[str(cell or "").strip() for cell in reading.frame[name]] for name in names]
    for place, shape in enumerate(reading.frame.geometry):
        cells = {name: column[place] for name, column in zip(names, columns, strict=True) if column[place]}
        parts: list[Any] = [] if shape is None or shape.is_empty else shapely.get_parts([shape]).tolist()
        yield Row(
            cells,
            areas=[rings(part) for part in parts if part.geom_type == "Polygon"],
            lines=[places(part) for part in parts if part.geom_type == "LineString"],
        )
