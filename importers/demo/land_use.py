"""The demo's land-use plan: main roads, some streets and the dyke road widened, some fields to be built on, the rest
as today. One commune has no plan.

The plan is drawn on the grid of the drawing plane: every line has bands of fixed width to both sides, so neighbouring
pieces share their edges exactly and leave neither slit nor overlap.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

import geopandas as gpd
import numpy as np
import shapely

from importers.demo.coverage import EVERY, UNPLANNED
from importers.demo.layout import KINDS, Plan
from importers.demo.papers import NEW_LAW
from importers.demo.plane import (
    CANAL_RESERVE,
    CELL,
    RIVER_HALF,
    STREET_RESERVE,
    Ints,
    Shapes,
    is_canal,
    is_main_road,
    is_river,
    rectangle,
    to_ground,
)
from importers.demo.water import PROVINCE

TARGET_YEAR: Final = 2030
ACCURACY_M: Final = 1.0
# Half widths of what is planned along a line, metres from its middle. Parcels begin 8 m from a main road, 4 m from a
# street and 53 m from the river, so the widened ones take a strip of them.
MAIN_ROAD, WIDE_STREET, DYKE_ROAD = 11.0, 6.5, 56.0
ROAD, CANAL, RIVER = "DGT", "DTL", "SON"
# Where lines cross, water stays water and a canal a canal.
STRENGTH: Final = (RIVER, CANAL, ROAD, "")
# What a cell of each kind is planned as, when it stays what it is.
STAYS: Final = {
    "town": "ONT", "village": "ONT", "gardens": "ONT", "orchard": "CLN", "rice": "LUC", "wide rice": "LUC",
    "ponds": "NTS",
}  # fmt: skip
SMOOTH_M: Final = 10.0
BYPASS: Final = (-1900.0, 690.0, 1900.0, 712.0)
"""Rectangle of the drawing plane: from u, from v, to u, to v (metres)."""
BYPASS_ACCURACY_M: Final = 5.0


class Bands(NamedTuple):
    """Per line: half width of the inner band and its use, half width of the outer one (0: none) and its use."""

    inner: Any
    inner_use: Any
    outer: Any
    outer_use: Any


def frame(plan: Plan) -> gpd.GeoDataFrame:
    """One record a commune and planned use, EPSG:9209."""
    cells = plan.cells
    here = np.flatnonzero(cells.commune % EVERY != UNPLANNED)
    boxes, cell, use = pieces(plan, here)
    groups = gpd.GeoDataFrame({"commune": cells.commune[cell], "use": use}).groupby(["commune", "use"]).indices
    rows = [row(plan, commune, code, boxes[places]) for (commune, code), places in groups.items()]
    rows.append(bypass())
    return gpd.GeoDataFrame(rows, geometry="geometry", crs=9209)


def row(plan: Plan, commune: int, code: str, boxes: Shapes) -> dict[str, Any]:
    one = plan.cells.communes[commune]
    drawn = shapely.segmentize(shapely.coverage_union_all(boxes), SMOOTH_M)
    return {
        "code": f"QH-{one.code}-{code}",
        "name": f"Quy hoạch {code}, {one.name}",
        "planned_use": code,
        "vocabulary": NEW_LAW,
        "target_year": TARGET_YEAR,
        "level": "commune",
        "decision_no": f"QĐ minh họa {one.code}/2025",
        "decision_date": "2025-09-30",
        "issuer": PROVINCE,
        "valid_from": "2025-10-15",
        "accuracy_m": ACCURACY_M,
        "source": "Dữ liệu minh họa",
        "geometry": shapely.transform(drawn, lambda at: to_ground(at[:, 0], at[:, 1])),
    }


def bypass() -> dict[str, Any]:
    """A road of the province's plan that the communes' plans do not know of: the two lie over each other."""
    return {
        "code": "QH-tỉnh-01",
        "name": "Đường tránh theo quy hoạch tỉnh",
        "planned_use": ROAD,
        "vocabulary": NEW_LAW,
        "target_year": TARGET_YEAR,
        "level": "province",
        "decision_no": "QĐ minh họa 01/2025",
        "decision_date": "2025-06-30",
        "issuer": PROVINCE,
        "valid_from": "2025-07-15",
        "accuracy_m": BYPASS_ACCURACY_M,
        "source": "Dữ liệu minh họa",
        "geometry": rectangle(*BYPASS),
    }


def pieces(plan: Plan, here: Ints) -> tuple[Shapes, Ints, Any]:
    """Rectangles of the drawing plane that tile the cells `here`: shape, cell, planned use."""
    i, j = plan.cells.i[here], plan.cells.j[here]
    u, across_u = cuts(False, i)
    v, across_v = cuts(True, j)
    inner = inner_use(plan, here)
    found: list[tuple[Any, Ints, Any]] = []
    for column in range(across_u.shape[1]):
        for up in range(across_v.shape[1]):
            there = np.flatnonzero((u[:, column] < u[:, column + 1]) & (v[:, up] < v[:, up + 1]))
            band = strongest(across_u[there, column], across_v[there, up])
            shapes = shapely.box(u[there, column], v[there, up], u[there, column + 1], v[there, up + 1])
            found.append((shapes, here[there], np.where(band == "", inner[there], band)))
    shapes, cells, uses = (np.concatenate(part) for part in zip(*found, strict=True))
    return shapes, cells, uses


def cuts(across: bool, first: Ints) -> tuple[Any, Any]:
    """Where the bands of a cell's two lines cut it, (cells, 6), and the use of the five stripes between, (cells, 5)."""
    low, high = bands(across, first), bands(across, first + 1)
    start, end = first * CELL, (first + 1) * CELL
    at = np.stack(
        [start, start + low.inner, start + low.outer, end - high.outer, end - high.inner, end.astype(float)], axis=1
    )
    inside = np.full(len(first), "", dtype=object)
    return at, np.stack([low.inner_use, low.outer_use, inside, high.outer_use, high.inner_use], axis=1)


def bands(across: bool, line: Ints) -> Bands:
    river, canal, main = is_river(across, line), is_canal(line), is_main_road(line)
    street = np.where(line % 3 == 1, WIDE_STREET, STREET_RESERVE)
    inner = np.select([river, canal, main], [RIVER_HALF, CANAL_RESERVE, MAIN_ROAD], street)
    inner_use = np.select([river, canal], [RIVER, CANAL], ROAD).astype(object)
    return Bands(inner, inner_use, np.where(river, DYKE_ROAD, inner), np.full(len(line), ROAD, dtype=object))


def strongest(one: Any, other: Any) -> Any:
    rank = {use: place for place, use in enumerate(STRENGTH)}
    ranks = np.minimum([rank[use] for use in one], [rank[use] for use in other]).astype(int)
    return np.array(STRENGTH, dtype=object)[ranks]


def inner_use(plan: Plan, here: Ints) -> Any:
    """What lies between the lines: as today, but some fields become houses, or workshops."""
    i, j, kind = plan.cells.i[here], plan.cells.j[here], plan.cells.kind[here]
    stays = np.array([STAYS[one.name] for one in KINDS], dtype=object)[kind]
    field = np.isin(stays, ("LUC",))
    lottery = (i * 13 + j * 29) % 17
    towns = np.array([one.level == "Phường" for one in plan.cells.communes])[plan.cells.commune[here]]
    stays[field & (lottery == 0)] = "ONT"
    stays[field & (lottery == 1)] = "SKN"
    stays[towns & (stays == "ONT")] = "ODT"
    return stays
