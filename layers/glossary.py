"""The words of the portal explained: a table, for the page of words and for the information sheet."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache

from layers.codes import FOLDER
from layers.declare import Words


@dataclass(frozen=True)
class Term:
    """`source` is the law or standard that defines the term, empty where the portal does."""

    code: str
    words: Words
    meaning: Words
    source: str


@cache
def terms() -> tuple[Term, ...]:
    """Every term, in the order of the table: the parcel, its papers, the answers, the zones."""
    with (FOLDER / "glossary.csv").open(encoding="utf-8", newline="") as rows:
        return tuple(
            Term(
                code=row["code"],
                words=Words(row["vi"], row["en"]),
                meaning=Words(row["meaning_vi"], row["meaning_en"]),
                source=row["source"],
            )
            for row in csv.DictReader(rows)
        )
