"""The demo's land-price table: for each commune some roads by position, and its fields by area. Figures are made up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import numpy as np
import pandas as pd

from importers.demo.layout import Plan
from importers.demo.papers import NEW_LAW
from importers.demo.plane import SEED
from importers.demo.recipes import SOURCE
from importers.demo.water import PROVINCE
from layers.ground.admin_units import NEW

DECISION: Final = {
    "decision_no": "QĐ minh họa 61/2025",
    "decision_date": "2025-12-20",
    "issuer": PROVINCE,
    "valid_from": "2026-01-01",
    "state": "in-force",
    "source": SOURCE,
}
ROADS: Final = (("Đường huyện 10A", "Từ cầu đến chợ"), ("Đường huyện 10A", "Đoạn còn lại"), ("Đường trục xã", ""))
# What positions 1, 2 and 3 of a road are worth of the first.
POSITIONS: Final = (("Vị trí 1: mặt đường", 1.0), ("Vị trí 2: ngõ từ 3 m trở lên", 0.5), ("Vị trí 3: còn lại", 0.3))
# Land use, and its share of the price of housing.
BUILT: Final = {"ONT": 1.0, "TMD": 0.7, "SKC": 0.5}
FARMED: Final = {"LUC": 60_000, "HNK": 60_000, "CLN": 70_000, "NTS": 60_000}


def frame(plan: Plan) -> pd.DataFrame:
    """Rows of every commune, as the decision's annex would list them."""
    return pd.DataFrame(
        {"code": f"{one.code}-{number:03d}", "commune_code": one.code, "commune_edition": NEW, **DECISION} | row
        for index, one in enumerate(plan.cells.communes)
        for number, row in enumerate(of_commune(index, one.level == "Phường"), start=1)
    )


def of_commune(index: int, is_town: bool) -> Iterator[dict[str, Any]]:
    random = np.random.default_rng([SEED, 90, index])
    for road, segment in ROADS:
        best = float(random.integers(20, 90)) * 100_000
        for position, share in POSITIONS:
            for use, worth in BUILT.items():
                yield {
                    "name": road, "road": road, "segment": segment, "position": position,
                    "land_use": "ODT" if is_town and use == "ONT" else use, "vocabulary": NEW_LAW,
                    "price": round(best * share * worth, -3),
                }  # fmt: skip
    for area in (1, 2):
        for use, price in FARMED.items():
            yield {
                "name": f"Khu vực {area}", "area": f"Khu vực {area}", "land_use": use, "vocabulary": NEW_LAW,
                "price": price - 10_000 * (area - 1),
            }  # fmt: skip
