"""Edge lengths of a paper against those of the map: any first corner, either direction, any order, some left out.

Where as many were typed as the outline has, the best turn and direction is taken; where that explains less than no
order at all would, order is given up. What is left over may be one edge on paper and several in a row on the map.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from layers.report.own_book.lines import Line, Verdict, judged
from layers.report.own_book.tolerances import EdgeTolerance
from layers.report.own_book.typed import Typed

LONGEST_RUN = 4
Pairs = dict[int, int]


@dataclass(frozen=True)
class MapEdge:
    """The edge from a numbered corner to the next one of its ring."""

    corner: int
    length_m: Decimal


Rings = Sequence[Sequence[MapEdge]]


def compare(typed: Sequence[Typed], rings: Rings, tolerance: EdgeTolerance | None) -> tuple[Line, ...]:
    """A line for each length typed, in the order typed; then one for each edge that only the map has."""
    edges = [edge for ring in rings for edge in ring]
    readable = [entry for entry in typed if entry.readings]
    values = [_meant(entry, edges) for entry in readable]
    pairs = _paired(values, edges, rings, tolerance)
    runs = _runs(values, rings, edges, pairs, tolerance)
    used = set(pairs.values()) | {at for run in runs.values() for at in run}
    _pair_leftovers(values, edges, pairs, runs, used)
    place = iter(range(len(readable)))
    lines = [
        _line(entry, next(place) if entry.readings else None, values, edges, pairs, runs, tolerance) for entry in typed
    ]
    spare = [
        Line(Verdict.ONLY_MAP, known=edge.length_m, corners=(edge.corner,))
        for at, edge in enumerate(edges)
        if at not in used
    ]
    return (*lines, *spare)


def _meant(entry: Typed, edges: Sequence[MapEdge]) -> Decimal:
    """The reading that is nearest to any edge of the map."""
    distances = {reading: min(abs(reading - edge.length_m) for edge in edges) for reading in entry.readings}
    return min(distances, key=lambda reading: distances[reading])


def _allowed(tolerance: EdgeTolerance | None, length: Decimal) -> Decimal | None:
    return tolerance.of(length) if tolerance else None


def _agree(value: Decimal, edge: MapEdge, tolerance: EdgeTolerance | None) -> bool:
    return judged(value, edge.length_m, _allowed(tolerance, edge.length_m)) is Verdict.AGREES


def _paired(
    values: Sequence[Decimal], edges: Sequence[MapEdge], rings: Rings, tolerance: EdgeTolerance | None
) -> Pairs:
    """Which value is which edge, as far as they agree; every one of them where the order of the outline holds."""
    loose = _any_order(values, edges, tolerance)
    if len(rings) != 1 or len(values) != len(edges):
        return loose
    turns = [*_turns(len(edges))]
    best = min(turns, key=lambda turn: _cost(values, edges, turn, tolerance))
    kept = {at: place for at, place in enumerate(best) if _agree(values[at], edges[place], tolerance)}
    if len(kept) < len(loose):
        return loose
    return dict(enumerate(best))


def _turns(count: int) -> Iterator[list[int]]:
    for first in range(count):
        yield [(first + step) % count for step in range(count)]
        yield [(first - step) % count for step in range(count)]


def _cost(
    values: Sequence[Decimal], edges: Sequence[MapEdge], turn: Sequence[int], tolerance: EdgeTolerance | None
) -> tuple[int, Decimal]:
    pairs = [(value, edges[place]) for value, place in zip(values, turn, strict=True)]
    off = sum(not _agree(value, edge, tolerance) for value, edge in pairs)
    return off, sum((abs(value - edge.length_m) for value, edge in pairs), Decimal(0))


def _any_order(values: Sequence[Decimal], edges: Sequence[MapEdge], tolerance: EdgeTolerance | None) -> Pairs:
    """As many agreeing pairs as there can be: both sorted by length, walked side by side."""
    ours = sorted(range(len(values)), key=lambda at: values[at])
    theirs = sorted(range(len(edges)), key=lambda at: edges[at].length_m)
    pairs: Pairs = {}
    while ours and theirs:
        value, edge = values[ours[0]], edges[theirs[0]]
        if _agree(value, edge, tolerance):
            pairs[ours.pop(0)] = theirs.pop(0)
        elif value < edge.length_m:
            ours.pop(0)
        else:
            theirs.pop(0)
    return pairs


def _runs(
    values: Sequence[Decimal], rings: Rings, edges: Sequence[MapEdge], pairs: Pairs, tolerance: EdgeTolerance | None
) -> dict[int, tuple[int, ...]]:
    """Values that are several edges in a row, none of which was found on the paper."""
    used, runs = set(pairs.values()), dict[int, tuple[int, ...]]()
    for at, value in enumerate(values):
        if at in pairs:
            continue
        for run in _in_a_row(rings):
            total = sum((edges[place].length_m for place in run), Decimal(0))
            if not used & set(run) and judged(value, total, _allowed(tolerance, total)) is Verdict.AGREES:
                runs[at] = run
                used |= set(run)
                break
    return runs


def _in_a_row(rings: Rings) -> Iterator[tuple[int, ...]]:
    before = 0
    for ring in rings:
        for length in range(2, min(LONGEST_RUN, len(ring) - 2) + 1):
            for first in range(len(ring)):
                yield tuple(before + (first + step) % len(ring) for step in range(length))
        before += len(ring)


def _pair_leftovers(
    values: Sequence[Decimal],
    edges: Sequence[MapEdge],
    pairs: Pairs,
    runs: dict[int, tuple[int, ...]],
    used: set[int],
) -> None:
    """What agrees with nothing is told beside the nearest edge that nothing agrees with. Changes `pairs` and `used`."""
    apart = sorted(
        (abs(value - edge.length_m), at, place)
        for at, value in enumerate(values)
        for place, edge in enumerate(edges)
        if at not in pairs and at not in runs and place not in used
    )
    for _, at, place in apart:
        if at not in pairs and place not in used:
            pairs[at] = place
            used.add(place)


def _line(
    entry: Typed,
    at: int | None,
    values: Sequence[Decimal],
    edges: Sequence[MapEdge],
    pairs: Pairs,
    runs: dict[int, tuple[int, ...]],
    tolerance: EdgeTolerance | None,
) -> Line:
    if at is None:
        return Line(Verdict.UNREADABLE, entry.text, guess=entry.guess)
    places = runs.get(at) or ((pairs[at],) if at in pairs else ())
    if not places:
        return Line(Verdict.ONLY_PAPER, entry.text, values[at])
    known = sum((edges[place].length_m for place in places), Decimal(0))
    allowed = _allowed(tolerance, known)
    corners = tuple(edges[place].corner for place in places)
    return Line(judged(values[at], known, allowed), entry.text, values[at], known, allowed, corners)
