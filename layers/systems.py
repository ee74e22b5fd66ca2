"""The systems of coordinates we read: VN-2000 in all its zones (PROJ 9.5, EPSG 11.022), and WGS 84.

3° zones (k = 0.9999) carry the cadastre, 6° zones (k = 0.9996) the topographic base (Quyết định 83/2000/QĐ-TTg,
Thông tư 973/2001/TT-TCĐC). Each province has its own meridian: Thái Bình and Hưng Yên 105°30', EPSG:9209.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from layers.declare import Words

# Longitude and latitude (WGS 84, degrees) of the province with its coast and a margin: west, south, east, north.
PROVINCE = (105.8, 20.0, 107.0, 21.1)
CADASTRE_SCALE = 0.9999


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

    @property
    def zone_width(self) -> int | None:
        """3 or 6 degrees for a zone of VN-2000, else None."""
        if self.datum != "VN-2000" or self.scale is None:
            return None
        return 3 if self.scale == CADASTRE_SCALE else 6


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
