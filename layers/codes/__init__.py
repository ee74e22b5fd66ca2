"""Code lists: one CSV a list (`code,vi,en`; land use also `vocabulary,colour,as_2024`), read once.

The same letters change their meaning from one land-use vocabulary to the next (RSX is production forest in 2014 and
planted production forest in 2024), so a code is named with the vocabulary it was written in.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from layers.declare import Words

FOLDER = Path(__file__).parent
# What the list of land use says beside the words.
OWN = ("vocabulary", "colour", "as_2024")


@dataclass(frozen=True)
class Code:
    """One entry. `vocabulary` and `colour` (#rrggbb) are empty where the list has none.

    `as_2024` is what ground of this code is called in the vocabulary of 2024, where the same letters still say so:
    empty for groups of codes, and where a part of what the code meant is called otherwise now (RSX, DTL, NKH, DSK)."""

    code: str
    words: Words
    vocabulary: str = ""
    colour: str = ""
    as_2024: str = ""


@cache
def entries(name: str) -> tuple[Code, ...]:
    """The list of that name in the order of its file, the newest vocabulary first. KeyError when there is none."""
    file = FOLDER / f"{name}.csv"
    if not file.is_file():
        raise KeyError(name)
    with file.open(encoding="utf-8", newline="") as rows:
        return tuple(
            Code(row["code"], Words(row["vi"], row["en"]), *(row.get(name, "") for name in OWN))
            for row in csv.DictReader(rows)
        )


@cache
def known(name: str) -> frozenset[str]:
    """Every code of the list, whatever the vocabulary."""
    return frozenset(entry.code for entry in entries(name))


def find(name: str, code: str, vocabulary: str | None = None) -> Code | None:
    """The entry of a code; without a vocabulary the newest one that has it. None: the list does not know it."""
    return _index(name).get((code, vocabulary or ""))


def label(name: str, code: str, vocabulary: str | None = None) -> Words | None:
    """What a code means, in both languages; None when the list (or that vocabulary) does not know it."""
    entry = find(name, code, vocabulary)
    return entry.words if entry else None


@cache
def _index(name: str) -> dict[tuple[str, str], Code]:
    index: dict[tuple[str, str], Code] = {}
    for entry in entries(name):
        index[entry.code, entry.vocabulary] = entry
        index.setdefault((entry.code, ""), entry)
    return index
