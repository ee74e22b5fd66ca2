"""What an officer calls a system of coordinates. The table of systems is `layers.systems`."""

from __future__ import annotations

import re

from layers.systems import CADASTRE_SCALE, SYSTEMS, System, by_epsg, by_parameters

__all__ = ["SYSTEMS", "System", "by_epsg", "by_parameters", "named"]

_EPSG = re.compile(r"(?:EPSG:)?(\d{4,5})", re.IGNORECASE)
_MERIDIAN = re.compile(r"(?:KTT\s*)?(\d{3})\s*(?:°|do|độ|-|\s)\s*(\d{1,2})\s*['′]?", re.IGNORECASE)


def named(text: str) -> System | None:
    """What an officer types: "EPSG:9209", "9209", "105°30'", "KTT 105-30" (a meridian alone means the 3° zone)."""
    text = text.strip()
    if code := _EPSG.fullmatch(text):
        return by_epsg(int(code[1]))
    if meridian := _MERIDIAN.fullmatch(text):
        return by_parameters(int(meridian[1]) + int(meridian[2]) / 60, CADASTRE_SCALE, "VN-2000")
    return None
