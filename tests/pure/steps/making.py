"""Frames of a few rows, each made for one fault, as the reader hands them over."""

from __future__ import annotations

from typing import Any

import geopandas
import pandas
import shapely
from shapely.geometry.base import BaseGeometry

from importers.findings import Finding
from importers.steps.context import Choices, Context, Ground
from importers.text.encodings import table
from layers import catalogue

EAST, NORTH = 587_000.0, 2_262_000.0  # a place in the province, EPSG:9209
COMMUNE = "12817"
OUTLINE = shapely.box(EAST - 2_000, NORTH - 2_000, EAST + 2_000, NORTH + 2_000)
GROUND = Ground(communes={COMMUNE: OUTLINE}, codes=frozenset({COMMUNE, "12826"}))


def box(at: int, width: float = 20, height: float = 30) -> BaseGeometry:
    """The at-th parcel of a row of parcels that touch."""
    return shapely.box(EAST + at * 20, NORTH, EAST + at * 20 + width, NORTH + height)


def frame(count: int = 5, shapes: list[Any] | None = None, crs: int | None = None, **columns: Any) -> Any:
    """Rows from 1; a column given as one value holds it in every row. `crs=9209` for steps after reprojecting."""
    shapes = shapes if shapes is not None else [box(at) for at in range(count)]
    index = pandas.RangeIndex(1, len(shapes) + 1, name="row")
    cells = {
        name: pandas.Series(
            list(given) if isinstance(given, list | tuple) else [given] * len(shapes), index, dtype=object
        )
        for name, given in columns.items()
    }
    return geopandas.GeoDataFrame(cells, index=index, geometry=shapes, crs=crs)


def parcels(count: int = 5, shapes: list[Any] | None = None, **columns: Any) -> Any:
    """Parcels as an office exports them, in the storage plane but with nothing said about it."""
    count = len(shapes) if shapes is not None else count
    usual = {
        "MAXA": COMMUNE,
        "SHBANDO": "45",
        "SHTHUA": [str(number) for number in range(1, count + 1)],
        "KHLOAIDAT": "ONT+CLN",
    }
    return frame(count, shapes, **(usual | columns))


def context(layer: str = "parcels", ground: Ground = GROUND, **said: Any) -> Context:
    """Choices by their names, facts of the reading by theirs."""
    chosen = {name: said.pop(name) for name in list(said) if name in Choices.__dataclass_fields__}
    return Context(catalogue.get(layer), choices=Choices(**chosen), ground=ground, **said)


def codes(findings: list[Finding] | tuple[Finding, ...]) -> list[str]:
    return [finding.code for finding in findings]


def typed(text: str, encoding: str) -> str:
    """The text as a DBF in that encoding reaches us: one Latin-1 sign a byte."""
    if encoding == "utf-8":
        return text.encode().decode("latin-1")
    signs = {letter: delivered for delivered, letter in table(encoding).items()}
    return "".join(signs.get(letter, letter) for letter in text)


def only(findings: list[Finding], code: str) -> Finding:
    found = [finding for finding in findings if finding.code == code]
    assert len(found) == 1, codes(findings)
    return found[0]
