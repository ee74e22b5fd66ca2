"""What a sheet on paper takes from the screen: its sentences; and figures of its map."""

from __future__ import annotations

from django import template

from exports.sheets.scaled_map import UNITS_A_MM
from geoportal import sentence
from layers.report.answers import Report

register = template.Library()
NARROW = "\u202f"


@register.simple_tag
def sentences(report: Report) -> list[str]:
    return sentence.sentences(report)


@register.filter
def grouped(metres: int) -> str:
    """A coordinate of the grid in groups of three: 2 262 300."""
    return f"{metres:,}".replace(",", NARROW)


@register.filter
def in_mm(units: float) -> str:
    return f"{units / UNITS_A_MM:g}"


@register.filter
def fingerprint(sha256: str) -> str:
    """A hash in groups of four, as eyes compare it."""
    return " ".join(sha256[i : i + 4] for i in range(0, len(sha256), 4))
