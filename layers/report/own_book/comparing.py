"""A red book against the portal: areas, purposes and edges, each line with its verdict and what it was judged by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from layers.report.answers import ParcelCard
from layers.report.own_book import edges, purposes, tolerances
from layers.report.own_book.edges import Rings
from layers.report.own_book.lines import Line, Verdict, judged
from layers.report.own_book.tolerances import EdgeTolerance
from layers.report.own_book.typed import MOST_EDGES, MOST_TEXT, Typed, number
from layers.report.own_book.typed import edges as typed_edges

# The area on paper and the one in the register are the same figure, written twice.
_SAME_M2 = Decimal("0.05")
OFF = frozenset({Verdict.DIFFERS, Verdict.ONLY_PAPER, Verdict.ONLY_MAP})


@dataclass(frozen=True)
class OwnBook:
    """What was typed, as it was typed."""

    area: str = ""
    purposes: str = ""
    edges: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.area.strip() or self.purposes.strip() or self.edges.strip())


@dataclass(frozen=True)
class Comparison:
    """`register`: the area against the one the portal has from papers; `drawn`: against the drawn one. `too_long`:
    more was typed than a parcel has; nothing was compared."""

    register: Line | None = None
    drawn: Line | None = None
    purposes: tuple[Line, ...] = ()
    edges: tuple[Line, ...] = ()
    edge_tolerance: EdgeTolerance | None = None
    too_long: bool = False

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(line for line in (self.register, self.drawn) if line) + self.purposes + self.edges

    @property
    def differs(self) -> bool:
        return any(line.verdict in OFF for line in self.lines)

    @property
    def is_unread(self) -> bool:
        return any(line.verdict is Verdict.UNREADABLE for line in self.lines)

    @property
    def agrees(self) -> bool:
        return bool(self.lines) and all(line.verdict is Verdict.AGREES for line in self.lines)


def compare(book: OwnBook, parcel: ParcelCard, rings: Rings) -> Comparison:
    """Every line of the book. `rings`: the parcel's outer rings with their numbered corners, as they are drawn."""
    if _size((book.area, book.purposes, book.edges)) > MOST_TEXT:
        return Comparison(too_long=True)
    lengths = typed_edges(book.edges)
    if len(lengths) > MOST_EDGES:
        return Comparison(too_long=True)
    area = number(book.area) if book.area.strip() else None
    tolerance = tolerances.of_edges(parcel.map_scale, parcel.surveyed_on, parcel.accuracy_m)
    return Comparison(
        register=_register(area, parcel) if area else None,
        drawn=_drawn(area, parcel) if area and area.readings else None,
        purposes=purposes.compare(book.purposes, parcel.purposes) if book.purposes.strip() else (),
        edges=edges.compare(lengths, rings, tolerance) if lengths else (),
        edge_tolerance=tolerance,
    )


def _size(texts: Iterable[str]) -> int:
    return sum(len(text) for text in texts)


def _register(area: Typed, parcel: ParcelCard) -> Line:
    if not area.readings:
        return Line(Verdict.UNREADABLE, area.text, guess=area.guess)
    if parcel.area_paper_m2 is None:
        return Line(Verdict.UNKNOWN, area.text, area.nearest(parcel.area_drawn_m2))
    read = area.nearest(parcel.area_paper_m2)
    return Line(judged(read, parcel.area_paper_m2, _SAME_M2), area.text, read, parcel.area_paper_m2, _SAME_M2)


def _drawn(area: Typed, parcel: ParcelCard) -> Line:
    read = area.nearest(parcel.area_paper_m2 or parcel.area_drawn_m2)
    allowed = tolerances.of_area(parcel.polygons, parcel.accuracy_m)
    return Line(judged(read, parcel.area_drawn_m2, allowed), area.text, read, parcel.area_drawn_m2, allowed)
