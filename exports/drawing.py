"""The parcel drawn to scale: its outline, numbered corners, edge lengths and a scale bar, as numbers for an SVG.

Corners are numbered clockwise from the most north-western one, as a cadastral sketch does; screen coordinates run
right and down, in the units of the SVG's view box.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from layers.report.answers import ParcelCard
from layers.report.own_book.edges import MapEdge

Point = tuple[float, float]
Placing = Callable[[Point], Point]
WIDTH, HEIGHT, MARGIN = 400.0, 280.0, 34.0
# Labels closer than this would lie on each other; every corner and edge stands in the table as well.
ROOM_FOR_NUMBER, ROOM_FOR_LENGTH = 15.0, 40.0
LABEL_AWAY = 12.0
BARS_M = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
BAR_MOST = 110.0


@dataclass(frozen=True)
class Corner:
    """A corner: east and north in EPSG:9209, metres; the edge to the next corner; where it and its labels stand."""

    number: int
    east: float
    north: float
    edge_m: float
    x: float
    y: float
    label: Point | None
    length: Point | None


@dataclass(frozen=True)
class Drawing:
    width: float
    height: float
    path: str
    corners: tuple[Corner, ...]
    bar_m: int
    bar: float


class Outlined(Protocol):
    """What can be drawn: a parcel, a site. `bounds` and `polygons` in EPSG:9209, metres."""

    @property
    def bounds(self) -> tuple[float, float, float, float]: ...

    @property
    def polygons(self) -> tuple[tuple[tuple[Point, ...], ...], ...]: ...


def drawing(card: Outlined) -> Drawing:
    """The drawing of a parcel or site, north up, as large as the frame allows."""
    west, south, east, north = card.bounds
    scale = min((WIDTH - 2 * MARGIN) / max(east - west, 0.1), (HEIGHT - 2 * MARGIN - 16) / max(north - south, 0.1))
    left = (WIDTH - scale * (east - west)) / 2

    def place(point: Point) -> Point:
        return round(left + (point[0] - west) * scale, 1), round(MARGIN + (north - point[1]) * scale, 1)

    corners: list[Corner] = []
    for polygon in card.polygons:
        corners += corners_of(clockwise(polygon[0]), len(corners), place)
    bar_m = max((length for length in BARS_M if length * scale <= BAR_MOST), default=BARS_M[0])
    bottom = MARGIN + scale * (north - south)
    return Drawing(
        width=WIDTH,
        height=round(bottom + MARGIN + 16),
        path=" ".join(path([place(point) for point in ring]) for polygon in card.polygons for ring in polygon),
        corners=tuple(corners),
        bar_m=bar_m,
        bar=round(bar_m * scale, 1),
    )


def numbered_edges(card: ParcelCard) -> tuple[tuple[MapEdge, ...], ...]:
    """The edges of each outer ring under the numbers of the drawing's corners, to the centimetre."""
    rings, before = [], 0
    for polygon in card.polygons:
        ring = clockwise(polygon[0])
        lengths = [math.dist(point, ring[(i + 1) % len(ring)]) for i, point in enumerate(ring)]
        rings.append(tuple(MapEdge(before + i, Decimal(f"{length:.2f}")) for i, length in enumerate(lengths, 1)))
        before += len(ring)
    return tuple(rings)


def clockwise(ring: tuple[Point, ...]) -> list[Point]:
    """The ring's corners, each once, clockwise (north up) from the most north-western one."""
    corners = list(ring[:-1]) if ring[0] == ring[-1] else list(ring)
    if signed_area(corners) > 0:
        corners.reverse()
    first = max(range(len(corners)), key=lambda i: corners[i][1] - corners[i][0])
    return corners[first:] + corners[:first]


def signed_area(corners: list[Point]) -> float:
    """Twice the area, positive when the corners run counter-clockwise."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(corners, corners[1:] + corners[:1], strict=True))


def corners_of(ring: list[Point], before: int, place: Placing) -> list[Corner]:
    drawn = [place(point) for point in ring]
    found, numbered = [], None
    for i, (point, (x, y)) in enumerate(zip(ring, drawn, strict=True)):
        following = drawn[(i + 1) % len(drawn)]
        away = outward(drawn[i - 1], (x, y), following)
        shown = numbered is None or math.dist(numbered, (x, y)) >= ROOM_FOR_NUMBER
        numbered = (x, y) if shown else numbered
        found.append(
            Corner(
                number=before + i + 1,
                east=point[0],
                north=point[1],
                edge_m=math.dist(point, ring[(i + 1) % len(ring)]),
                x=x,
                y=y,
                label=(round(x + away[0], 1), round(y + away[1], 1)) if shown else None,
                length=beside((x, y), following),
            )
        )
    return found


def outward(before: Point, here: Point, after: Point) -> Point:
    """A step away from the parcel at a corner of a ring that runs clockwise on the screen."""
    normals = [left_normal(before, here), left_normal(here, after)]
    x, y = normals[0][0] + normals[1][0], normals[0][1] + normals[1][1]
    size = math.hypot(x, y) or 1.0
    return x / size * LABEL_AWAY, y / size * LABEL_AWAY


def beside(here: Point, after: Point) -> Point | None:
    """Where an edge's length is written, outside the parcel; None when the edge is too short for words."""
    if math.dist(here, after) < ROOM_FOR_LENGTH:
        return None
    x, y = left_normal(here, after)
    return (
        round((here[0] + after[0]) / 2 + x * (LABEL_AWAY + abs(x) * 8), 1),
        round((here[1] + after[1]) / 2 + y * LABEL_AWAY, 1),
    )


def left_normal(here: Point, after: Point) -> Point:
    """The unit vector to the left of the way from here to there on a screen, which is out of a clockwise ring."""
    size = math.dist(here, after) or 1.0
    return (after[1] - here[1]) / size, (here[0] - after[0]) / size


def path(points: list[Point]) -> str:
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in points) + "Z"
