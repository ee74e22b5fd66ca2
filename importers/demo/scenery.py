"""Roads, waters and place names: what lies on the lines between the cells, and made-up names for it."""

from __future__ import annotations

from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from importers.demo.layout import KINDS, Plan
from importers.demo.plane import (
    CANAL_HALF,
    CELL,
    RIVER_HALF,
    SEED,
    Floats,
    is_canal,
    is_main_road,
    line,
    rectangle,
    to_ground,
)

RIVER: Final = "Sông Trà Lý"
RUN: Final = 5
"""Cells along which a line is one record."""
BRIDGED: Final = 10
"""Every tenth line of constant u crosses the river on a bridge; the others end at its banks."""
SETTLED_SCALE: Final = 1000

# fmt: off
SYLLABLES: Final = (
    "An", "Bình", "Cao", "Đoài", "Đông", "Đồng", "Hà", "Hạ", "Hòa", "Hưng", "Kim", "Lạc", "Lai", "Mai", "Mỹ", "Nam",
    "Ngọc", "Nội", "Phú", "Phương", "Quang", "Tân", "Tây", "Thái", "Thanh", "Thịnh", "Thượng", "Trung", "Văn", "Xuân",
)
PLACES: Final = (
    ("thôn", "Thôn"), ("chùa", "Chùa"), ("thôn", "Thôn"), ("đình", "Đình"), ("thôn", "Thôn"), ("chợ", "Chợ"),
    ("trường", "Trường Tiểu học"), ("trạm y tế", "Trạm Y tế"),
)
# fmt: on


def name_of(*seed: int) -> str:
    """Two syllables, the same for the same numbers."""
    # The generator takes no negative seeds; lines left of and below the middle have negative numbers.
    random = np.random.default_rng([SEED, 40, *(number % 2**16 for number in seed)])
    return " ".join(random.choice(SYLLABLES, 2, replace=False))


def runs(plan: Plan) -> pd.DataFrame:
    """The lines along the cells in pieces of up to RUN cells: across (constant v), line, start and end (in cells)."""
    i, j = plan.cells.i, plan.cells.j
    upright = pd.DataFrame({"across": False, "line": np.concatenate([i, i + 1]), "place": np.concatenate([j, j])})
    level = pd.DataFrame({"across": True, "line": np.concatenate([j, j + 1]), "place": np.concatenate([i, i])})
    edges = pd.concat([upright, level], ignore_index=True)
    edges["piece"] = edges.place // RUN
    pieces = edges.groupby(["across", "line", "piece"]).place.agg(["min", "max"]).reset_index()
    return pieces.rename(columns={"min": "start"}).assign(end=pieces["max"] + 1).drop(columns=["max", "piece"])


def waterways(plan: Plan) -> pd.DataFrame:
    pieces = runs(plan)
    river = pieces.across & (pieces.line == 0)
    return pieces[river | is_canal(pieces.line.to_numpy())].assign(river=river)


def track(across: bool, line_at: float, start: float, end: float, clip: float = 0.0) -> shapely.Geometry:
    """A line on the ground, a point every 25 m; upright ones stop `clip` metres from the river's middle."""
    if not across and clip and start < 0 < end:
        parts = [track(across, line_at, start, -clip), track(across, line_at, clip, end)]
        return shapely.MultiLineString(parts)
    if not across and clip:
        start, end = (clip if start == 0 else start), (-clip if end == 0 else end)
    along = np.linspace(start, end, max(2, int((end - start) / 25) + 1))
    fixed = np.full(along.size, line_at)
    return line(along, fixed) if across else line(fixed, along)


def roads(plan: Plan) -> gpd.GeoDataFrame:
    rows = []
    for piece in runs(plan).itertuples(index=False):
        if is_canal(piece.line) or (piece.across and piece.line == 0):
            continue
        bridged = not piece.across and piece.line % BRIDGED == 0
        shape = track(
            piece.across, piece.line * CELL, piece.start * CELL, piece.end * CELL, 0.0 if bridged else RIVER_HALF + 3
        )
        main = bool(is_main_road(piece.line))
        kind = "main" if main else "street"
        name = (
            f"Đường huyện {abs(piece.line)}{'B' if piece.across else 'A'}"
            if main
            else f"Đường {name_of(piece.line, piece.across)}"
        )
        rows.append((f"D{int(piece.across)}.{piece.line}.{piece.start}", name, kind, shape))
    drawn = gpd.GeoDataFrame(rows, columns=["code", "name", "kind", "geometry"], geometry="geometry", crs=9209)
    return pd.concat([drawn, lanes(plan)], ignore_index=True)


def lanes(plan: Plan) -> gpd.GeoDataFrame:
    """The lanes between the strips of settled cells."""
    strips = plan.strips
    scale = np.array([kind.scale for kind in KINDS])[plan.cells.kind][strips.cell]
    inner = np.flatnonzero((strips.cell[:-1] == strips.cell[1:]) & (scale[:-1] <= SETTLED_SCALE))
    middle = (strips.v1[inner] + strips.v0[inner + 1]) / 2
    a = np.linspace(strips.u0[inner], strips.u1[inner], 5, axis=1)
    b = np.repeat(middle[:, None], 5, axis=1)
    turned = strips.turned[inner][:, None]
    shapes = shapely.linestrings(to_ground(np.where(turned, b, a), np.where(turned, a, b)))
    place = inner - np.searchsorted(strips.cell, strips.cell[inner]) + 1
    codes = [f"N{strip}" for strip in inner]
    return gpd.GeoDataFrame(
        {"code": codes, "name": [f"Ngõ {n}" for n in place], "kind": "lane"}, geometry=shapes, crs=9209
    )


def waters(plan: Plan) -> gpd.GeoDataFrame:
    rows = []
    for piece in waterways(plan).itertuples(index=False):
        half = RIVER_HALF if piece.river else CANAL_HALF
        middle, start, end = piece.line * CELL, piece.start * CELL, piece.end * CELL
        sides = (
            (start, middle - half, end, middle + half) if piece.across else (middle - half, start, middle + half, end)
        )
        name = RIVER if piece.river else canal(piece.across, piece.line)
        kind = "river" if piece.river else "canal"
        rows.append((f"W{int(piece.across)}.{piece.line}.{piece.start}", name, kind, rectangle(*sides, step=25.0)))
    return gpd.GeoDataFrame(rows, columns=["code", "name", "kind", "geometry"], geometry="geometry", crs=9209)


def canal(across: bool, line_number: int) -> str:
    return f"Kênh {name_of(line_number, across, 1)}"


def place_names(plan: Plan) -> gpd.GeoDataFrame:
    """Hamlets, pagodas, markets of every old commune, and the bridges over the river."""
    rows: list[tuple[str, str, str, Floats]] = []
    cells = plan.cells
    settled = np.array([kind.scale for kind in KINDS])[cells.kind] <= SETTLED_SCALE
    for old_code in np.unique(cells.old_code):
        here = np.flatnonzero((cells.old_code == old_code) & settled)
        for number, cell in enumerate(here[: 3 * len(PLACES)]):
            kind, title = PLACES[number % len(PLACES)]
            middle = to_ground(
                np.array((cells.i[cell] + 0.5) * CELL + 17.0), np.array((cells.j[cell] + 0.5) * CELL + 23.0)
            )
            rows.append((f"{old_code}-{number + 1}", f"{title} {name_of(int(old_code), number)}", kind, middle))
    for i in np.unique(cells.i[(cells.j == 0) & (cells.i % BRIDGED == 0)]):
        rows.append((f"cau-{i}", f"Cầu {name_of(int(i), 2)}", "cầu", to_ground(np.array(i * CELL), np.array(0.0))))
    shapes = shapely.points(np.array([row[3] for row in rows]))
    return gpd.GeoDataFrame([row[:3] for row in rows], columns=["code", "name", "kind"], geometry=shapes, crs=9209)
