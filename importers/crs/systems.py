"""The systems of coordinates we read: VN-2000 in all its zones (PROJ 9.5, EPSG 11.022), and WGS 84.

3° zones (k = 0.9999) carry the cadastre, 6° zones (k = 0.9996) the topographic base (Quyết định 83/2000/QĐ-TTg,
Thông tư 973/2001/TT-TCĐC). Each province has its own meridian: Thái Bình and Hưng Yên 105°30', EPSG:9209.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from pathlib import Path

from layers.declare import Words


@dataclass(frozen=True)
class System:
    """One system. `meridian` in degrees east and `scale` on it; both None for longitude and latitude."""

    epsg: int
    datum: str
    meridian: float | None
    scale: float | None
    title: Words

    def __str__(self) -> str:
        return f"EPSG:{self.epsg} ({self.title})"

    @property
    def in_degrees(self) -> bool:
        return self.epsg in (4756, 4326)


def _load() -> tuple[System, ...]:
    def number(text: str) -> float | None:
        return float(text) if text else None

    with Path(__file__).with_name("systems.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            System(
                int(row["epsg"]),
                row["datum"],
                number(row["meridian"]),
                number(row["scale"]),
                Words(row["vi"], row["en"]),
            )
            for row in csv.DictReader(file)
        )


SYSTEMS = _load()
_BY_EPSG = {system.epsg: system for system in SYSTEMS}
_EPSG = re.compile(r"(?:EPSG:)?(\d{4,5})", re.IGNORECASE)
_MERIDIAN = re.compile(r"(?:KTT\s*)?(\d{3})\s*(?:°|do|độ|-|\s)\s*(\d{1,2})\s*['′]?", re.IGNORECASE)


def by_epsg(code: int) -> System | None:
    return _BY_EPSG.get(code)


def by_parameters(meridian: float, scale: float, datum: str) -> System | None:
    """The system of that meridian (within a second of arc) and scale, None when the State uses none like it."""
    for system in SYSTEMS:
        if system.meridian is None or system.scale is None or system.datum != datum:
            continue
        if abs(system.meridian - meridian) < 1 / 3600 and abs(system.scale - scale) < 1e-7:
            return system
    return None


def named(text: str) -> System | None:
    """What an officer types: "EPSG:9209", "9209", "105°30'", "KTT 105-30" (a meridian alone means the 3° zone)."""
    text = text.strip()
    if code := _EPSG.fullmatch(text):
        return by_epsg(int(code[1]))
    if meridian := _MERIDIAN.fullmatch(text):
        return by_parameters(int(meridian[1]) + int(meridian[2]) / 60, 0.9999, "VN-2000")
    return None
