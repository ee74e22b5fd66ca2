"""Every rule by its code: the one catalogue."""

from __future__ import annotations

from importers.findings import delivered, drawn, fitting
from importers.findings.rule import SEVERITIES, Rule, Severity

RULES: dict[str, Rule] = (
    delivered.COLUMNS
    | delivered.TEXT
    | delivered.HOLDERS
    | drawn.SYSTEMS
    | delivered.VALUES
    | delivered.SENSES
    | delivered.PURPOSES
    | drawn.SHAPES
    | fitting.GROUND
    | fitting.KEYS
    | fitting.OVERLAPS
    | fitting.SEAMS
    | fitting.AREAS
    | fitting.DELIVERY
)

__all__ = ["RULES", "SEVERITIES", "Rule", "Severity"]
