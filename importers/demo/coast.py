"""The demo's records of a made-up coast round its eastern edge; the real coast is 20 km away."""

from __future__ import annotations

from typing import Final

import numpy as np
import shapely

from importers.demo.drawing import Random, coast, hectares, shore
from importers.demo.layout import Plan
from importers.demo.plane import Shapes
from importers.demo.recipes import DRAFT, ENDED, Recipe, Values, company

# Metres seaward of the last cells.
HIGH_WATER, LOW_WATER = 130.0, 600.0
CORRIDOR_M: Final = 200.0
PIECES: Final = 8
RESERVE: Final = "Khu bảo tồn đất ngập nước minh họa"
# Subzone, its title, between which offsets, along which part of the coast.
SUBZONES: Final = (
    ("strict", "Phân khu bảo vệ nghiêm ngặt", 550.0, 1200.0, (0.6, 0.8)),
    ("restoration", "Phân khu phục hồi sinh thái", HIGH_WATER, 550.0, (0.55, 0.85)),
    ("buffer", "Vùng đệm", -150.0, HIGH_WATER, (0.5, 0.9)),
)


def corridors(plan: Plan, random: Random) -> Shapes:
    shares = [(piece / PIECES, (piece + 1) / PIECES) for piece in range(PIECES)]
    return np.array([shore(plan, HIGH_WATER - CORRIDOR_M, HIGH_WATER, share) for share in shares], dtype=object)


def corridor(number: int, shape: shapely.Geometry, random: Random) -> Values:
    return {
        "name": f"Hành lang bảo vệ bờ biển đoạn {number} (minh họa)", "width_m": CORRIDOR_M,
        "description": f"Từ mốc HL{number} đến mốc HL{number + 1}", "purpose": "Bảo vệ hệ sinh thái, giảm sạt lở",
    }  # fmt: skip


def lines(plan: Plan, random: Random) -> Shapes:
    return np.array([shapely.LineString(coast(plan, offset)) for offset in (HIGH_WATER, LOW_WATER)], dtype=object)


def line(number: int, shape: shapely.Geometry, random: Random) -> Values:
    kind, title = (("mean-high", "cao"), ("mean-low", "thấp"))[number - 1]
    height = 1.7 if kind == "mean-high" else -1.6
    return {
        "name": f"Mực nước triều {title} trung bình (minh họa)", "kind": kind, "height_m": height,
        "height_datum": "Hòn Dấu",
    }  # fmt: skip


def granted(plan: Plan, random: Random) -> Shapes:
    starts = np.linspace(0.02, 0.4, 6)
    return np.array([shore(plan, 700.0, 1400.0, (start, start + 0.05)) for start in starts], dtype=object)


def grant(number: int, shape: shapely.Geometry, random: Random) -> Values:
    return {
        "name": f"Khu vực biển số {number} (minh họa)", "holder": company(number + 300),
        "purpose": "Nuôi trồng thủy sản", "area_paper_ha": hectares(shape), "depth_used": "Từ mặt nước đến đáy biển",
    }  # fmt: skip


def subzones(plan: Plan, random: Random) -> Shapes:
    return np.array([shore(plan, inner, outer, share) for _, _, inner, outer, share in SUBZONES], dtype=object)


def subzone(number: int, shape: shapely.Geometry, random: Random) -> Values:
    code, title, *_ = SUBZONES[number - 1]
    return {
        "name": f"{RESERVE}: {title[0].lower()}{title[1:]}", "reserve": RESERVE, "subzone": code,
        "area_paper_ha": hectares(shape), "manager": "Ban quản lý minh họa",
    }  # fmt: skip


RECIPES: Final = (
    Recipe(
        "coastal-corridors", "HLBB", corridors, corridor, "QĐ minh họa 41/2024", 5.0,
        ("Hồ sơ hành lang bảo vệ bờ biển minh họa", "2024-02-28"), unlike={3: DRAFT},
    ),
    Recipe(
        "tide-lines", "MNT", lines, line, "QĐ minh họa 42/2024", 5.0, ("Quan trắc mực nước minh họa", "2024-02-28"),
    ),
    Recipe(
        "sea-areas", "KVB", granted, grant, "QĐ minh họa {number:02d}/QĐ-GB", 5.0,
        ("Sổ giao khu vực biển minh họa", "2025-03-31"), unlike={2: ENDED, 3: DRAFT}, term="2034-12-31",
    ),
    Recipe(
        "wetland-reserves", "DNN", subzones, subzone, "QĐ minh họa 43/2024", 10.0,
        ("Hồ sơ khu bảo tồn minh họa", "2024-08-31"), half_surveyed=7,
    ),
)  # fmt: skip
