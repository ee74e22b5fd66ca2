"""Coordinates in a line of a table, in one style of writing numbers. Pure.

In the north of Vietnam a northing has seven digits before the sign and an easting six, so the digits tell which is
which, whatever the order of the columns. Surveyors call the northing X (Thông tư 25/2014/TT-BTNMT).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

NORTH, EAST = "north", "east"
TAKEN = "\u00a7"  # stands where a number was read
ZONES = ("18", "19", "48", "49")


@dataclass(frozen=True)
class Style:
    """How a table writes numbers: what stands between thousands ("" for nothing), and before decimals."""

    thousands: str
    decimal: str


STYLES = tuple(
    Style(thousands, decimal) for thousands in ("", ".", ",", " ", "'") for decimal in ".," if thousands != decimal
)


@dataclass(frozen=True)
class Number:
    """One coordinate as typed: `decimals` stood behind the sign; `zone` is a zone number that stood before it."""

    kind: str
    value: float
    decimals: int
    line: int
    at: int
    zone: str = ""


@cache
def pattern(kind: str, style: Style) -> re.Pattern[str]:
    apart, sign = re.escape(style.thousands), re.escape(style.decimal)
    if kind == NORTH:
        whole = rf"[12]{apart}\d{{3}}{apart}\d{{3}}" if style.thousands else r"[12]\d{6}"
    else:
        whole = rf"\d{{3}}{apart}\d{{3}}" if style.thousands else rf"(?:{'|'.join(ZONES)})?\d{{6}}"
    other = re.escape("." if style.decimal == "," else ",")
    # Not the end of a longer number, nor the beginning of one; and no decimals in the other way of writing them.
    group = rf"(?<!\d{apart})" if style.thousands not in ("", " ") else ""
    before = rf"(?<![\d{TAKEN}])(?<!\d{sign})(?<!\d\.){group}"
    alone = rf"{sign}?(?!\d)(?!{sign}\d)(?!{other}\d{{1,4}}(?!\d)(?!{sign}\d))"
    longer = rf"(?!{apart}\d{{3}}(?!\d))" if style.thousands else ""
    return re.compile(
        rf"{before}(?P<whole>{whole})(?:{sign}(?P<parts>\d+)(?!\d)(?!{sign}\d(?!\d{{5}}(?!\d)))|{alone}){longer}"
    )


def numbers(line: str, place: int, style: Style) -> tuple[list[Number], str]:
    """The coordinates of a line in the order they stand, and the line with them taken out."""
    found: list[Number] = []
    for kind in (NORTH, EAST):
        for match in pattern(kind, style).finditer(line):
            found.append(number(kind, match, place))
        line = pattern(kind, style).sub(lambda match: TAKEN * len(match[0]), line)
    return sorted(found, key=lambda one: one.at), line


def number(kind: str, match: re.Match[str], place: int) -> Number:
    digits = re.sub(r"\D", "", match["whole"])
    zone = digits[:-6] if kind == EAST else ""
    parts = match["parts"] or ""
    value = float(f"{digits[len(zone) :]}.{parts or 0}")
    return Number(kind, value, len(parts), place, match.start(), zone)


LONGEST_EDGE_M = 20_000
_LENGTH = re.compile(
    r"(?<![\w.'])(?<!\d,)(\d{1,3}(?:([. '])\d{3})?|\d{1,4})(?:([.,])(\d{1,3}))?\s*(?:m\b)?(?![\w.,']*\d)"
)


def lengths(rest: str) -> list[float]:
    """Numbers with decimals that may be edge lengths in metres, among what is left of a line."""
    found = []
    for whole, apart, sign, parts in _LENGTH.findall(rest):
        if sign and sign != apart:
            found.append(float(f"{re.sub(r'[^0-9]', '', whole)}.{parts}"))
    return found


# Letters that are typed, or read by a scanner, for digits.
LOOKALIKES = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1", "B": "8", "S": "5"})
_DOUBTFUL = re.compile(r"[\dOoIlBS][\dOoIlBS.,'A-Za-z]*")
_DATE = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}")


def doubtful(rest: str) -> str | None:
    """The first thing left on a line that was surely meant as a coordinate; None when all of it may stand there."""
    for match in _DOUBTFUL.finditer(_DATE.sub(" ", rest)):
        text = match[0].strip(".,'")
        digits = sum(sign.isdigit() for sign in text)
        if digits >= 5 and sum(sign.isalpha() for sign in text) <= 2 and not is_length(text):
            return text
    return None


def is_length(text: str) -> bool:
    whole, _, parts = text.replace(",", ".").partition(".")
    return whole.isdigit() and len(whole) <= 4 and (parts == "" or (parts.isdigit() and len(parts) <= 3))


def meant(text: str) -> str:
    """What a garbled number was probably meant as, to be shown and never used; empty when nobody can say."""
    plain = text.translate(LOOKALIKES)
    digits = re.sub(r"\D", "", plain)
    if plain != text and re.fullmatch(r"[\d.,]+", plain):
        return plain
    if re.fullmatch(r"[12][.,]\d{6}", text):
        return digits
    return ""
