"""What is kept of a delivery once its columns are confirmed: the raw text of public columns and the shapes.

Encodings, systems and repairs can then still be chosen again, while the file itself is gone. Cells of a column that
may hold a person's name are kept only where they name an organisation. The format is the reader's own stream.
"""

from __future__ import annotations

import dataclasses
import gzip
import json
from collections.abc import Mapping
from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely

from importers.columns import is_organisation, match
from importers.pipeline import context_of
from importers.reader import Reading
from importers.reader.outcome import Notice
from importers.reader.stream import CHUNK, END, Chunk, decode, encode, frames, write
from importers.steps.context import Choices, Ground
from importers.steps.decode_text import decode_text
from layers.declare import Layer

_ROWS_AT_ONCE = 20_000
_MOST = 2 * 2**30


def keep(reading: Reading, layer: Layer, choices: Choices, path: Path) -> Reading:
    """Write what may be kept to `path` (mode 0600) and give it back as a reading of its own."""
    limited = dataclasses.replace(reading, frame=public_columns(reading, layer, choices))
    half = path.with_suffix(".half")
    half.unlink(missing_ok=True)
    half.touch(mode=0o600)
    with gzip.open(half, "wb", compresslevel=1) as file:
        for start in range(0, len(limited.frame), _ROWS_AT_ONCE):
            part = limited.frame.iloc[start : start + _ROWS_AT_ONCE]
            write(file, CHUNK, encode(_chunk(part)))  # type: ignore[arg-type]  # a file is a stream
        write(file, END, json.dumps(_account(limited)).encode())  # type: ignore[arg-type]  # a file is a stream
    half.replace(path)  # a worker killed in the middle leaves nothing that looks whole
    return limited


def kept(path: Path) -> Reading:
    """The reading that `keep` wrote."""
    chunks: list[Chunk] = []
    with gzip.open(path, "rb") as file:
        for kind, payload in frames(file, _MOST):  # type: ignore[arg-type]  # a file is a stream
            if kind == END:
                return _reading(chunks, json.loads(payload))
            chunks.append(decode(payload))
    raise ValueError("a kept delivery without its end")


def public_columns(reading: Reading, layer: Layer, choices: Choices) -> gpd.GeoDataFrame:
    """The delivered columns that mean a public field, by their delivered names, and the shapes."""
    frame = reading.frame
    delivered = [str(name) for name in frame.columns if name != "geometry"]
    matched = match(layer, delivered, choices.mapping, choices.constants).columns
    public = {field.name: field for field in layer.public_fields}
    limited = frame[[*(column for name, column in matched.items() if name in public), "geometry"]].copy()
    for name, column in matched.items():
        if name in public and public[name].organisation:
            limited[column] = _organisations(frame[[column, "geometry"]], name, column, reading, layer, choices)
    return limited


def _organisations(
    frame: gpd.GeoDataFrame, name: str, column: str, reading: Reading, layer: Layer, choices: Choices
) -> pd.Series:
    """The raw cells that read as an organisation, the others emptied."""
    context = context_of(reading, layer, choices, Ground())
    read, _ = decode_text(frame.rename(columns={column: name}), context)
    shown = read[name].map(lambda cell: isinstance(cell, str) and is_organisation(cell)).astype(bool)
    return frame[column].where(shown, None)


def _chunk(frame: gpd.GeoDataFrame) -> Chunk:
    columns = {
        str(name): [cell if isinstance(cell, str) else None for cell in frame[name]]
        for name in frame.columns
        if name != "geometry"
    }
    shapes = [None if shape is None else shapely.to_wkb(shape, flavor="iso") for shape in frame.geometry]
    return Chunk([int(row) for row in frame.index], columns, shapes)


def _account(reading: Reading) -> dict[str, object]:
    told = {field.name: getattr(reading, field.name) for field in dataclasses.fields(reading) if field.name != "frame"}
    return told | {"findings": [[notice.code, notice.detail] for notice in reading.findings]}


def _reading(chunks: list[Chunk], account: Mapping[str, object]) -> Reading:
    columns: dict[str, list[str | None]] = {}
    rows: list[int] = []
    shapes: list[bytes | None] = []
    for chunk in chunks:
        rows += chunk.rows
        shapes += chunk.shapes
        for name, cells in chunk.columns.items():
            columns.setdefault(name, []).extend(cells)
    index = pd.Index(rows, name="row")
    frame = gpd.GeoDataFrame(
        {name: pd.Series(cells, index=index, dtype=object) for name, cells in columns.items()},
        index=index,
        geometry=shapely.from_wkb(shapes),
    )
    told = {name: tuple(value) if isinstance(value, list) else value for name, value in account.items()}
    told["findings"] = tuple(Notice(code, detail) for code, detail in account["findings"])  # type: ignore[attr-defined]
    return Reading(frame=frame, **told)  # type: ignore[arg-type]  # a file is a stream
