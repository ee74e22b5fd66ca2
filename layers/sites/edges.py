"""Edge lengths that stand beside the corners: they find the mistyped digit that no system can find. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from layers.sites.corners import Corner
from layers.sites.notes import Note
from layers.sites.troubles import SiteTrouble

# A table prints coordinates and lengths to the centimetre, and lengths as measured on the ground.
TOLERANCE_M = 0.15


def compared(ring: Sequence[Corner], said: Sequence[float]) -> Note | None:
    """What the lengths say of a closed ring. Raises SiteTrouble when they are lengths and one of them differs.

    A length may stand beside the corner its edge begins at, or beside the one it ends at.
    """
    edges = [math.dist((one.x, one.y), (other.x, other.y)) for one, other in pairwise(ring)]
    if len(said) not in (len(edges), len(edges) - 1):
        return Note("edges-not-used") if said else None
    shifts = {shift: differing(edges, said, shift) for shift in (0, -1)}
    shift, wrong = min(shifts.items(), key=lambda pair: len(pair[1]))
    if not wrong:
        return Note("edges-agree", {"count": len(said)})
    if 2 * len(wrong) > len(said):
        return Note("edges-not-used")
    at = (wrong[0] + shift) % len(edges)
    names = [one.label or str(place) for place, one in enumerate(ring[:-1], 1)]
    raise SiteTrouble(
        "edge-differs",
        before=names[at],
        after=names[(at + 1) % len(names)],
        said=Decimal(f"{said[wrong[0]]:.2f}"),
        found=Decimal(f"{edges[at]:.2f}"),
    )


def differing(edges: Sequence[float], said: Sequence[float], shift: int) -> list[int]:
    return [
        place for place, length in enumerate(said) if abs(edges[(place + shift) % len(edges)] - length) > TOLERANCE_M
    ]
