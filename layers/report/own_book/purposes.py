"""Purposes typed as codes or words against those of the portal. A code is never translated without a list that says so.

The same letters may mean two things (RSX of 2014 and of 2024): then nobody can say whether paper and portal agree.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from layers import codes
from layers.codes import Code
from layers.report.answers import Purpose
from layers.report.own_book.lines import Line, Verdict, judged
from layers.report.own_book.typed import number

LIST = "land_use"
_BETWEEN = re.compile(r"\s*(?:[+;,\n]|\bvà\b|\band\b)\s*(?=[^\W\d_])", re.IGNORECASE)
_AREA = re.compile(r"^(?P<words>.*?)[\s:(]*(?P<area>\d[\d.,  ]*)\s*(?:m2|m²|m)?\s*\)?\s*$")
_ROUNDING_M2 = Decimal("0.05")


@dataclass(frozen=True)
class Meant:
    """Entries that words may mean; `by_name`: the words are their whole name, whichever list it stands in."""

    entries: tuple[Code, ...]
    by_name: bool = False


def folded(text: str) -> str:
    """Small letters without marks, one blank between words."""
    bare = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return " ".join(re.findall(r"[^\W_]+", "".join(sign for sign in bare if not unicodedata.combining(sign))))


def compare(text: str, purposes: Sequence[Purpose]) -> tuple[Line, ...]:
    """A line for each purpose typed, then one for each that only the portal has."""
    left = list(purposes)
    lines = [_line(piece, left) for piece in _BETWEEN.split(text.strip()) if piece.strip()]
    spare = (Line(Verdict.ONLY_MAP, names=(_name(purpose),), known=purpose.area_m2) for purpose in left)
    return (*lines, *spare)


def _line(piece: str, left: list[Purpose]) -> Line:
    """Compare one; what it agrees with is taken from `left`."""
    typed, words, area = " ".join(piece.split()), piece.strip(), None
    if told := _AREA.match(words):
        words, area = told["words"].strip() or words, number(told["area"])
    meant = _meant(words)
    if not meant.entries:
        return Line(Verdict.UNREADABLE, typed)
    for verdict in (Verdict.AGREES, Verdict.UNKNOWN):
        for purpose in left:
            if _same(meant, purpose) is verdict:
                left.remove(purpose)
                return _with_area(verdict, typed, purpose, area.readings if area else ())
    return Line(Verdict.ONLY_PAPER, typed, names=tuple(dict.fromkeys(str(entry.words) for entry in meant.entries)))


def _with_area(verdict: Verdict, typed: str, purpose: Purpose, areas: tuple[Decimal, ...]) -> Line:
    known, names = purpose.area_m2, (_name(purpose),)
    if not areas or known is None:
        return Line(verdict, typed, known=known, names=names)
    read = min(areas, key=lambda area: abs(area - known))
    of_area = judged(read, known, _ROUNDING_M2)
    return Line(of_area if verdict is Verdict.AGREES else verdict, typed, read, known, names=names)


def _meant(words: str) -> Meant:
    """Every entry of the list that the words may mean: by code in any vocabulary, by name, by a part of it."""
    key = folded(words)
    by_code, by_name = _index()
    if found := by_code.get(key.replace(" ", "")):
        return Meant(found)
    if named := by_name.get(key, ()) + by_name.get(f"dat {key}", ()):
        return Meant(named, by_name=True)
    if len(key) < 4:
        return Meant(())
    return Meant(tuple(entry for name, own in by_name.items() if f" {key} " in f" {name} " for entry in own))


@cache
def _index() -> tuple[dict[str, tuple[Code, ...]], dict[str, tuple[Code, ...]]]:
    by_code: dict[str, tuple[Code, ...]] = {}
    by_name: dict[str, tuple[Code, ...]] = {}
    for entry in codes.entries(LIST):
        code = folded(entry.code).replace(" ", "")
        by_code[code] = (*by_code.get(code, ()), entry)
        for words in {folded(entry.words.vi), folded(entry.words.en)}:
            by_name[words] = (*by_name.get(words, ()), entry)
    return by_code, by_name


def _same(meant: Meant, purpose: Purpose) -> Verdict | None:
    """Agrees: the words are its name, or every entry of those letters is this purpose; unknown: some may be; None: none
    is."""
    today = codes.find(LIST, purpose.code, purpose.vocabulary)
    same = [_is(entry, purpose, today) for entry in meant.entries]
    if all(same) or (meant.by_name and any(same)):
        return Verdict.AGREES
    return Verdict.UNKNOWN if any(same) or any(_may_be(entry, purpose) for entry in meant.entries) else None


def _is(entry: Code, purpose: Purpose, today: Code | None) -> bool:
    if (entry.code, entry.vocabulary) == (purpose.code, purpose.vocabulary):
        return True
    return bool(entry.as_2024 and today and entry.as_2024 == today.as_2024)


def _may_be(entry: Code, purpose: Purpose) -> bool:
    """The same letters of another list, or a name that begins as the purpose's does ("đất ở")."""
    beginning = f"{folded(entry.words.vi)} "
    return folded(entry.code) == folded(purpose.code) or folded(purpose.title.vi).startswith(beginning)


def _name(purpose: Purpose) -> str:
    return f"{purpose.code}, {purpose.title}"
