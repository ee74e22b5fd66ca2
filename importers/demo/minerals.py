"""The demo's records of minerals: the six kinds of areas, and permits."""

from __future__ import annotations

from typing import Final

import shapely

from importers.demo.drawing import Random, blots, corners, hectares
from importers.demo.recipes import DRAFT, ENDED, Recipe, Values, company

KINDS: Final = (
    ("activity", "Khu vực hoạt động khoáng sản"),
    ("planning", "Khu vực quy hoạch khoáng sản"),
    ("forbidden", "Khu vực cấm hoạt động khoáng sản"),
    ("temporarily-forbidden", "Khu vực tạm thời cấm hoạt động khoáng sản"),
    ("small-scattered", "Khu vực khoáng sản phân tán, nhỏ lẻ"),
    ("national-reserve", "Khu vực dự trữ khoáng sản quốc gia"),
)
MINERALS: Final = (
    ("Cát san lấp", "III", "m³"), ("Sét gạch ngói", "III", "m³"),
    ("Đất san lấp", "IV", "m³"), ("Nước khoáng", "II", "m³"),
)  # fmt: skip
ACTIVITIES: Final = (
    ("extraction", "khai thác"), ("exploration", "thăm dò"), ("extraction", "khai thác"),
    ("salvage", "khai thác tận thu"), ("extraction", "khai thác"), ("recovery", "thu hồi"),
)  # fmt: skip


def area(number: int, shape: shapely.Geometry, random: Random) -> Values:
    kind, title = KINDS[(number - 1) % len(KINDS)]
    return {
        "name": f"{title} số {number} (minh họa)", "kind": kind, "mineral": MINERALS[number % len(MINERALS)][0],
        "area_paper_ha": hectares(shape), "reason": "Đê điều, đất quốc phòng" if "forbidden" in kind else "",
    }  # fmt: skip


def permit(number: int, shape: shapely.Geometry, random: Random) -> Values:
    activity, title = ACTIVITIES[(number - 1) % len(ACTIVITIES)]
    mineral, group, unit = MINERALS[number % len(MINERALS)]
    reserve = float(random.integers(20, 400) * 1000)
    return {
        "name": f"Giấy phép {title} {mineral.lower()} số {number} (minh họa)", "holder": company(number),
        "mineral": mineral, "mineral_group": group, "activity": activity, "area_paper_ha": hectares(shape),
        "depth_from_m": 0.0, "depth_until_m": float(random.integers(2, 15)), "reserve": reserve,
        "yearly_output": reserve / 10, "quantity_unit": unit,
        "closing_decision": "QĐ minh họa 77/2024" if number == 2 else "",
    }  # fmt: skip


RECIPES: Final = (
    Recipe(
        "mineral-areas", "KVKS",
        lambda plan, random: blots(plan, random, 14 + plan.parcels // 4000, 210.0), area,
        "QĐ minh họa 21/2024", 10.0, ("Khoanh định khu vực khoáng sản minh họa", "2024-01-31"),
        unlike={3: DRAFT}, half_surveyed=8,
    ),
    Recipe(
        "mineral-permits", "GPKS",
        lambda plan, random: corners(plan, random, 9 + plan.parcels // 8000, 120.0), permit,
        "GP minh họa {number:02d}/GP-UBND", 5.0, ("Sổ giấy phép khoáng sản minh họa", "2025-03-31"),
        unlike={2: ENDED, 4: DRAFT}, term="2031-05-31",
    ),
)  # fmt: skip
