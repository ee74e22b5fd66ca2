"""The word for what nobody computed, as every answer tells it; `layers.report.uncomputed` reads the list."""

from __future__ import annotations

from dataclasses import dataclass

from layers.declare import Words


@dataclass(frozen=True)
class NotComputed:
    """A row of the table of rules that this portal does not compute."""

    code: str
    title: Words
    why: Words
    ask: Words
    legal_basis: str
    edition: str
    source: str
