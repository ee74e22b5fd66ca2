"""Survey files of a test's own making, spoiled the way real ones are."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import shapefile
import shapely

import importers.text

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
EAST, NORTH = 587_000.0, 2_262_000.0
COMMUNE = "12817"
OUTLINE = shapely.box(EAST - 3_000, NORTH - 3_000, EAST + 3_000, NORTH + 3_000)


def in_tcvn3(text: str) -> str:
    """As a DBF written with .Vn fonts reaches a reader of Latin-1."""
    with (Path(importers.text.__file__).parent / "tcvn3.csv").open(encoding="utf-8", newline="") as file:
        signs = {row["letter"]: bytes.fromhex(row["bytes"]).decode("latin-1") for row in csv.DictReader(file)}
    return "".join(signs.get(letter, letter) for letter in text)


def box(at: int, width: float = 20) -> shapely.Polygon:
    return shapely.box(EAST + at * 20, NORTH, EAST + at * 20 + width, NORTH + 30)


def shapefile_of(
    path: Path,
    shapes: Sequence[Any],
    columns: Mapping[str, Sequence[object]],
    kind: int = shapefile.POLYGON,
    prj: str = "",
    backwards: bool = False,
    widths: Mapping[str, int] = MappingProxyType({}),
) -> Path:
    """A shapefile in Latin-1 without .cpg; without .prj too unless its text is given. The path of its .shp. Written
    `backwards` X is north and every ring runs against the rule. A column holds 80 bytes unless `widths` names it."""
    with shapefile.Writer(str(path), shapeType=kind, encoding="latin-1") as writer:
        for name in columns:
            writer.field(name, "C", widths.get(name, 80))
        for shape, *cells in zip(shapes, *columns.values(), strict=True):
            _draw(writer, shape, backwards)
            writer.record(*cells)
    if prj:
        path.with_suffix(".prj").write_text(prj)
    return path.with_suffix(".shp")


def _draw(writer: shapefile.Writer, shape: Any, backwards: bool) -> None:
    if shape.geom_type == "Point":
        writer.point(shape.x, shape.y)
    elif shape.geom_type == "LineString":
        writer.line([shapely.get_coordinates(shape).tolist()])
    else:
        if backwards:
            shape = shapely.transform(shape, lambda points: points[:, ::-1])
        oriented = shapely.orient_polygons(shape, exterior_cw=not backwards)
        writer.poly([shapely.get_coordinates(ring).tolist() for ring in (oriented.exterior, *oriented.interiors)])


def parcels(
    path: Path,
    count: int = 5,
    shapes: Sequence[Any] | None = None,
    backwards: bool = False,
    **columns: Sequence[object],
) -> Path:
    """Parcels as FAMIS exports them, with a column of names that must never arrive."""
    shapes = shapes if shapes is not None else [box(at) for at in range(count)]
    usual: dict[str, Sequence[object]] = {
        "MAXA": [COMMUNE] * len(shapes),
        "SHBANDO": ["45"] * len(shapes),
        "SHTHUA": [f"{at + 1}.0" for at in range(len(shapes))],
        "KHLOAIDAT": ["ONT+CLN"] * len(shapes),
        "TENCHU": [in_tcvn3("Nguyễn Văn Bí Mật")] * len(shapes),
    }
    return shapefile_of(path, shapes, usual | columns, backwards=backwards)


def french_parcels_in_thai_binh() -> tuple[list[Any], list[Any]]:
    """A real cadastre (sections and numbers), moved to Thái Bình and drawn at 85 % so that its one known overlap of
    0.13 m² falls under what is allowed: shapes in EPSG:9209 and (sheet, number)."""
    import geopandas

    cadastre = geopandas.read_file(SHARED / "cadastre_fr_91216_parcels.geojson").to_crs(2154)
    west, south, east, north = cadastre.total_bounds
    middle = np.array([(west + east) / 2, (south + north) / 2])
    moved = shapely.transform(
        cadastre.geometry.to_numpy(), lambda points: (points - middle) * 0.85 + np.array([EAST, NORTH])
    )
    return list(moved), list(zip(cadastre["section"], cadastre["numero"].astype(int), strict=True))
