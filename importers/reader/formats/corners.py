"""Corner tables as offices write them: where the heads are, and which corners make up which outline.

A list of coordinates has X to the north and Y to the east, in certificates, decisions and notices alike
(Thông tư 25/2014/TT-BTNMT).
"""

import re
import unicodedata
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from importers.reader.formats.grids import Cell, Row
from importers.reader.outcome import Refused
from importers.reader.personal import readings

# Words of a head, without case, marks and signs; a unit or the name of an axis may follow.
NORTH = re.compile(r"(toado)?x(m|bac|north)?|toadobac|north(ing)?|vido|lat(itude)?")
EAST = re.compile(r"(toado)?y(m|dong|east)?|toadodong|east(ing)?|kinhdo|lon(gitude)?|lng")
CORNER = re.compile(
    r"stt|tt|diem|dinh|goc|moc|(so)?(hieu|ten)?(diem|dinh|goc|moc)(goc|so|ranh)?|sohieudiem|tendiem|point|no|vertex"
)
OUTLINE = re.compile(
    r"(sh|so|ma|ten|sohieu|sothutu)?(thua|khu|vung|lo|o|hinh|gieng|tram)(dat|vuc)?(so|id)?"
    r"|sohieu|ma|maso|code|id|name|ten|outline|polygon|parcel(no|number)?"
)
# A title between outlines is kept only when it is a number of an outline: anything else may be a person's name.
TITLE = re.compile(
    r"(?:\d+[.)]\s*)?((?:khu|vung|thua|lo|o|hinh)(?: (?:vuc|dat))?(?: so)? ?(?:\d+[a-z]?|[ivx]+|[a-z]))[:.]?"
)

_PLAIN = re.compile(r"-?\d+(?:[.,]\d+)?")
_GROUPED = (re.compile(r"-?\d{1,3}(?:\.\d{3})+(?:,\d+)?"), re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?"))
_HALF_MILLION, _DEGREES = 100_000, 180
HEAD_ROWS = 3  # a head may stand in so many rows, merged cells above the names of axes


@dataclass
class Outline:
    """Corners (east, north) in their order, the row of each, and what the other columns say."""

    name: str | None
    points: list[tuple[float, float]] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    cells: dict[str, Cell] = field(default_factory=dict)
    differing: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Head:
    """Where a table's columns stand. `others` are named columns besides coordinates and corner numbers."""

    north: int
    east: int
    corner: int | None
    outline: int | None
    others: dict[int, str]


def fold(text: Cell) -> str:
    """A word of a head without case, marks, signs and blanks."""
    flat = unicodedata.normalize("NFD", (text or "").casefold().replace("đ", "d"))
    return "".join(sign for sign in flat if sign.isalnum() and sign.isascii())


def says(word: re.Pattern[str], cell: Cell) -> bool:
    """Whether a cell of a head is such a word, also where it was typed in an old font: "Thöa" is "Thửa"."""
    return any(word.fullmatch(fold(reading)) for reading in readings(cell or ""))


def outlines(rows: list[Row]) -> list[Outline]:
    """Every outline of a sheet; none where no row names the axes. Raises Refused for a corner it cannot read."""
    found: list[Outline] = []
    heads = {at: heads_of(rows, at) for at in range(len(rows))}
    starts = [at for at in heads if heads[at]]
    for start, end in pairwise([*starts, len(rows)]):
        gathering = Gathering(found)
        for head in heads[start]:  # blocks side by side are one list that goes on
            gathering.read(head, rows, start + 1, end)
        gathering.finish()
    return found


def heads_of(rows: list[Row], at: int) -> list[Head]:
    """The tables whose heads end in this row, from left to right."""
    row = rows[at]
    norths = [place for place, cell in enumerate(row) if cell and says(NORTH, cell)]
    easts = [place for place, cell in enumerate(row) if cell and says(EAST, cell)]
    if not norths or len(norths) != len(easts):
        return []
    names = [head_name(rows, at, place) for place in range(max(map(len, rows[max(0, at - HEAD_ROWS + 1) : at + 1])))]
    heads, left = [], 0
    for north, east in zip(norths, easts, strict=True):
        is_last = east == easts[-1]
        right = len(names) if is_last else max(north, east) + 1
        heads.append(head_of(names, north, east, range(left, right)))
        left = right
    return heads


def head_name(rows: list[Row], at: int, place: int) -> str:
    """The lowest cell of a head that says something: above the names of axes there are merged cells."""
    for row in range(at, max(-1, at - HEAD_ROWS), -1):
        if place < len(rows[row]) and rows[row][place]:
            return rows[row][place] or ""
    return ""


def head_of(names: list[str], north: int, east: int, places: range) -> Head:
    free = [place for place in places if place not in (north, east) and names[place]]
    outline = next((place for place in free if says(OUTLINE, names[place])), None)
    corner = next((place for place in free if place != outline and says(CORNER, names[place])), None)
    others = {place: names[place] for place in free if place != corner}
    return Head(north, east, corner, outline, others)


class Gathering:
    """Corners of one table, row by row, into outlines."""

    def __init__(self, found: list[Outline]) -> None:
        self._found = found
        self._open: Outline | None = None
        self._title: str | None = None
        self._name: Cell = None
        self._last_corner: int | None = None

    def read(self, head: Head, rows: list[Row], start: int, end: int) -> None:
        for at in range(start, end):
            row = rows[at]
            pair = cell_at(row, head.north), cell_at(row, head.east)
            if pair == (None, None):
                self._between(row, head)
            elif None in pair:
                raise Refused("table-corner", row=at + 1)
            elif fold(pair[0]) and not any(sign.isdigit() for sign in (pair[0] or "") + (pair[1] or "")):
                self._between(row, head)  # a line of units or numbers of columns under the head
            else:
                self._corner(head, row, at + 1)

    def _between(self, row: Row, head: Head) -> None:
        """A row without a corner: a blank or a title ends the outline; side by side, only its own columns count."""
        own = [cell for place, cell in enumerate(row) if cell and place in own_places(head)]
        if own or not any(row):
            self.finish()
        titles = [match[1] for cell in own if (match := TITLE.fullmatch(folded_words(cell)))]
        self._title = titles[0] if titles else None

    def _corner(self, head: Head, row: Row, number: int) -> None:
        point = number_in(cell_at(row, head.east), number, "Y"), number_in(cell_at(row, head.north), number, "X")
        name = cell_at(row, head.outline) if head.outline is not None else None
        corner = whole(cell_at(row, head.corner)) if head.corner is not None else None
        starts_again = corner is not None and self._last_corner is not None and corner < self._last_corner
        if self._open and ((name and name != self._name) or (starts_again and not self._closes(point))):
            self.finish()
        if self._open is None:
            self._open = Outline(self._title)
            self._name = name
            self._title = None
        self._last_corner = corner
        self._open.points.append(point)
        self._open.rows.append(number)
        self._keep(head, row)
        if len(self._open.points) > 3 and point == self._open.points[0]:
            self.finish()

    def _closes(self, point: tuple[float, float]) -> bool:
        """A list that ends with its first corner says "1" again: that is no new outline."""
        return self._open is not None and point == self._open.points[0]

    def _keep(self, head: Head, row: Row) -> None:
        assert self._open is not None  # noqa: S101  (a corner was just added)
        for place, name in head.others.items():
            value = cell_at(row, place)
            if value is None:
                continue
            if self._open.cells.setdefault(name, value) != value:
                self._open.differing.add(name)

    def finish(self) -> None:
        if self._open is not None:
            refuse_outliers(self._open)
            self._found.append(self._open)
        self._open, self._last_corner = None, None


def own_places(head: Head) -> set[int]:
    named = {head.north, head.east, *head.others} | {place for place in (head.corner,) if place is not None}
    return set(range(min(named), max(named) + 1))


def cell_at(row: Row, place: int) -> Cell:
    return row[place] if place < len(row) else None


def folded_words(text: str) -> str:
    flat = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return " ".join("".join(sign for sign in flat if not unicodedata.combining(sign)).split())


def whole(text: Cell) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None


def number_in(text: Cell, row: int, axis: str) -> float:
    """A coordinate as people write it: 2262291.728; 2262291,728; 2.262.291,728; 2 262 291,728. Raises Refused."""
    flat = "".join((text or "").split()).replace("\N{RIGHT SINGLE QUOTATION MARK}", "").replace("'", "")
    if _PLAIN.fullmatch(flat):
        value, thousands = float(flat.replace(",", ".")), flat.replace(",", "").replace(".", "")
        # "587,448": as a decimal it is neither metres nor degrees, as thousands it is a coordinate.
        grouped = any(form.fullmatch(flat) for form in _GROUPED)
        return float(thousands) if grouped and _DEGREES < abs(value) < _HALF_MILLION else value
    for form, (thousand, decimal) in zip(_GROUPED, ((".", ","), (",", ".")), strict=True):
        if form.fullmatch(flat):
            return float(flat.replace(thousand, "").replace(decimal, "."))
    raise Refused("table-number", row=row, axis=axis)


def refuse_outliers(outline: Outline) -> None:
    """A misplaced sign ("1,298179") makes a number a million times too small: never a corner, never left out."""
    for place, axis in ((0, "Y"), (1, "X")):
        middle = median(abs(point[place]) for point in outline.points)
        for point, row in zip(outline.points, outline.rows, strict=True):
            if middle > _DEGREES and not middle / 2 < abs(point[place]) < middle * 2:
                raise Refused("table-number", row=row, axis=axis)
