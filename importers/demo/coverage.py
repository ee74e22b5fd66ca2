"""Where the demo has been surveyed: parcels by commune and scale, the report's layers by commune, with holes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import geopandas as gpd
import numpy as np

from importers.demo.layout import KINDS, Plan
from importers.demo.plane import Flags, Ints, outlines
from importers.demo.sheets import SOURCE, united
from importers.demo.themes import RECIPES
from layers.ground.parcels import PARCELS

ACCURACY_M: Final = {500: 0.07, 1000: 0.15, 2000: 0.30}
"""Position error of a boundary point by the sheet's scale: Thông tư 25/2014/TT-BTNMT, article 7."""
# Of every twenty communes the ninth has no plan; in the tenth groundwater was never surveyed; wells only in one half
# of the eleventh.
EVERY, UNPLANNED, UNSURVEYED, HALF_SURVEYED = 20, 8, 9, 10
SURVEYS: Final = {
    "planned-land-use": ("Bản đồ quy hoạch minh họa", 1.0, "2025-09-30"),
    "groundwater-zones": ("Kết quả khoanh định minh họa", 10.0, "2023-09-30"),
    "source-corridors": ("Cắm mốc hành lang minh họa", 1.0, "2024-05-31"),
    "licensed-wells": ("Sổ cấp phép minh họa", 5.0, "2025-03-31"),
    **{recipe.slug: (recipe.survey[0], recipe.accuracy_m, recipe.survey[1]) for recipe in RECIPES},
}
HALVES: Final = {
    "licensed-wells": HALF_SURVEYED,
    **{recipe.slug: recipe.half_surveyed for recipe in RECIPES if recipe.half_surveyed is not None},
}


def surveyed(plan: Plan, layer: str, commune: int) -> Flags:
    """Which cells of the commune the layer's survey covered."""
    cells = plan.cells
    here: Flags = cells.commune == commune
    if layer == "planned-land-use" and commune % EVERY == UNPLANNED:
        return here & False
    if layer == "groundwater-zones" and commune % EVERY == UNSURVEYED:
        return here & False
    if HALVES.get(layer) == commune % EVERY:
        return here & (cells.i < np.median(cells.i[here]))
    return here


def rows(plan: Plan) -> Iterator[dict[str, Any]]:
    cells, shapes = plan.cells, outlines(plan.cells.i, plan.cells.j)
    drawn: dict[bytes, Any] = {}
    scale: Ints = np.array([kind.scale for kind in KINDS])[cells.kind]
    for index, one in enumerate(cells.communes):
        for at, accuracy in ACCURACY_M.items():
            which = (cells.commune == index) & (scale == at)
            if which.any():
                name = f"{one.name}, tỷ lệ 1:{at}"
                yield row(PARCELS.slug, name, united(shapes[which]), accuracy, SOURCE, "2016-06-30")
        for layer, (source, accuracy, day) in SURVEYS.items():
            which = surveyed(plan, layer, index)
            if which.any():
                # Most layers were surveyed on the same ground, which need not be united for each.
                ground = drawn[which.tobytes()] = drawn.get(which.tobytes()) or united(shapes[which])
                yield row(layer, one.name, ground, accuracy, source, day)


def row(layer: str, name: str, shape: Any, accuracy: float, source: str, day: str) -> dict[str, Any]:
    return {
        "layer": layer,
        "name": name,
        "geometry": shape,
        "accuracy_m": accuracy,
        "source": source,
        "surveyed_on": day,
    }


def frame(plan: Plan) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(list(rows(plan)), geometry="geometry", crs=9209)
