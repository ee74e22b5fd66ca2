"""Map sheets: numbered from 1 within a commune, smaller scales first, then from the top and from the left
(Thông tư 25/2014/TT-BTNMT), and the sheets of the surveys before, numbered within the old communes.

Lots surveyed singly lie on extract sheets (TĐ03-2014), numbered within a commune and a year.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from importers.demo.layout import KINDS, Plan
from importers.demo.plane import Ints, Shapes, outlines, rectangle

# Sides of a sheet in cells, by its scale.
SIDES: Final = {500: 1, 1000: 2, 2000: 5}
OLD_SIDE: Final = 3
# The numbers that the pages give as examples: of these communes the fullest sheet, for Đông Hưng the middle one.
EXAMPLE_SHEET, EXAMPLE_COMMUNE = 45, "12688"
EXAMPLE_OLD_COMMUNES = ("12670", "12721", "13177")
YEARS: Final = (2012, 2014, 2016, 2019)


@dataclass(frozen=True)
class Sheets:
    """Per cell: its sheet's number, scale and year, its old sheet's number. Per strip: its extract sheet or ''."""

    number: Ints
    scale: Ints
    year: Ints
    old_number: Ints
    extract: np.ndarray[tuple[int], np.dtype[np.str_]]


def number_sheets(plan: Plan) -> Sheets:
    cells = plan.cells
    lots = np.bincount(plan.strips.cell, weights=plan.strips.kept, minlength=len(cells.i))
    scale = np.array([kind.scale for kind in KINDS])[cells.kind]
    side = np.select([scale == each for each in SIDES], list(SIDES.values()))
    number = numbered(cells.commune, -scale, -(cells.j // side), cells.i // side)
    example = next(index for index, one in enumerate(cells.communes) if one.code == EXAMPLE_COMMUNE)
    exchange(number, cells.commune == example, int(number[0]))
    old = np.unique(cells.old_code, return_inverse=True)[1]
    old_number = numbered(old, np.zeros_like(old), -(cells.j // OLD_SIDE), cells.i // OLD_SIDE)
    for code in EXAMPLE_OLD_COMMUNES:
        here = cells.old_code == code
        if here.any():
            exchange(old_number, here, int(np.bincount(old_number[here], weights=lots[here]).argmax()))
    year = np.array(YEARS)[(number * 7 + cells.commune * 3) % len(YEARS)]
    return Sheets(number, scale, year, old_number, extracts(plan, year))


def numbered(group: Ints, *order: Ints) -> Ints:
    """Numbers from 1 within each group for the different values of `order`, in their order."""
    keys = np.stack([group, *order], -1)
    distinct, which = np.unique(keys, axis=0, return_inverse=True)
    first = np.searchsorted(distinct[:, 0], distinct[:, 0])
    numbers: Ints = (np.arange(len(distinct)) - first + 1)[which.ravel()]
    return numbers


def exchange(number: Ints, where: np.ndarray[tuple[int], np.dtype[np.bool_]], chosen: int) -> None:
    """Give the chosen sheet the example's number, and the sheet that had it, if any, the chosen one's. In place."""
    had = where & (number == EXAMPLE_SHEET)
    number[where & (number == chosen)] = EXAMPLE_SHEET
    number[had] = chosen


def extracts(plan: Plan, year: Ints) -> np.ndarray[tuple[int], np.dtype[np.str_]]:
    names = np.full(len(plan.strips.cell), "", dtype="U12")
    strips = np.flatnonzero(plan.strips.extract)
    cell = plan.strips.cell[strips]
    commune = plan.cells.commune[cell]
    number = numbered(commune * 10_000 + year[cell], strips)
    names[strips] = [f"TĐ{n:02d}-{y}" for n, y in zip(number, year[cell], strict=True)]
    return names


def frame(plan: Plan, sheets: Sheets) -> gpd.GeoDataFrame:
    """All sheets for publishing: a sheet is the union of its cells, an extract sheet the outline of its strip."""
    shapes = outlines(plan.cells.i, plan.cells.j)
    codes = np.array([one.code for one in plan.cells.communes])
    cells = pd.DataFrame({"commune_code": codes[plan.cells.commune], "sheet_no": sheets.number, "scale": sheets.scale})
    rows = [(*key, united(shapes[places])) for key, places in cells.groupby(list(cells.columns)).indices.items()]
    strips = plan.strips
    for strip in np.flatnonzero(strips.extract):
        u0, v0, u1, v1 = (float(side[strip]) for side in (strips.u0, strips.v0, strips.u1, strips.v1))
        corners = (v0, u0, v1, u1) if strips.turned[strip] else (u0, v0, u1, v1)
        code = codes[plan.cells.commune[strips.cell[strip]]]
        rows.append((code, sheets.extract[strip], 500, rectangle(*corners)))
    made = gpd.GeoDataFrame(
        rows, columns=["commune_code", "sheet_no", "scale", "geometry"], geometry="geometry", crs=9209
    )
    return made.assign(sheet_no=made.sheet_no.astype(str), source=SOURCE)


SOURCE: Final = "Bản đồ địa chính minh họa"


def united(cells: Shapes) -> shapely.Geometry:
    """The union of cells that share their corners exactly."""
    return shapely.coverage_union_all(cells)
