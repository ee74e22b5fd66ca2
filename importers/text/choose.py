"""Which encoding is a column in? The one whose letters make Vietnamese syllables: decided per column, not per file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from importers.text.encodings import ENCODINGS, UNDECODED, decode
from importers.text.syllables import is_syllable

# A choice stands by itself when this share of the words in question are syllables, and no other reading comes near.
ENOUGH = 0.8
LEAD = 0.15
# Hardly met in files of an office: of two readings equally good, never the reason to ask.
RARE = "viscii"
_WORDS_LOOKED_AT = 2_000
_BREAKS = re.compile(r"[\t\r\n !-&(-@\[-`{-~]+")  # ASCII only: anything above may be part of a letter
_LETTER_RUNS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Choice:
    """The best reading of a column. `sure` only when it is clearly Vietnamese and clearly better than the next.

    `scores` holds, for each encoding tried, the share of the words that differ between encodings and read as syllables.
    """

    encoding: str
    sure: bool
    scores: dict[str, float]


def choose(values: Iterable[str | None], known: bool = False) -> Choice | None:
    """Judge one column by its distinct words; None when every encoding reads it alike.

    `known` says the format itself is Unicode (GeoPackage, GeoJSON): then a legacy reading must prove that the text
    was spoiled before it was written there.
    """
    words = _telling_words(values, known)
    if not words:
        return None
    legacy = [name for name in ENCODINGS if name not in ("unicode", "latin-1")]
    names = ["unicode", *legacy] if known else [*legacy, "latin-1"]
    scores = {name: _share(words, name) for name in names}
    ranked = sorted(scores, key=lambda name: -scores[name])
    best = ranked[0]
    rivals = [scores[name] for name in ranked[1:] if name != RARE and not _read_alike(words, best, name)]
    sure = scores[best] >= ENOUGH and scores[best] - max(rivals, default=0.0) >= LEAD
    if known and not (sure and best != "unicode"):
        return Choice("unicode", scores["unicode"] >= scores[best] - LEAD or not sure, scores)
    return Choice(best, sure, scores)


def _telling_words(values: Iterable[str | None], known: bool) -> Counter[str]:
    """Words with a sign that encodings read differently. VISCII also uses control signs below the space."""
    words: Counter[str] = Counter()
    for value in values:
        if value and not (value.isascii() and value.isprintable()):
            words.update(word for word in _BREAKS.split(value) if _telling(word, known))
        if len(words) >= _WORDS_LOOKED_AT:
            break
    return words


def _telling(word: str, known: bool) -> bool:
    if known and any(sign > "\xff" for sign in word):
        return False  # no byte: nobody but Unicode wrote this
    return not (word.isascii() and word.isprintable())


def _share(words: Counter[str], encoding: str) -> float:
    good = sum(count for word, count in words.items() if _reads(word, encoding))
    return good / words.total()


def _reads(word: str, encoding: str) -> bool:
    text = decode(word, encoding)
    runs = _LETTER_RUNS.findall(text)
    return UNDECODED not in text and bool(runs) and all(is_syllable(run) or run in _CODES for run in runs)


def _read_alike(words: Counter[str], one: str, other: str) -> bool:
    return all(decode(word, one) == decode(word, other) for word in words)


# Short forms with marks that are no syllables: kinds of land, decisions, plots surveyed singly.
_CODES = frozenset({"NĐ", "QĐ", "TĐ", "ĐRM", "ĐM", "UBND", "HĐND", "ĐC", "CĐ", "GĐ", "KĐT", "CHĐ", "TTĐ"})
