"""Metres of a plane as people type them: dots and commas either way, thousands apart, a zone's number before. Pure.

In the north of Vietnam a northing has seven digits before the point and an easting six, so the axis order tells itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from layers.search.coordinates.angles import Wrong

NORTH_DIGITS, EAST_DIGITS = 7, 6
# A height, or the number of a corner, may stand beside the pair.
BESIDE = 1000
_PLAIN = re.compile(r"\d+(?:[.,]\d+)?")
_GROUPED = re.compile(r"(?P<whole>\d{1,3}(?P<apart>[ '.,])\d{3}(?:(?P=apart)\d{3})*)(?P<rest>[.,]\d+)?")
_MILLION = re.compile(r"(?P<million>\d)[.,](?P<rest>\d{6})(?:[.,](?P<parts>\d+))?")
_PREFIXED = re.compile(r"(?P<zone>18|19|48|49)[ .]?(?P<rest>\d{3}(?:[ .,']?\d{3})(?:[.,]\d+)?)")
_CUT = re.compile(r"\s*[;/|\n]\s*|,\s+|\s+-\s+|\s*[nesw]\s*")


@dataclass(frozen=True)
class Metres:
    """One number in metres: how many digits stood before the point, the zone number that stood before them."""

    value: float
    digits: int
    zone: str = ""
    in_km: bool = False


@dataclass(frozen=True)
class Pair:
    east: Metres
    north: Metres
    north_first: bool


def pair(text: str) -> Pair | Wrong | None:
    """Easting and northing of a folded text; None when it is something else."""
    doubtful: Wrong | None = None
    for first, second in _divided(text):
        fitting = _fitting(first, second)
        if isinstance(fitting, Pair):
            return fitting
        doubtful = doubtful or fitting
    alone = _metres(re.sub(r"[nesw|\s]+", "", text))
    if alone and alone.digits in (NORTH_DIGITS, EAST_DIGITS) and re.search(r"\d{6}[.,]\d+$", text):
        return Wrong("one-number")
    return doubtful


def _divided(text: str) -> Iterator[tuple[Metres, Metres]]:
    """Every way to read the text as two numbers, the plainest first."""
    parts = [part for part in _CUT.split(text) if part]
    if len(parts) == 3:
        parts = _without_what_stands_beside(parts)
    if len(parts) == 2:
        yield from _both(*parts)
    if len(parts) > 1:
        return
    cuts = [found.span() for found in re.finditer(r"\s+|,", text)]
    for start, end in cuts:
        yield from _both(text[:start], text[end:])
    words = text.split()
    if len(words) == 3:
        yield from _both(*_without_what_stands_beside(words))


def _without_what_stands_beside(parts: list[str]) -> list[str]:
    first, last = (
        float(part.replace(",", ".")) if _PLAIN.fullmatch(part) else BESIDE for part in (parts[0].rstrip("."), parts[2])
    )
    if last < BESIDE:
        return parts[:2]
    return parts[1:] if first < BESIDE else parts[:2]


def _both(first: str, second: str) -> Iterator[tuple[Metres, Metres]]:
    one, other = _metres(first), _metres(second)
    if one and other:
        yield one, other


def _fitting(first: Metres, second: Metres) -> Pair | Wrong | None:
    for north, east in ((first, second), (second, first)):
        if north.digits == NORTH_DIGITS and east.digits == EAST_DIGITS and not north.zone:
            return Pair(east, north, north is first)
    if min(first.digits, second.digits) < EAST_DIGITS - 1 or max(first.digits, second.digits) > NORTH_DIGITS + 2:
        return None
    return Wrong("digits")


def _metres(text: str) -> Metres | None:
    """A number in metres; 3 or 4 digits with decimals are kilometres; None when it is none."""
    text = text.strip(" .,;")
    if found := _PREFIXED.fullmatch(text):
        rest = _metres(found["rest"])
        return rest and Metres(rest.value, rest.digits, found["zone"], rest.in_km)
    if found := _MILLION.fullmatch(text):
        return _read(found["million"] + found["rest"], found["parts"] or "")
    if (found := _GROUPED.fullmatch(text)) and (found["rest"] or "x")[0] != found["apart"]:
        return _read(re.sub(r"\D", "", found["whole"]), (found["rest"] or "")[1:])
    if not _PLAIN.fullmatch(text):
        return None
    whole, _, parts = text.replace(",", ".").partition(".")
    if 3 <= len(whole) <= 4 and len(parts) >= 3:
        value = float(f"{whole}.{parts}") * 1000
        return Metres(value, len(str(int(value))), in_km=True)
    return _read(whole, parts)


def _read(whole: str, parts: str) -> Metres:
    return Metres(float(f"{whole}.{parts or 0}"), len(whole))
