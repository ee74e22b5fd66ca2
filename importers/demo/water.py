"""The demo's records of the water theme. Numbers of decisions and names of holders are visibly made up."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import geopandas as gpd
import numpy as np
import shapely

from importers.demo import scenery
from importers.demo.drawing import lots, middle, star
from importers.demo.layout import Plan
from importers.demo.plane import CANAL_HALF, CELL, RIVER_HALF, SEED, rectangle

AQUIFERS: Final = (("qh (Holocen)", 0.0, 30.0), ("qp (Pleistocen)", 60.0, 120.0))
REASONS: Final = ("Mực nước hạ thấp quá mức", "Ranh mặn", "Khu vực sụt lún đất", "Gần công trình khai thác lớn")
PROVINCE: Final = "Ủy ban nhân dân tỉnh (minh họa)"
DECISION: Final = {
    "decision_date": "2024-03-15",
    "issuer": PROVINCE,
    "valid_from": "2024-04-01",
    "source": "Dữ liệu minh họa",
}
# Widths of corridors along canals, metres from the bank. Lots begin 6 m from it, so some are too close to call.
CANAL_WIDTHS: Final = (5.0, 6.0, 6.0, 8.0, 10.0, 5.0)
RIVER_WIDTHS: Final = (20.0, 15.0)
ROUGHEST, MOST_ZONES = 8_000, 1_000


def groundwater(plan: Plan) -> gpd.GeoDataFrame:
    """Restriction zones, from strips a few metres wide to one of 8,000 vertices; two aquifers one above the other."""
    random = np.random.default_rng([SEED, 30])
    shapes = [star(random, middle(plan, random), 420.0, ROUGHEST), *strips(plan, random), ring(plan, random)]
    above = middle(plan, random)
    beside = np.add(above, (70.0, -40.0))
    shapes += [star(random, above, 260.0, 400), star(random, beside, 240.0, 300), whole_lots(plan)]
    lots_at = len(shapes) - 1
    while len(shapes) < min(MOST_ZONES, 10 + plan.parcels // 1000):
        radius = float(np.clip(random.lognormal(5.0, 0.5), 40, 900))
        shapes.append(star(random, middle(plan, random), radius, int(random.integers(60, 900))))
    rows = []
    for number, shape in enumerate(shapes):
        aquifer, top, bottom = AQUIFERS[number % 2]
        kind = "1" if number % 3 else "2"
        rows.append({
            "code": f"HC{kind}-{number + 1:03d}", "name": f"Vùng hạn chế {kind} số {number + 1}", "kind": kind,
            "aquifer": aquifer, "depth_from_m": top, "depth_until_m": bottom, "reason": REASONS[number % len(REASONS)],
            "decision_no": f"QĐ minh họa {12 + number % 3}/2024", "whole_parcels": number == lots_at,
            "accuracy_m": (10.0, 5.0, 2.0)[number % 3], "geometry": shape,
        })  # fmt: skip
    return gpd.GeoDataFrame(rows, geometry="geometry", crs=9209).assign(**DECISION)


def strips(plan: Plan, random: np.random.Generator) -> list[shapely.Polygon]:
    """Three bands 3, 6 and 25 m wide across the country."""
    bands = []
    for width in (3.0, 6.0, 25.0):
        start, heading = middle(plan, random), random.uniform(0, 2 * np.pi)
        along = np.linspace(0, 900, 31)
        aside = 40 * np.sin(along / 130)
        turn = np.array([[np.cos(heading), np.sin(heading)], [-np.sin(heading), np.cos(heading)]])
        axis = shapely.LineString(start + np.stack([along, aside], -1) @ turn)
        bands.append(shapely.set_precision(axis.buffer(width / 2, cap_style="flat"), 0.001))
    return bands


def ring(plan: Plan, random: np.random.Generator) -> shapely.Polygon:
    """A zone with a hole in it."""
    centre = middle(plan, random)
    outer, inner = star(random, centre, 330.0, 240), star(random, centre, 120.0, 90)
    return outer.difference(inner.intersection(outer.buffer(-30)))


def whole_lots(plan: Plan) -> shapely.Polygon:
    """What a decision that lists whole parcels drew: half a strip, its ends where lots end on the plan only."""
    chosen = int(np.flatnonzero(plan.strips.cell >= len(plan.cells.i) // 2)[0])
    u0, v0, u1, v1 = (float(side[chosen]) for side in (plan.strips.u0, plan.strips.v0, plan.strips.u1, plan.strips.v1))
    half = u0 + (u1 - u0) * (int(plan.strips.columns[chosen]) // 2) / int(plan.strips.columns[chosen])
    return rectangle(v0, u0, v1, half) if plan.strips.turned[chosen] else rectangle(u0, v0, half, v1)


def corridors(plan: Plan) -> gpd.GeoDataFrame:
    """Bank lines of the river and of every second canal, both banks, one record for each piece."""
    rows = []
    for piece in scenery.waterways(plan).itertuples(index=False):
        if not piece.river and piece.line // 5 % 2:
            continue
        half = RIVER_HALF if piece.river else CANAL_HALF
        name = scenery.RIVER if piece.river else scenery.canal(piece.across, piece.line)
        for side in (-1, 1):
            # Water flows towards larger u or v; seen downstream, larger v (or smaller u) is on the left.
            bank = "left" if (side > 0) == bool(piece.across) else "right"
            widths = RIVER_WIDTHS if piece.river else CANAL_WIDTHS
            width = widths[(piece.start // scenery.RUN + piece.line + (side > 0)) % len(widths)]
            at, start, end = piece.line * CELL + side * half, piece.start * CELL, piece.end * CELL
            rows.append({
                "code": f"HL-{int(piece.across)}.{piece.line}.{piece.start}.{bank[0].upper()}",
                "name": f"Hành lang bảo vệ {name}, {'bờ trái' if bank == 'left' else 'bờ phải'}",
                "river": name, "bank": bank, "function": "b" if width >= 15 else "a", "width_m": width,
                "decision_no": "QĐ minh họa 08/2024" if piece.river else "QĐ minh họa 09/2024",
                "accuracy_m": 1.0, "geometry": scenery.track(piece.across, at, start, end, half + 3),
            })  # fmt: skip
    return gpd.GeoDataFrame(rows, geometry="geometry", crs=9209).assign(**DECISION)


def next_month(today: date) -> date:
    """The fifteenth of the month after."""
    return date(today.year + today.month // 12, today.month % 12 + 1, 15)


def wells(plan: Plan, today: date) -> gpd.GeoDataFrame:
    """Licensed wells near the middle of lots. The first permit ends next month, one has ended, one is a draft."""
    random = np.random.default_rng([SEED, 31])
    cell = plan.strips.cell
    strip = random.permutation(len(cell))[: 50 + plan.parcels // 2000]
    strip[:3] = np.flatnonzero((cell == 0) | (cell == 1))[:3]
    points = lots(plan, random, strip)
    rows = [well(number, random) for number in range(1, len(strip) + 1)]
    rows[0] |= {"valid_until": next_month(today).isoformat()}
    rows[1] |= {"valid_until": "2024-12-31"}
    rows[2] |= {"state": "draft", "valid_from": None, "valid_until": None}
    return gpd.GeoDataFrame(rows, geometry=points, crs=9209)


def well(number: int, random: np.random.Generator) -> dict[str, Any]:
    aquifer, top, bottom = AQUIFERS[number % 2]
    return {
        "code": f"G{number:04d}", "name": f"Giếng khoan số {number}", "holder": f"Công ty TNHH Minh họa {number:02d}",
        "decision_no": f"GP minh họa {number:02d}/GP-UBND", "decision_date": "2022-05-20", "issuer": PROVINCE,
        "valid_from": "2022-06-01", "valid_until": f"{2028 + number % 5}-05-31", "state": "in-force",
        "aquifer": aquifer, "depth_m": round(float(random.uniform(max(top, 12.0), bottom)), 1),
        "yield_m3_day": float(random.integers(1, 40) * 10), "purpose": "Cấp nước sản xuất",
        "accuracy_m": 5.0, "source": "Dữ liệu minh họa",
    }  # fmt: skip
