"""Tables of corners as offices write them: fifteen spellings of one ring, and the mistakes that are made in them.

Knows nothing of the portal: rings come in metres of some plane, text goes out.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

Place = tuple[float, float]
Row = tuple[str, str, str, str]


@dataclass(frozen=True)
class Written:
    """A table as text. `fault`: the mistake planted in it, or empty."""

    spelling: str
    text: str
    fault: str = ""


def grouped(value: float, apart: str, sign: str) -> str:
    whole, parts = f"{value:.2f}".split(".")
    digits = [whole[max(0, end - 3) : end] for end in range(len(whole), 0, -3)]
    return apart.join(reversed(digits)) + sign + parts


def plain(value: float) -> str:
    return f"{value:.2f}"


def comma(value: float) -> str:
    return plain(value).replace(".", ",")


def rows(ring: Sequence[Place], number: Callable[[float], str], closed: bool = False) -> list[Row]:
    """Label, X (north), Y (east), length to the next corner."""
    edges = [math.dist(one, other) for one, other in pairwise([*ring, ring[0]])]
    made = [
        (str(n), number(y), number(x), number(edge))
        for n, ((x, y), edge) in enumerate(zip(ring, edges, strict=True), 1)
    ]
    return [*made, ("1", made[0][1], made[0][2], "")] if closed else made


def lines(table: Sequence[Row], form: str) -> str:
    return "\n".join(form.format(n=n, x=x, y=y, s=s).rstrip(" ;,\t") for n, x, y, s in table)


HEAD = "Số hiệu điểm   X (m)   Y (m)   Cạnh (m)\n"
SPELLINGS: dict[str, Callable[[Sequence[Place]], str]] = {
    "red book": lambda ring: HEAD + lines(rows(ring, plain, closed=True), "{n}   {x}   {y}   {s}"),
    "decimal comma, semicolons": lambda ring: lines(rows(ring, comma), "{n};{x};{y}"),
    "decimal comma, tabs, closed": lambda ring: lines(rows(ring, comma, closed=True), "{n}\t{x}\t{y}\t{s}"),
    "CSV": lambda ring: "STT,X,Y\n" + lines(rows(ring, plain), "{n},{x},{y}"),
    "thousand points": lambda ring: lines(rows(ring, lambda v: grouped(v, ".", ",")), "{n}   {x}   {y}"),
    "thousand commas": lambda ring: lines(rows(ring, lambda v: grouped(v, ",", ".")), "{n} | {x} | {y}"),
    "thousand spaces": lambda ring: lines(rows(ring, lambda v: grouped(v, " ", ",")), "{n}\t{x}\t{y}"),
    "east first": lambda ring: "TT   Y (m)   X (m)\n" + lines(rows(ring, plain), "{n}   {y}   {x}"),
    "east first, comma": lambda ring: lines(rows(ring, comma), "{y};{x}"),
    "named axes": lambda ring: lines(rows(ring, plain), "Điểm {n}: X = {x}; Y = {y}"),
    "named axes, no numbers": lambda ring: lines(rows(ring, comma, closed=True), "X={x}  Y={y}"),
    "zone before Y": lambda ring: lines(rows(ring, plain), "{n}   {x}   18{y}"),
    "a cell a line": lambda ring: "\n".join(f"{n}\n{x}\n{y}" for n, x, y, _ in rows(ring, plain)),
    "lengths between": lambda ring: "\n".join(f"{n}  {x}  {y}\n      {s}" for n, x, y, s in rows(ring, plain)),
    "letters": lambda ring: "\n".join(f"{chr(65 + k)}  {x}  {y}" for k, (_, x, y, _s) in enumerate(rows(ring, plain))),
}


def letter_for_zero(text: str, dice: random.Random) -> str | None:
    """An O inside a coordinate."""
    found = [
        at
        for at, sign in enumerate(text)
        if sign == "0" and 0 < at < len(text) - 1 and text[at - 1].isdigit() and text[at + 1].isdigit()
    ]
    return None if not found else (at := dice.choice(found), text[:at] + "O" + text[at + 1 :])[1]


def lost_digit(text: str, dice: random.Random) -> str | None:
    """One digit of a northing or easting is missing before its decimals."""
    starts = [at for at in range(len(text) - 6) if text[at : at + 6].isdigit()]
    return None if not starts else (at := dice.choice(starts), text[:at] + text[at + 1 :])[1]


def lost_row(text: str, dice: random.Random) -> str | None:
    """A numbered corner in the middle is missing."""
    parts = text.split("\n")
    numbered = [
        at
        for at, line in enumerate(parts)
        if line[:1].isdigit() and line.count(" ") + line.count(";") + line.count("\t") > 1
    ]
    if len(numbered) < 5:
        return None
    del parts[dice.choice(numbered[1:-2])]
    return "\n".join(parts)


def swapped_rows(text: str, dice: random.Random) -> str | None:
    """Two corners that do not follow one another have changed places: the outline crosses itself."""
    parts = text.split("\n")
    numbered = [at for at, line in enumerate(parts) if sum(sign.isdigit() for sign in line) > 12]
    if len(numbered) < 6:
        return None
    one, other = numbered[1], numbered[3]
    parts[one], parts[other] = parts[other], parts[one]
    return "\n".join(parts)


FAULTS: dict[str, Callable[[str, random.Random], str | None]] = {
    "a letter for a zero": letter_for_zero,
    "a lost digit": lost_digit,
    "a lost row": lost_row,
    "two rows swapped": swapped_rows,
}


def written(ring: Sequence[Place], spelling: str, said: str = "") -> Written:
    """The ring in a spelling; `said` is a line about its system above it."""
    text = SPELLINGS[spelling](ring)
    return Written(spelling, f"{said}\n{text}" if said else text)


def spoiled(table: Written, fault: str, dice: random.Random) -> Written | None:
    """The same table with a mistake; None where the spelling has no room for it."""
    head, _, body = table.text.partition("\n") if table.text.startswith("Hệ") else ("", "", table.text)
    text = FAULTS[fault](body, dice)
    return None if text is None else Written(table.spelling, f"{head}\n{text}".lstrip("\n"), fault)
