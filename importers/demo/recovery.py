"""The demo's projects for which land is recovered: roads, schools, a drainage canal, at every stage."""

from __future__ import annotations

from typing import Final

import shapely

from importers.demo.drawing import Random, corners, hectares
from importers.demo.recipes import DRAFT, ENDED, Recipe, Values

PROJECTS: Final = (
    ("listed", "Mở rộng đường liên xã", "Làm đường giao thông"),
    ("announced", "Xây dựng trường học", "Xây dựng cơ sở giáo dục"),
    ("decided", "Nạo vét, mở rộng kênh tiêu", "Xây dựng công trình thủy lợi"),
)


def project(number: int, shape: shapely.Geometry, random: Random) -> Values:
    stage, title, purpose = PROJECTS[(number - 1) % len(PROJECTS)]
    area = hectares(shape)
    return {
        "name": f"{title} số {number} (minh họa)", "stage": stage, "purpose": purpose, "plan_year": 2026,
        "area_paper_ha": area, "area_by_kind": f"LUC {area * 0.7:.2f} ha; ONT {area * 0.3:.2f} ha",
    }  # fmt: skip


RECIPES: Final = (
    Recipe(
        "recovery-projects", "THD",
        lambda plan, random: corners(plan, random, 10 + plan.parcels // 5000, 140.0), project,
        "NQ minh họa {number:02d}/2025", 5.0, ("Danh mục thu hồi đất minh họa", "2025-12-15"),
        unlike={5: DRAFT, 6: ENDED}, half_surveyed=9,
    ),
)  # fmt: skip
