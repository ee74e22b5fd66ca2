"""Numbers as people type them from a paper: 512,0 and 1.234,5 the Vietnamese way, 1,234.5 the English one."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

MOST_TEXT = 4_000
MOST_EDGES = 200
_UNIT = re.compile(r"(?<=\d)\s*(?:m2|mét vuông|met vuong|mét|met|m)(?![^\W\d_])", re.IGNORECASE)
_GROUPED_SPACES = re.compile(r"(?<=\d) (?=\d{3}(?:\D|$))")
# Number with decimal sign `d` and thousands sign `t`.
_BOTH = {
    sign: re.compile(rf"\d{{1,3}}(?:\{other}\d{{3}})+\{sign}\d+", re.ASCII) for sign, other in ((",", "."), (".", ","))
}
_THOUSANDS = {sign: re.compile(rf"[1-9]\d{{0,2}}(?:\{sign}\d{{3}})+", re.ASCII) for sign in ",."}
_DECIMAL = {sign: re.compile(rf"\d+\{sign}\d+", re.ASCII) for sign in ",."}
_WHOLE = re.compile(r"\d+", re.ASCII)
_LONGEST = 14
# Letters that a hand or a machine takes for digits.
_LOOKALIKES = str.maketrans("OoQlIi|SsB", "0001111558")
_CORNERS = re.compile(r"\b\d{1,3}\s*[-–—→]\s*\d{1,3}\s*[:=]")
_BETWEEN = re.compile(r"\s*[;\n\t|/]+\s*|,\s+|\s+[-–—]\s+|\s+")


@dataclass(frozen=True)
class Typed:
    """A number as typed. `readings`: what it may mean, the Vietnamese way first; none when it is no number, and then
    `guess` is the number that was probably meant (1O,5 is 10,5), or nothing."""

    text: str
    readings: tuple[Decimal, ...]
    guess: str = ""

    def nearest(self, to: Decimal) -> Decimal:
        """The reading that lies nearest to a known figure."""
        return min(self.readings, key=lambda reading: abs(reading - to))


def number(text: str) -> Typed:
    """One number above zero, with or without a unit (m, m²)."""
    shown = " ".join(text.split())
    plain = _bare(shown)
    found = _readings(plain)
    guess = "" if found else plain.translate(_LOOKALIKES)
    return Typed(shown, found, guess if _readings(guess) else "")


def edges(text: str) -> list[Typed]:
    """Lengths with semicolons, blanks, line breaks or dashes between; "1-2: 12,5" and rows of corner and length too."""
    lines = [_CORNERS.sub(" ", _bare(line)).strip() for line in text.strip().splitlines() if line.strip()]
    rows = [[piece for piece in _BETWEEN.split(line) if piece] for line in lines]
    if len(rows) > 1 and all(len(row) == 2 and row[0] == str(at) for at, row in enumerate(rows, 1)):
        rows = [row[1:] for row in rows]
    return [number(piece) for row in rows for piece in row]


def _bare(text: str) -> str:
    return _UNIT.sub("", unicodedata.normalize("NFKC", text)).strip()


def _readings(plain: str) -> tuple[Decimal, ...]:
    plain = _GROUPED_SPACES.sub("", plain)
    if not plain or len(plain) > _LONGEST:
        return ()
    if _WHOLE.fullmatch(plain):
        return _above_zero(plain)
    for sign, shape in _BOTH.items():
        if shape.fullmatch(plain):
            return _above_zero(plain.replace("." if sign == "," else ",", "").replace(sign, "."))
    for sign in ",.":
        thousands = plain.replace(sign, "") if _THOUSANDS[sign].fullmatch(plain) else ""
        decimal = plain.replace(sign, ".") if _DECIMAL[sign].fullmatch(plain) else ""
        if thousands or decimal:
            # 1.234 is a thousand and more to a Vietnamese, 1,234 one and a bit: the other reading comes second.
            ordered = (decimal, thousands) if sign == "," else (thousands, decimal)
            return _above_zero(*(meant for meant in ordered if meant))
    return ()


def _above_zero(*numbers: str) -> tuple[Decimal, ...]:
    return tuple(value for value in map(Decimal, numbers) if value > 0)
