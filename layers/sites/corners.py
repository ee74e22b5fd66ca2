"""A table of corners as it stands in red books and decisions: from pasted text to corners in order. Pure.

Nothing is guessed silently: what was assumed is told as a note, what cannot be is a `SiteTrouble` that names the line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from layers.search.coordinates.wording import Hints, heard
from layers.sites import degrees
from layers.sites.numbers import EAST, NORTH, STYLES, Number, Style, doubtful, lengths, meant, numbers
from layers.sites.troubles import SiteTrouble

MOST_LINES, MOST_SIGNS = 10_000, 400_000
# A table is written in one way throughout: its first lines tell which.
SAMPLE = 100
_LABEL = re.compile(
    r"\s*(?:(?:điểm|góc|mốc|đỉnh|diem|goc|moc|dinh|point|corner)\s*(?:số)?\s*)?(?![xyne]\b)([^\W\d_]{0,3}\d{0,5}'?)(?!\w)",
    re.IGNORECASE,
)
_AREA = re.compile(r"[^;|\t]*\d\s*(?:m2|m²|ha)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Corner:
    """One corner as typed: `x` east, `y` north, in metres of a plane or in degrees. `line` counts from 1."""

    x: float
    y: float
    line: int
    label: str = ""


@dataclass(frozen=True)
class Table:
    """What a text says. `lengths`: edge lengths beside the corners, in order; `decimals`: how finely the coarsest
    number was typed; `hints`: what the text says of its system."""

    corners: tuple[Corner, ...]
    north_first: bool
    in_degrees: bool
    decimals: int
    hints: Hints = field(default_factory=Hints)
    lengths: tuple[float, ...] = ()
    zone: str = ""


@dataclass
class Reading:
    """The lines in one style: what was read of each, and what was left."""

    style: Style
    found: list[list[Number]]
    rest: list[str]

    @property
    def pairs(self) -> int:
        return sum(min(self.count(line, NORTH), self.count(line, EAST)) for line in self.found)

    @staticmethod
    def count(line: list[Number], kind: str) -> int:
        return sum(number.kind == kind for number in line)


def read(text: str) -> Table:
    """The corners of a pasted table, in the order typed. Raises SiteTrouble."""
    if len(text) > MOST_SIGNS:
        raise SiteTrouble("too-much-text", limit=MOST_SIGNS)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    filled = sum(bool(line.strip()) for line in lines)
    if filled > MOST_LINES:
        raise SiteTrouble("too-many-rows", count=filled, limit=MOST_LINES)
    plain, hints = heard(lines)
    reading = best(plain)
    # Where there are pairs in metres only the other lines can be degrees; "106,340480" alone looks like an easting.
    others = ["" if found and reading.pairs else line for line, found in zip(plain, reading.found, strict=True)]
    in_degrees = degrees.corners(others)
    if in_degrees and reading.pairs:
        metres = next(number.line for line in reading.found for number in line)
        raise SiteTrouble("mixed-systems", degrees=in_degrees[0].line, metres=metres)
    if in_degrees:
        spots = tuple(Corner(spot.x, spot.y, spot.line, spot.label) for spot in in_degrees)
        return Table(spots, in_degrees[0].north_first, True, min(spot.decimals for spot in in_degrees), hints)
    return in_metres(reading, plain, hints)


def best(lines: list[str]) -> Reading:
    """The lines in the way of writing numbers that explains most of them."""
    filled = [line for line in lines if any(sign.isdigit() for sign in line)][:SAMPLE]
    tried = [in_style(filled, style) for style in STYLES]
    return in_style(lines, max(tried, key=lambda reading: (reading.pairs, -unexplained(reading))).style)


def in_style(lines: list[str], style: Style) -> Reading:
    read = [numbers(line, place, style) for place, line in enumerate(lines, 1)]
    return Reading(style, [found for found, _ in read], [rest for _, rest in read])


def unexplained(reading: Reading) -> int:
    return sum(doubtful(rest) is not None for rest in reading.rest)


def in_metres(reading: Reading, lines: list[str], hints: Hints) -> Table:
    refuse_garbled(reading)
    every = [number for line in reading.found for number in line]
    if not every:
        raise SiteTrouble("no-corners")
    corners = paired(reading, lines)
    refuse_gaps(corners)
    return Table(
        corners,
        north_first=every[0].kind == NORTH,
        in_degrees=False,
        decimals=min(number.decimals for number in every),
        hints=hints,
        lengths=tuple(length for rest in reading.rest for length in lengths(rest)),
        zone=next((number.zone for number in every if number.zone), ""),
    )


def refuse_garbled(reading: Reading) -> None:
    """A line with a number that is none is never passed over: the corner it held would be missing."""
    for place, rest in enumerate(reading.rest, 1):
        text = doubtful(_AREA.sub(" ", rest))
        if text:
            better = meant(text)
            raise SiteTrouble("garbled", line=place, text=text, meant=f" ({better}?)" if better else "")


def paired(reading: Reading, lines: list[str]) -> tuple[Corner, ...]:
    """Numbers to corners: two in a line; or, where each cell came on a line of its own, in turn or column by column."""
    whole = all(Reading.count(line, NORTH) == Reading.count(line, EAST) for line in reading.found)
    if whole:
        return tuple(
            corner for line, rest in zip(reading.found, reading.rest, strict=True) for corner in row(line, rest)
        )
    every = [number for line in reading.found for number in line]
    kinds = [number.kind for number in every]
    if len(kinds) % 2 == 0 and no_line_has_both(reading):
        half = len(kinds) // 2
        if all(one != other for one, other in zip(kinds[::2], kinds[1::2], strict=True)):
            return tuple(corner(one, other) for one, other in zip(every[::2], every[1::2], strict=True))
        if len(set(kinds[:half])) == 1 and len(set(kinds[half:])) == 1 and kinds[0] != kinds[half]:
            return tuple(corner(one, other) for one, other in zip(every[:half], every[half:], strict=True))
    raise lonely(reading, lines)


_MILLION = re.compile(r"(?<![\d.,])[12][.,]\d{6}(?!\d)")


def no_line_has_both(reading: Reading) -> bool:
    return all(len({number.kind for number in line}) < 2 for line in reading.found)


def row(line: list[Number], rest: str) -> Iterable[Corner]:
    """The corners of one line: usually one."""
    norths = [number for number in line if number.kind == NORTH]
    easts = [number for number in line if number.kind == EAST]
    named = _LABEL.match(rest)
    label = named[1] if named and len(norths) == 1 else ""
    for north, east in zip(norths, easts, strict=True):
        yield Corner(east.value, north.value, north.line, label)


def corner(one: Number, other: Number) -> Corner:
    north, east = (one, other) if one.kind == NORTH else (other, one)
    return Corner(east.value, north.value, one.line)


def lonely(reading: Reading, lines: list[str]) -> SiteTrouble:
    """The first line where X or Y is missing; "1,298179" is a northing with its sign in the wrong place."""
    for place, line in enumerate(reading.found, 1):
        norths, easts = Reading.count(line, NORTH), Reading.count(line, EAST)
        if norths == easts:
            continue
        if misplaced := _MILLION.search(lines[place - 1]):
            return SiteTrouble("garbled", line=place, text=misplaced[0], meant=f" ({meant(misplaced[0])}?)")
        text = " ".join(f"{number.value:.{number.decimals}f}" for number in line)
        return SiteTrouble("no-partner", line=place, text=text, missing="Y" if norths > easts else "X")
    return SiteTrouble("no-corners")


def refuse_gaps(corners: tuple[Corner, ...]) -> None:
    """Numbered corners follow one another; where a number is passed over a line is missing."""
    labels = [int(corner.label) for corner in corners if corner.label.isdigit()]
    if len(labels) != len(corners):
        return
    for before, after, corner in zip(labels, labels[1:], corners[1:], strict=False):
        if after not in (before + 1, before, labels[0], 1):
            raise SiteTrouble("missing-corner", before=before, after=after, line=corner.line)


def is_table(text: str) -> bool:
    """Whether at least half of the first filled lines hold a coordinate: a table of corners, however garbled."""
    filled = [line for line in text.splitlines() if any(sign.isdigit() for sign in line)][:SAMPLE]
    lines, _ = heard(filled)
    holding = max(sum(bool(line) for line in best(lines).found), len(degrees.corners(lines)))
    return bool(filled) and 2 * holding >= len(filled)
