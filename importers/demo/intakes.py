"""The demo's further records of water: sanitary zones, ponds that stay, permits to discharge and to take water."""

from __future__ import annotations

from typing import Final

import numpy as np
import shapely

from importers.demo.drawing import Random, anywhere, hectares, star
from importers.demo.layout import KINDS, Plan
from importers.demo.plane import CELL, Shapes, rectangle, to_ground
from importers.demo.recipes import DRAFT, ENDED, Recipe, Values, company
from importers.demo.scenery import RIVER

# Thông tư 24/2016/TT-BTNMT, article 5: a river intake in the plains, up to 50,000 m³ a day.
UPSTREAM_M, DOWNSTREAM_M, BANKS_M = 800.0, 200.0, 140.0
CLASSES: Final = ("Cột A", "Cột B")
PONDS = next(number for number, kind in enumerate(KINDS) if kind.name == "ponds")


def along_the_river(plan: Plan, random: Random) -> Shapes:
    """Two zones for each intake: up the river, and down. Water flows towards larger u."""
    first, last = float(plan.cells.i.min()) * CELL, float(plan.cells.i.max()) * CELL
    count = 2 + plan.parcels // 200_000
    zones = []
    for place in (np.arange(count) + 0.5) / count:
        at = first + place * (last - first) + random.uniform(-200, 200)
        zones += [
            rectangle(at - UPSTREAM_M, -BANKS_M, at, BANKS_M),
            rectangle(at, -BANKS_M, at + DOWNSTREAM_M, BANKS_M),
        ]
    return np.array(zones, dtype=object)


def sanitary(number: int, shape: shapely.Geometry, random: Random) -> Values:
    upstream = number % 2 == 1
    works = f"Nhà máy nước minh họa {(number + 1) // 2}"
    return {
        "name": f"Vùng bảo hộ vệ sinh {works}, phía {'thượng' if upstream else 'hạ'} lưu", "works": works,
        "water_source": RIVER, "side": "upstream" if upstream else "downstream", "capacity_m3_day": 12_000.0,
        "length_m": UPSTREAM_M if upstream else DOWNSTREAM_M,
    }  # fmt: skip


def in_pond_cells(plan: Plan, random: Random) -> Shapes:
    """Rough areas of about two hectares in cells that are ponds."""
    cells = random.permutation(np.flatnonzero(plan.cells.kind == PONDS))[: 14 + plan.parcels // 4000]
    middles = to_ground((plan.cells.i[cells] + 0.5) * CELL, (plan.cells.j[cells] + 0.5) * CELL)
    return np.array([star(random, middle, 75.0, 50) for middle in middles], dtype=object)


def pond(number: int, shape: shapely.Geometry, random: Random) -> Values:
    return {
        "name": f"Ao điều hòa số {number} (minh họa)", "kind": "pond" if number % 4 else "lake",
        "area_paper_ha": hectares(shape), "function": "Điều hòa, tiêu thoát nước",
    }  # fmt: skip


def discharge(number: int, shape: shapely.Geometry, random: Random) -> Values:
    return {
        "name": f"Điểm xả nước thải số {number} (minh họa)", "holder": company(number + 100),
        "works": f"Cơ sở chế biến minh họa {number}", "receiving_source": RIVER if number % 3 else "Kênh nội đồng",
        "flow_m3_day": float(random.integers(2, 60) * 10), "regime": "Liên tục" if number % 2 else "Gián đoạn",
        "limit_edition": "QCVN 40:2011/BTNMT", "limit_class": CLASSES[number % 2],
    }  # fmt: skip


def intake(number: int, shape: shapely.Geometry, random: Random) -> Values:
    daily = float(random.integers(10, 400) * 10)
    return {
        "name": f"Trạm bơm nước mặt số {number} (minh họa)", "holder": company(number + 200),
        "works": f"Trạm bơm minh họa {number}", "water_source": RIVER if number % 3 else "Kênh nội đồng",
        "purpose": "Cấp nước sinh hoạt" if number % 2 else "Cấp nước sản xuất", "yield_m3_day": daily,
        "flow_m3_s": round(daily / 86_400 * 2, 3), "regime": "24 giờ/ngày",
    }  # fmt: skip


RECIPES: Final = (
    Recipe(
        "sanitary-zones", "VSNN", along_the_river, sanitary, "QĐ minh họa 31/2024", 5.0,
        ("Hồ sơ vùng bảo hộ vệ sinh minh họa", "2024-05-31"), unlike={4: DRAFT},
    ),
    Recipe(
        "kept-ponds", "AHKL", in_pond_cells, pond, "QĐ minh họa 32/2024", 2.0,
        ("Danh mục hồ, ao minh họa", "2024-06-30"), unlike={3: DRAFT}, half_surveyed=10,
    ),
    Recipe(
        "discharge-permits", "XT", lambda plan, random: anywhere(plan, random, 20 + plan.parcels // 2000), discharge,
        "GP minh họa {number:02d}/GP-XT", 5.0, ("Sổ cấp phép minh họa", "2025-03-31"),
        unlike={2: ENDED, 3: DRAFT}, term="2029-05-31",
    ),
    Recipe(
        "surface-water-permits", "NM", lambda plan, random: anywhere(plan, random, 15 + plan.parcels // 4000), intake,
        "GP minh họa {number:02d}/GP-NM", 5.0, ("Sổ cấp phép minh họa", "2025-03-31"),
        unlike={2: ENDED, 3: DRAFT}, term="2030-05-31",
    ),
)  # fmt: skip
