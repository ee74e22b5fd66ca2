"""Longitude and latitude as people type them: decimal with dot or comma, or degrees, minutes, seconds. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Where Vietnam and its sea lie: what tells latitude from longitude when nobody says.
LATITUDES, LONGITUDES = (8.0, 24.0), (102.0, 118.0)
NORTH_SOUTH, EAST_WEST = frozenset("ns"), frozenset("ew")
_TOKEN = re.compile(
    r"(?P<number>[+-]?\d+(?:[.,]\d+)?)\s*(?P<mark>[°'\"]?)|(?P<way>[nesw])|(?P<cut>[,;/|:])|(?P<dash>-)"
)


@dataclass(frozen=True)
class Angle:
    """Degrees, with the direction that was typed ("" when none). `decimals`: how many stood behind the sign."""

    degrees: float
    way: str
    decimals: int
    in_minutes: bool


@dataclass(frozen=True)
class Wrong:
    """Why a text that is surely meant as coordinates is none: a code of `layers.search.troubles`."""

    code: str


@dataclass
class _Part:
    numbers: list[tuple[str, str]]
    way: str = ""


def angles(text: str) -> tuple[Angle, Angle] | Wrong | None:
    """The two angles of a folded text; None when it is something else."""
    parts = _parts(text)
    if parts is None:
        return None
    marked = any(mark for part in parts for _, mark in part.numbers) or any(part.way for part in parts)
    if len(parts) != 2:
        return Wrong("one-number") if len(parts) == 1 and "°" in text else None
    both = [_angle(part) for part in parts]
    first, second = both
    if isinstance(first, Wrong) or isinstance(second, Wrong):
        wrong = first if isinstance(first, Wrong) else second
        return wrong if marked and isinstance(wrong, Wrong) else None
    if first is None or second is None:
        return None
    if marked and 180 < max(abs(first.degrees), abs(second.degrees)) < 10_000:
        return Wrong("no-longitude")
    return (first, second) if _surely_meant(first, second, marked=marked) else None


def _parts(text: str) -> list[_Part] | None:
    """The numbers in two groups, told apart by the directions, by the degree signs, by a separator or by count."""
    tokens = list(_TOKEN.finditer(text))
    if not tokens or "".join(found[0] for found in tokens).replace(" ", "") != text.replace(" ", ""):
        return None
    for divide in (_by_ways, _by_degrees, _by_cuts, _by_count):
        parts = divide(tokens)
        if parts:
            return parts
    return None


def _by_ways(tokens: list[re.Match[str]]) -> list[_Part] | None:
    """ "20.45 N 106.34 E", and "N 20.45 E 106.34": the direction stands behind each group or before each."""
    ways = [at for at, found in enumerate(tokens) if found["way"]]
    if not ways:
        return None
    before = ways[0] == 0
    parts: list[_Part] = []
    current = _Part([])
    for found in tokens:
        if found["way"]:
            if before:
                current = _Part([], found["way"])
                parts.append(current)
            else:
                current.way = found["way"]
                parts.append(current)
                current = _Part([])
        elif found["number"]:
            current.numbers.append((found["number"], found["mark"]))
    if not before and current.numbers:
        parts.append(current)
    return [part for part in parts if part.numbers]


def _by_degrees(tokens: list[re.Match[str]]) -> list[_Part] | None:
    parts: list[_Part] = []
    for found in tokens:
        if found["mark"] == "°":
            parts.append(_Part([]))
        if found["number"]:
            if not parts:
                return None
            parts[-1].numbers.append((found["number"], found["mark"]))
    return parts or None


def _by_cuts(tokens: list[re.Match[str]]) -> list[_Part] | None:
    groups = [_Part([])]
    for found in tokens:
        if found["cut"] and found["cut"] != ":":
            groups.append(_Part([]))
        elif found["number"]:
            groups[-1].numbers.append((found["number"], found["mark"]))
    return groups if len(groups) == 2 and all(group.numbers for group in groups) else None


def _by_count(tokens: list[re.Match[str]]) -> list[_Part] | None:
    numbers = [(found["number"], found["mark"]) for found in tokens if found["number"]]
    half, odd = divmod(len(numbers), 2)
    if odd or not 1 <= half <= 3:
        return None
    return [_Part(numbers[:half]), _Part(numbers[half:])]


def _angle(part: _Part) -> Angle | Wrong | None:
    """A number alone, or degrees with minutes and perhaps seconds, each below 60."""
    values = [float(number.replace(",", ".")) for number, _ in part.numbers]
    if len(values) > 3:
        return None
    # A dash between degrees, minutes and seconds is no sign.
    degrees, smaller = values[0], [abs(value) for value in values[1:]]
    if any(value >= 60 for value in smaller):
        return Wrong("minutes")
    last = part.numbers[-1][0]
    decimals = len(re.sub(r"^[^.,]*[.,]?", "", last))
    size = abs(degrees) + sum(value / 60**place for place, value in enumerate(smaller, 1))
    sign = -1 if degrees < 0 or part.way in ("s", "w") else 1
    return Angle(sign * size, part.way, decimals, bool(smaller))


def _surely_meant(first: Angle, second: Angle, *, marked: bool) -> bool:
    """Two bare numbers may be a sheet and a parcel: only decimals or minutes of our part of the world count."""
    if max(abs(first.degrees), abs(second.degrees)) > 180:
        return False
    if marked:
        return True
    fitting = sum(_is_ours(angle.degrees) for angle in (first, second))
    fine = max(first.decimals, second.decimals)
    if first.in_minutes or second.in_minutes:
        return fitting == 2 and fine >= 1 and _is_pair(first, second)
    return fine >= 2 and (_is_pair(first, second) or (fitting > 0 and min(first.decimals, second.decimals) >= 3))


def _is_ours(degrees: float) -> bool:
    return within(degrees, LATITUDES) or within(degrees, LONGITUDES)


def _is_pair(first: Angle, second: Angle) -> bool:
    low, high = sorted((first.degrees, second.degrees))
    return within(low, LATITUDES) and within(high, LONGITUDES)


def within(value: float, limits: tuple[float, float]) -> bool:
    return limits[0] <= value <= limits[1]
