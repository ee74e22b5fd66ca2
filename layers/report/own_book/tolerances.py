"""By how much two right figures of one parcel may differ: the law's figure where its edition holds, else the map's.

Thông tư 25/2014/TT-BTNMT, article 7, on maps made under it: two points of one parcel are within 0.2 mm at the map's
scale, and within 4 cm where the edge is shorter than 5 m. It sets no tolerance of areas, and we know none of a later
circular: for areas the rule is ours, the one deliveries are checked with (twice sigma_A).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from layers.declare import Words

TIMES_SIGMA = 2
ROUNDING_M2 = Decimal("0.1")
Ring = Sequence[tuple[float, float]]


@dataclass(frozen=True)
class Edition:
    """A legal tolerance of edges, for maps surveyed from `since` on and before `until`."""

    since: date
    until: date
    millimetres: Decimal
    short_m: Decimal
    short_most_m: Decimal
    source: Words


EDITIONS = (
    Edition(
        since=date(2014, 7, 5),
        until=date(2025, 1, 15),
        millimetres=Decimal("0.2"),
        short_m=Decimal(5),
        short_most_m=Decimal("0.04"),
        source=Words("Thông tư 25/2014/TT-BTNMT, điều 7", "Circular 25/2014/TT-BTNMT, article 7"),
    ),
)


@dataclass(frozen=True)
class EdgeTolerance:
    """`usual_m` for an edge, `short_most_m` for one below `short_m`; `source`: the law, None: the map's accuracy."""

    usual_m: Decimal
    short_m: Decimal = Decimal(0)
    short_most_m: Decimal = Decimal(0)
    source: Words | None = None

    def of(self, length_m: Decimal) -> Decimal:
        return min(self.usual_m, self.short_most_m) if length_m < self.short_m else self.usual_m


def of_edges(map_scale: int | None, surveyed_on: date | None, accuracy_m: float | None) -> EdgeTolerance | None:
    """The tolerance of a parcel's edges; None when neither law nor map says anything."""
    for edition in EDITIONS:
        if map_scale and surveyed_on and edition.since <= surveyed_on < edition.until:
            usual = edition.millimetres * map_scale / 1000
            return EdgeTolerance(usual, edition.short_m, edition.short_most_m, edition.source)
    if accuracy_m is None:
        return None
    # Each end may be off by the accuracy.
    return EdgeTolerance(Decimal(str(round(2 * accuracy_m, 3))))


def of_area(polygons: Sequence[Sequence[Ring]], accuracy_m: float | None) -> Decimal | None:
    """Twice sigma_A in m², from the error of the corners (rings of (east, north) in metres)."""
    if accuracy_m is None:
        return None
    total = sum(_reach(ring) for polygon in polygons for ring in polygon)
    sigma = accuracy_m / math.sqrt(2) / 2 * math.sqrt(total)
    return max(Decimal(str(round(TIMES_SIGMA * sigma, 1))), ROUNDING_M2)


def _reach(ring: Ring) -> float:
    """Sum of |P(i+1) - P(i-1)|² over the corners."""
    corners = list(ring[:-1]) if ring[0] == ring[-1] else list(ring)
    return sum(math.dist(corners[i - 1], corners[(i + 1) % len(corners)]) ** 2 for i in range(len(corners)))
