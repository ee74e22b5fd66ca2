"""Corners given in degrees, line by line: decimal, or degrees, minutes and seconds. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from layers.search.coordinates import Reading, read
from layers.search.coordinates.angles import LATITUDES, LONGITUDES, within

_NUMBERED = re.compile(r"^\s*(?:[^\W\d_]{0,8}\s*)?(?P<label>[^\W\d_]{0,3}\d{1,4})\s*[.:;,)|\t ]\s*(?=[^\d]*\d)")
_DECIMALS = re.compile(r"\d+[.,](\d+)")
# A pair with fewer decimals than this (about 11 m) is no corner, but a number of something else.
FEWEST_DECIMALS = 4


@dataclass(frozen=True)
class Spot:
    """`x` longitude, `y` latitude; `decimals` of a degree the coarser was typed with (seconds count as four more)."""

    x: float
    y: float
    line: int
    label: str
    north_first: bool
    decimals: int


def corners(lines: list[str]) -> list[Spot]:
    """The lines that are a pair of degrees; the others are left out."""
    found = [spot(line, place) for place, line in enumerate(lines, 1) if re.search(r"\d[.,°º]\s*\d", line)]
    return [one for one in found if one]


def spot(line: str, place: int) -> Spot | None:
    """The line as a pair, with and without what may be the number of a corner before it."""
    numbered = _NUMBERED.match(line)
    tries = [("", line)]
    if numbered:
        tries.append((numbered["label"], line[numbered.end() :]))
    for label, text in tries:
        typed = read(text.strip(" \t;|,"))
        if typed and typed.readings and is_corner(typed.readings[0], text):
            reading = typed.readings[0]
            return Spot(reading.x, reading.y, place, label, reading.north_first, fineness(text))
    return None


def is_corner(reading: Reading, text: str) -> bool:
    ours = within(reading.y, LATITUDES) and within(reading.x, LONGITUDES)
    return reading.system.in_degrees and ours and fineness(text) >= FEWEST_DECIMALS


def fineness(text: str) -> int:
    behind = min((len(parts) for parts in _DECIMALS.findall(text)), default=0)
    return behind + 4 if re.search(r"[°º'\"′″]\s*\d", text) and not re.search(r"\d[.,]\d+\s*[°º]", text) else behind
