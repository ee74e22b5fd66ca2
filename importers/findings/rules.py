"""Every rule by its code: the one catalogue."""

from __future__ import annotations

from importers.findings import delivered, drawn, fitting
from importers.findings.rule import SEVERITIES, Rule, Severity

RULES: dict[str, Rule] = (
    delivered.COLUMNS
    | delivered.TEXT
    | drawn.SYSTEMS
    | delivered.VALUES
    | drawn.SHAPES
    | fitting.GROUND
    | fitting.DELIVERY
)

__all__ = ["RULES", "SEVERITIES", "Rule", "Severity"]
