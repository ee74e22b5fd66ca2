"""The lines of a comparison: one for each figure that was typed, and for each that only the portal has."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Verdict(StrEnum):
    AGREES = "agrees"
    DIFFERS = "differs"
    UNKNOWN = "unknown"
    UNREADABLE = "unreadable"
    ONLY_PAPER = "only-paper"
    ONLY_MAP = "only-map"


@dataclass(frozen=True)
class Line:
    """`typed`: as it was typed ("" where only the portal has the figure); `read`: the number it was taken for;
    `known`: the portal's. `corners`: an edge's first corners, several where one edge on paper is several on the map.
    `names`: what a purpose is called. `guess`: the number that an unreadable one probably is. Metres and m²."""

    verdict: Verdict
    typed: str = ""
    read: Decimal | None = None
    known: Decimal | None = None
    allowed: Decimal | None = None
    corners: tuple[int, ...] = ()
    names: tuple[str, ...] = ()
    guess: str = ""

    @property
    def difference(self) -> Decimal | None:
        return None if self.read is None or self.known is None else self.read - self.known


def judged(read: Decimal, known: Decimal, allowed: Decimal | None) -> Verdict:
    """Nobody can say whether figures agree when nobody knows how accurate they are; equal ones do."""
    if read == known:
        return Verdict.AGREES
    if allowed is None:
        return Verdict.UNKNOWN
    return Verdict.AGREES if abs(read - known) <= allowed else Verdict.DIFFERS
