"""Small files for the reader's tests, good ones and broken ones, all made by code."""

import io
import json
import struct
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import shapefile
import shapely

from importers.reader import Reading, Refused, read

EAST, NORTH = 585_000.0, 2_262_000.0
Files = dict[str, bytes]


def square(at: int = 0, size: float = 20.5) -> shapely.Polygon:
    return shapely.box(EAST + 30 * at, NORTH, EAST + 30 * at + size, NORTH + size)


def shapefile_set(
    shapes: Sequence[Any] | None = None,
    fields: Sequence[tuple[str, str, int, int]] = (("SHTHUA", "C", 5, 0), ("DIENTICH", "N", 10, 2)),
    rows: Sequence[Sequence[Any]] | None = None,
    kind: int = shapefile.POLYGON,
) -> Files:
    """The parts of a shapefile by suffix: three squares unless told otherwise."""
    shapes = [square(at) for at in range(3)] if shapes is None else shapes
    rows = [(str(at + 1), 420.25) for at in range(len(shapes))] if rows is None else rows
    parts = {suffix: io.BytesIO() for suffix in ("shp", "shx", "dbf")}
    with shapefile.Writer(**parts, shapeType=kind, encoding="iso-8859-1") as writer:
        for field in fields:
            writer.field(*field)
        for row, shape in zip(rows, shapes, strict=True):
            writer.record(*row)
            if shape is None:
                writer.null()
            elif kind == shapefile.POINT:
                writer.point(shape.x, shape.y)
            else:
                writer.shape(shape)
    return {f".{suffix}": part.getvalue() for suffix, part in parts.items()}


def patch(content: bytes, at: int, form: str, *values: Any) -> bytes:
    """The content with some binary values written over it."""
    changed = bytearray(content)
    struct.pack_into(form, changed, at, *values)
    return bytes(changed)


def record_start(shp: bytes, row: int) -> int:
    """Where the content of a record (from 1) starts in a .shp."""
    at = 100
    for _ in range(row - 1):
        at += 8 + 2 * struct.unpack_from(">i", shp, at + 4)[0]
    return at + 8


def zipped(files: dict[str, bytes], stem: str = "thua") -> bytes:
    """A ZIP of files; a bare suffix as name gets the stem before it."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(stem + name if name.startswith(".") else name, content)
    return made.getvalue()


def written(folder: Path, name: str, content: bytes | str | dict[str, Any]) -> Path:
    """A file with this content (a dictionary as JSON)."""
    if isinstance(content, dict):
        content = json.dumps(content)
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def sent(folder: Path, files: Files) -> Path:
    """A shapefile as people send it: in a ZIP."""
    return written(folder, "thua.zip", zipped(files))


def feature(coordinates: Any = None, kind: str = "Polygon", **properties: Any) -> dict[str, Any]:
    ring = [[106.3, 20.4], [106.31, 20.4], [106.31, 20.41], [106.3, 20.4]]
    geometry = {"type": kind, "coordinates": [ring] if coordinates is None else coordinates}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def collection(*features: dict[str, Any], **members: Any) -> dict[str, Any]:
    return {"type": "FeatureCollection", **members, "features": list(features)}


def geopackage(path: Path, layers: Sequence[str] = ("thua",), change: Callable[[Any], None] | None = None) -> Path:
    """A GeoPackage with three squares in each layer; `change` may run statements on it afterwards."""
    import sqlite3

    import geopandas as gpd

    columns = {"SHTHUA": ["1", "2", None], "SOTO": [12, 13, None], "TENCHU": ["A", "B", "C"]}
    frame = gpd.GeoDataFrame(columns, geometry=[square(at) for at in range(3)], crs="EPSG:9209")
    frame["SOTO"] = frame["SOTO"].astype("Int64")
    for layer in layers:
        frame.to_file(path, layer=layer, driver="GPKG")
    if change is not None:
        database = sqlite3.connect(path)
        change(database)
        database.commit()
        database.close()
    return path


def refusal(path: Path, **options: Any) -> tuple[str, dict[str, str]]:
    """Code and detail with which a file is refused."""
    with pytest.raises(Refused) as refused:
        read(path, **options)
    return refused.value.code, refused.value.detail


def codes(reading: Reading) -> set[str]:
    """Codes of the notices that come of the file, a missing system of coordinates aside."""
    return {notice.code for notice in reading.findings} - {"no-network-namespace", "crs-missing"}
