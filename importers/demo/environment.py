"""The demo's records of the environment and of the weather: protected areas, licences, stations and their values."""

from __future__ import annotations

from typing import Final

import numpy as np
import shapely

from importers.demo.drawing import Random, anywhere, blots, hectares, rings
from importers.demo.layout import Plan
from importers.demo.plane import CELL, Shapes, to_ground
from importers.demo.recipes import DRAFT, ENDED, Recipe, Values, company
from importers.demo.scenery import RIVER

PROTECTED: Final = (
    ("nature-reserve", "Khu dự trữ thiên nhiên"), ("species-habitat", "Khu bảo tồn loài, sinh cảnh"),
    ("landscape", "Khu bảo vệ cảnh quan"),
)  # fmt: skip
ZONES: Final = (("core", "vùng lõi"), ("buffer", "vùng đệm"), ("transition", "vùng chuyển tiếp"))
RADII: Final = (260.0, 480.0, 760.0)
# Medium, parameter, value, unit, averaging, edition, class, limit: as text, an edition and its class or neither.
READINGS: Final = (
    ("surface-water", "BOD5", "5.0", "mg/L", "", "QCVN 08:2023/BTNMT (số liệu minh họa)", "Mức B (minh họa)", "≤ 6"),
    ("air", "PM2.5", "38", "µg/m³", "24 giờ", "", "", ""),
    ("surface-water", "DO", "4.8", "mg/L", "", "QCVN 08:2023/BTNMT (số liệu minh họa)", "Mức B (minh họa)", "≥ 5"),
    ("groundwater", "Asen", "< 0.001", "mg/L", "", "", "", ""),
)
BULLETINS: Final = (
    ("water-level", "182", "cm"), ("rain", "12.5", "mm/24h"), ("salinity", "1.2", "‰"), ("water-level", "-34", "cm"),
)  # fmt: skip
ALERT: Final = {"alert_edition": "Cấp báo động minh họa, bản 2020", "alert_level": "below-1"}


def protected(number: int, shape: shapely.Geometry, random: Random) -> Values:
    kind, title = PROTECTED[number % len(PROTECTED)]
    return {
        "name": f"{title} số {number} (minh họa)", "kind": kind, "area_paper_ha": hectares(shape),
        "manager": "Ban quản lý minh họa",
    }  # fmt: skip


def reserves(plan: Plan, random: Random) -> Shapes:
    return np.concatenate([rings(plan, random, RADII) for _ in range(1 + plan.parcels // 100_000)])


def reserve(number: int, shape: shapely.Geometry, random: Random) -> Values:
    zone, title = ZONES[(number - 1) % len(ZONES)]
    name = f"Khu dự trữ sinh quyển minh họa {(number + 2) // 3}"
    return {
        "name": f"{name}: {title}", "reserve": name, "zone": zone, "area_paper_ha": hectares(shape),
        "manager": "Ban quản lý minh họa",
    }  # fmt: skip


def licence(number: int, shape: shapely.Geometry, random: Random) -> Values:
    return {
        "name": f"Giấy phép môi trường số {number} (minh họa)", "holder": company(number + 400),
        "project": f"Xưởng sản xuất minh họa {number}", "project_group": ("I", "II", "III")[number % 3],
        "discharge": "Nước thải sản xuất và sinh hoạt", "flow_m3_day": float(random.integers(1, 50) * 10),
        "receiving_source": RIVER if number % 3 else "Kênh nội đồng",
        "limit_edition": "QCVN 40:2011/BTNMT", "limit_class": "Cột A" if number % 2 else "Cột B",
    }  # fmt: skip


def station(number: int, shape: shapely.Geometry, random: Random) -> Values:
    names = ("medium", "parameter", "latest_value", "unit", "averaging", "limit_edition", "limit_class", "limit_value")
    reading = dict(zip(names, READINGS[(number - 1) % len(READINGS)], strict=True))
    moment = f"2026-11-{10 + number % 10:02d}T{7 + number % 3:02d}:00:00+07:00"
    return {"name": f"Điểm quan trắc số {number} (minh họa)", "measured_at": moment} | reading


def at_the_river(plan: Plan, random: Random) -> Shapes:
    """Points on the river, evenly, from the inland end to the mouth."""
    along = np.linspace(float(plan.cells.i.min()), float(plan.cells.i.max()), 8)[1:-1] * CELL
    points: Shapes = shapely.points(to_ground(along, np.zeros(len(along))))
    return points


def gauge(number: int, shape: shapely.Geometry, random: Random) -> Values:
    kind, value, unit = BULLETINS[(number - 1) % len(BULLETINS)]
    on_river = kind != "rain"
    return {
        "name": f"Trạm minh họa {number}", "kind": kind, "river": RIVER if on_river else "",
        "river_km": float(30 - 4 * number) if on_river else None, "is_tidal": on_river and number > 2,
        "latest_value": value, "unit": unit, "measured_at": "2026-11-20T07:00:00+07:00",
    }  # fmt: skip


RECIPES: Final = (
    Recipe(
        "protected-areas", "KBT", lambda plan, random: blots(plan, random, 4 + plan.parcels // 20_000, 240.0),
        protected, "QĐ minh họa 51/2024", 10.0, ("Hồ sơ khu bảo tồn minh họa", "2024-08-31"),
        unlike={2: DRAFT}, half_surveyed=6,
    ),
    Recipe(
        "biosphere-reserves", "DTSQ", reserves, reserve, "QĐ minh họa 52/2024", 20.0,
        ("Hồ sơ khu dự trữ sinh quyển minh họa", "2024-08-31"),
    ),
    Recipe(
        "environmental-licences", "GPMT", lambda plan, random: anywhere(plan, random, 30 + plan.parcels // 1000),
        licence, "GPMT minh họa {number:02d}/GPMT", 5.0, ("Sổ giấy phép môi trường minh họa", "2025-03-31"),
        unlike={2: ENDED, 3: DRAFT}, term="2033-05-31",
    ),
    Recipe(
        "monitoring-stations", "QT", lambda plan, random: anywhere(plan, random, 8 + plan.parcels // 20_000), station,
        "QĐ minh họa 53/2024", 10.0, ("Mạng lưới quan trắc minh họa", "2025-12-31"),
    ),
    Recipe(
        "hydromet-stations", "KTTV", at_the_river, gauge, "QĐ minh họa 54/2024", 20.0,
        ("Bản tin minh họa", "2026-11-20"), unlike={1: ALERT},
    ),
)  # fmt: skip
