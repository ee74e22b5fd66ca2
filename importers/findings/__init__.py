"""Faults in data are rows, not exceptions: each names its rule, the delivered row, the field, the value and a place."""

from importers.findings.finding import Finding, found, list_rows, undecided
from importers.findings.rule import Rule, Severity
from importers.findings.rules import RULES

__all__ = ["RULES", "Finding", "Rule", "Severity", "found", "list_rows", "undecided"]
