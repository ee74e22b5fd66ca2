"""One finding, and what it says."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import get_language

from importers.findings.rule import Severity
from importers.findings.rules import RULES
from importers.findings.terms import MEASURES, TERM_BLANKS, TERMS

Place = tuple[float, float]
LISTED_ROWS = 20


@dataclass(frozen=True)
class Finding:
    """One fault, or one thing told. `code` is a key of RULES, which holds its words.

    `row` is the delivered row number (from 1), None when the finding speaks of a column or the whole file; `key`
    names the feature in its field's own terms (commune / sheet / parcel); `place` is easting and northing in the
    storage plane (EPSG:9209, metres). `value` is empty for a column that may hold a person's name. `before` is the
    shape as delivered (WKB in the storage plane) where a repair is told.
    """

    code: str
    severity: Severity
    key: str = ""
    row: int | None = None
    field: str = ""
    value: str = ""
    place: Place | None = None
    detail: dict[str, str] = dataclasses.field(default_factory=dict)
    before: bytes = b""

    @property
    def sentence(self) -> str:
        """What was found, in the reader's language."""
        return RULES[self.code].words(self.blanks)

    @property
    def advice(self) -> str:
        """What to do about it, in the reader's language."""
        return RULES[self.code].what_to_do(self.blanks)

    @property
    def blanks(self) -> dict[str, str]:
        terms = {
            name: str(TERMS.get(self.detail[name], self.detail[name])) for name in TERM_BLANKS if name in self.detail
        }
        measured = {name: in_style(text) for name, text in self.detail.items() if name in MEASURES}
        told = {"field": self.field, "value": self.value, "row": str(self.row or "")}
        return {**told, **self.detail, **measured, **terms}


def in_style(measure: str) -> str:
    """1.59 as a Vietnamese reads it: 1,59."""
    return measure if (get_language() or "vi").startswith("en") else measure.replace(".", ",")


def found(
    code: str,
    *,
    row: int | None = None,
    field: str = "",
    value: str = "",
    place: Place | None = None,
    before_shape: bytes = b"",
    **detail: object,
) -> Finding:
    """A finding of that rule; its severity stands in the catalogue."""
    words = {name: str(blank) for name, blank in detail.items()}
    return Finding(code, RULES[code].severity, "", row, field, value, place, words, before_shape)


def undecided(findings: Iterable[Finding], accepted: frozenset[str]) -> list[Finding]:
    """The findings that keep a delivery out: those that block, and decisions nobody has taken yet."""
    return [
        finding
        for finding in findings
        if finding.severity == "block"
        or (finding.severity == "decide" and not (finding.code in accepted and RULES[finding.code].acceptable))
    ]


def list_rows(rows: Iterable[int]) -> str:
    """ "3, 5, 9, …": the first rows of many, for a finding that speaks of a group."""
    numbers = [str(row) for row in rows]
    return ", ".join(numbers[:LISTED_ROWS]) + (", …" if len(numbers) > LISTED_ROWS else "")
