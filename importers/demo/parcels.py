"""The parcels of one commune as a frame ready to publish: shapes, numbers new and old, papers."""

from __future__ import annotations

from typing import Any, Final

import geopandas as gpd
import numpy as np
import shapely

from importers.demo import fabric, papers
from importers.demo.layout import ROWS, Plan, Strips
from importers.demo.plane import SEED, Flags, Ints, Shapes
from importers.demo.sheets import EXAMPLE_SHEET, SOURCE, Sheets

EXAMPLE_PARCEL: Final = 123
# Numbers as text, made once: a parcel number is a text in every table.
TEXT: Final = np.array([str(number) for number in range(20_000)], dtype=object)
# Shares: communes digitised with parcel codes, sheets written in the vocabulary of 2024, lots without old numbers.
CODED, NEW_LAW, NO_OLD_NUMBER = 0.35, 0.25, 0.04
EXTRACT_ACCURACY_M: Final = 0.1


def of_commune(plan: Plan, sheets: Sheets, commune: int) -> gpd.GeoDataFrame:
    """All parcels of the commune (index into the plan's), in the order of sheet and number.

    The columns are the fields of the layer, and `strip`, `row`, `column`: where the lot lies.
    """
    here = np.flatnonzero(plan.cells.commune[plan.strips.cell] == commune)
    strips = plan.strips.of(here)
    one = plan.cells.communes[commune]
    random = np.random.default_rng([SEED, 20, int(one.code)])
    shapes = fabric.lots(strips, random)
    place = places(strips)
    keep = joined(shapes, strips, place)
    strip, row, column = (values[keep] for values in place)
    shapes = shapes[keep]
    cell = strips.cell[strip]
    extract = (strips.extract[strip] > 0) & (row == 1) & (column < strips.extract[strip])
    sheet_no = np.where(extract, sheets.extract[here[strip]].astype(object), TEXT[sheets.number[cell]])
    number = numbers(np.where(extract, 100_000 + strip, sheets.number[cell]))
    middle = (cell == 0) & (row == 0) & (strip == strip[cell == 0].min(initial=len(here)))
    name_example(number, sheets.number[cell] == EXAMPLE_SHEET, middle)
    columns = {
        "commune_code": one.code,
        "sheet_no": sheet_no,
        "parcel_no": TEXT[number],
        **old_numbers(plan, sheets, cell, random),
        **on_paper(plan, sheets, commune, cell, shapes, random),
        "map_scale": np.where(extract, 500, sheets.scale[cell]),
        "accuracy_m": np.where(extract, EXTRACT_ACCURACY_M, np.nan),
        "source": SOURCE,
        "surveyed_on": np.array([f"{year}-06-30" for year in range(2030)], dtype=object)[sheets.year[cell]],
        "strip": here[strip],
        "row": row,
        "column": column,
    }
    frame = gpd.GeoDataFrame(columns, geometry=shapes, crs=9209)
    return frame.iloc[np.lexsort((number, np.where(extract, 100_000 + strip, sheets.number[cell])))]


def places(strips: Strips) -> tuple[Ints, Ints, Ints]:
    """Strip, row and column of every lot, in the order of `fabric.lots`."""
    count = ROWS * strips.columns
    strip = np.repeat(np.arange(len(count)), count)
    within = np.arange(len(strip)) - fabric.starts(strips)[strip]
    return strip, within // strips.columns[strip], within % strips.columns[strip]


def joined(shapes: Shapes, strips: Strips, place: tuple[Ints, Ints, Ints]) -> Flags:
    """Make the lots of two parts (across the lane between two strips), in place; which lots there are after that."""
    strip, row, column = place
    keep = row * strips.columns[strip] + column < strips.kept[strip]
    both = np.flatnonzero(strips.joined >= 0)
    first = fabric.starts(strips)
    near = first[both] + strips.columns[both] + strips.joined[both]
    far = first[both + 1] + strips.joined[both]
    for one, other in zip(near, far, strict=True):
        shapes[one] = shapely.MultiPolygon([shapes[one], shapes[other]])
    keep[far] = False
    return keep


def numbers(sheet: Ints) -> Ints:
    """Numbers from 1 within each sheet, in the order of the lots."""
    order = np.argsort(sheet, kind="stable")
    ranked = sheet[order]
    number = np.empty(len(sheet), dtype=np.int64)
    number[order] = np.arange(len(sheet)) - np.searchsorted(ranked, ranked) + 1
    return number


def name_example(number: Ints, in_sheet: Flags, candidates: Flags) -> None:
    """Give the lot in the middle of the candidates the example's number, and its own to the one that had it."""
    if candidates.any():
        chosen = np.flatnonzero(candidates)[candidates.sum() // 2]
        number[in_sheet & (number == EXAMPLE_PARCEL)], number[chosen] = number[chosen], EXAMPLE_PARCEL


def old_numbers(plan: Plan, sheets: Sheets, cell: Ints, random: np.random.Generator) -> dict[str, Any]:
    """Numbers of the survey before: other sheets, counted the other way round; some lots had none."""
    old_code = plan.cells.old_code[cell]
    sheet = np.unique(old_code, return_inverse=True)[1].ravel() * 10_000 + sheets.old_number[cell]
    number = numbers(sheet[::-1])[::-1]
    had = random.random(len(cell)) >= NO_OLD_NUMBER
    return {
        "old_commune_code": old_code.astype(object),
        "old_sheet_no": np.where(had, TEXT[sheets.old_number[cell]], ""),
        "old_parcel_no": np.where(had, TEXT[number], ""),
    }


def on_paper(
    plan: Plan, sheets: Sheets, commune: int, cell: Ints, shapes: Shapes, random: np.random.Generator
) -> dict[str, Any]:
    one = plan.cells.communes[commune]
    paper = papers.areas(shapes, random)
    main = papers.main_purposes(plan.cells.kind[cell], one.level == "Phường", random)
    by_sheet = (sheets.number[cell] * 0.618 + commune * 0.37) % 1
    new_law = by_sheet < NEW_LAW
    for old, new in papers.RENAMED.items():
        main[new_law & (main == old)] = new
    vocabulary = np.where(new_law, papers.NEW_LAW, papers.OLD_LAW).astype(object)
    thổ_cư = (main == "ONT") & (random.random(len(cell)) < 0.004)
    main[thổ_cư], vocabulary[thổ_cư] = "T", papers.DECREE_1995
    coded = (np.modf(commune * 0.618)[0] < CODED) & (random.random(len(cell)) < 0.95)
    code = np.full(len(cell), "", dtype=object)
    code[coded] = papers.codes(shapes[coded])
    return {
        "area_paper_m2": paper,
        "land_use": main,
        "purposes": papers.purposes(main, vocabulary, paper, random),
        "parcel_code": code,
    }
