"""What a visitor's file holds, as plain numbers: the outlines of its areas and lines, and the system it states.

A visitor's file is read like an officer's, by the same child process, within tighter limits; nothing of it is kept.
"""

import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

import shapely

from importers.crs.declared import identify
from importers.reader.limits import PUBLIC
from importers.reader.outcome import Refused
from importers.reader.reading import read

Place = tuple[float, float]
LONGEST_SUFFIX = 9


@dataclass(frozen=True)
class Sent:
    """`areas`: polygons of rings, each ring closed; `lines`: open or closed lines. In the file's own coordinates, east
    or longitude first. `epsg` is the system the file states, None when it states none that we know."""

    areas: list[list[list[Place]]]
    lines: list[list[Place]]
    epsg: int | None


def outlines(name: str, chunks: Iterable[bytes]) -> Sent:
    """Read a visitor's file. Raises Refused. Its name is used for its suffix alone."""
    folder = Path(tempfile.mkdtemp(prefix="geoportal-site-"))
    try:
        path = folder / f"sent{safe_suffix(name)}"
        receive(path, chunks)
        return sent(path)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def safe_suffix(name: str) -> str:
    suffix = PurePath(name.replace("\\", "/")).suffix.lower()
    return suffix if suffix[1:].isalnum() and suffix.isascii() and len(suffix) <= LONGEST_SUFFIX else ""


def receive(path: Path, chunks: Iterable[bytes]) -> None:
    size = 0
    with path.open("wb") as file:
        for chunk in chunks:
            size += len(chunk)
            if size > PUBLIC.file:
                raise Refused("file-too-large", limit=PUBLIC.file // 2**20)
            file.write(chunk)


def sent(path: Path) -> Sent:
    reading = read(path, limits=PUBLIC)
    shapes = [shape for shape in reading.frame.geometry if shape is not None and not shape.is_empty]
    parts = shapely.get_parts(shapes).tolist() if shapes else []
    declared = identify(reading.crs_text)
    return Sent(
        areas=[rings(part) for part in parts if part.geom_type == "Polygon"],
        lines=[places(part) for part in parts if part.geom_type == "LineString"],
        epsg=declared.system.epsg if declared.system else None,
    )


def rings(area: Any) -> list[list[Place]]:
    return [places(area.exterior), *(places(hole) for hole in area.interiors)]


def places(line: Any) -> list[Place]:
    return [(float(x), float(y)) for x, y in shapely.get_coordinates(line)]
