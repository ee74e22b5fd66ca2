"""From a cell of text to a value of the model's column. A cell that cannot be read raises Unreadable: no guessing."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Iterable
from decimal import Decimal
from enum import Enum

_TRAILING_ZEROS = re.compile(r"(\d+)[.,]0+")
_GROUPED = {sign: re.compile(rf"[+-]?\d{{1,3}}(?:\{sign}\d{{3}})+") for sign in ".,"}
_DIGITS = re.compile(r"[+-]?\d+(?:\.\d*)?(?:[eE][+-]?\d{1,3})?|[+-]?\.\d+")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})[/.-]?(\d{2})[/.-]?(\d{2})(?:[T ].*)?")
_CLOCK = re.compile(r"(.+?)[T ]\s*(\d{1,2})[:h](\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?")
# Vietnam's clock; it has had one time zone without summer time since 1976.
LOCAL = datetime.timezone(datetime.timedelta(hours=7))
TRUTHS = {
    "1": True, "true": True, "yes": True, "có": True, "co": True, "x": True, "t": True, "y": True, "đúng": True,
    "0": False, "false": False, "no": False, "không": False, "khong": False, "f": False, "n": False, "sai": False,
}  # fmt: skip


class Unreadable(ValueError):
    """The cell is none of what its column holds."""


class Decimals(Enum):
    """How a column writes its decimal point."""

    POINT = "."
    COMMA = ","
    UNCLEAR = "?"


def plain_number(text: str) -> str:
    """A number used as a name, as a spreadsheet or DBF spoils it: "12.0" is "12"; "12a" and "TĐ12" stay."""
    spoiled = _TRAILING_ZEROS.fullmatch(text.strip())
    return spoiled[1] if spoiled else text.strip()


def decimals_of(cells: Iterable[str]) -> Decimals:
    """Which sign is the decimal point in this column, by the cells that leave no doubt.

    "1.234,5" and "12,5" say comma, "1,234.5" and "1234.567" say point; "1.234" alone could be either.
    """
    votes = {Decimals.POINT: 0, Decimals.COMMA: 0}
    doubtful = 0
    for cell in cells:
        vote = _vote(cell.strip())
        if vote is Decimals.UNCLEAR:
            doubtful += 1
        elif vote is not None:
            votes[vote] += 1
    if doubtful and not any(votes.values()):
        return Decimals.UNCLEAR
    return Decimals.COMMA if votes[Decimals.COMMA] > votes[Decimals.POINT] else Decimals.POINT


def _vote(cell: str) -> Decimals | None:
    signs = [sign for sign in cell if sign in ".,"]
    if not signs:
        return None
    last = signs[-1]
    if signs.count(last) > 1:
        return Decimals.COMMA if last == "." else Decimals.POINT
    if len(set(signs)) == 1 and _GROUPED[last].fullmatch(cell) and not re.match(r"[+-]?0", cell):
        return Decimals.UNCLEAR
    return Decimals(last)


def to_number(cell: str, decimals: Decimals) -> Decimal:
    """A finite number. Raises Unreadable for "****", "NaN", "1e400", and for a sign the column does not use so.

    Where the column is unclear, its one sign is taken for the decimal point: that is what an officer accepts.
    """
    text = cell.strip().replace("\xa0", "").replace(" ", "")
    group = {Decimals.POINT: ",", Decimals.COMMA: "."}.get(decimals)
    if group and group in text:
        whole = text.split(decimals.value)[0]
        if not _GROUPED[group].fullmatch(whole) or group in text[len(whole) :]:
            raise Unreadable(cell)
        text = text.replace(group, "")
    text = text.replace(",", ".")
    if not _DIGITS.fullmatch(text) or not math.isfinite(float(text)):
        raise Unreadable(cell)
    return Decimal(text)


def to_whole(cell: str, decimals: Decimals) -> int:
    number = to_number(cell, decimals)
    if number != number.to_integral_value():
        raise Unreadable(cell)
    return int(number)


def to_date(cell: str) -> datetime.date:
    """Day first (31/12/2025) or ISO (2025-12-31, 20251231). A year of two digits is not guessed."""
    text = cell.strip()
    if day_first := _DAY_FIRST.fullmatch(text):
        day, month, year = map(int, day_first.groups())
    elif year_first := _YEAR_FIRST.fullmatch(text):
        year, month, day = map(int, year_first.groups())
    else:
        raise Unreadable(cell)
    try:
        return datetime.date(year, month, day)
    except ValueError:
        raise Unreadable(cell) from None


def to_moment(cell: str) -> datetime.datetime:
    """A day with an hour ("20/11/2026 07:00", "2026-11-20T07:00:00+07:00"); Vietnam's clock unless it says another.

    A day alone is not a moment: midnight would be a guess."""
    told = _CLOCK.fullmatch(cell.strip())
    if told is None:
        raise Unreadable(cell)
    day, hour, minute, second, zone = told.groups()
    try:
        clock = datetime.time(int(hour), int(minute), int(second or 0), tzinfo=_zone(zone))
    except ValueError:
        raise Unreadable(cell) from None
    return datetime.datetime.combine(to_date(day), clock)


def _zone(text: str | None) -> datetime.timezone:
    if text is None:
        return LOCAL
    if text == "Z":
        return datetime.UTC
    sign, digits = (-1 if text[0] == "-" else 1), text[1:].replace(":", "")
    return datetime.timezone(sign * datetime.timedelta(hours=int(digits[:2]), minutes=int(digits[2:])))


def to_truth(cell: str) -> bool:
    try:
        return TRUTHS[cell.strip().lower()]
    except KeyError:
        raise Unreadable(cell) from None
