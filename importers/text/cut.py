"""Text that did not fit its field: one of a DBF holds 254 bytes at most, and ends there, inside a letter too."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterable

from importers.text.encodings import decode
from importers.text.syllables import is_syllable

# A DBF field's most; other programs stop one further.
WIDEST = (254, 255)
# Of texts that fill a narrower field so many different ones must stand there, or one that ends inside a word.
SEVERAL = 3
# So much of the words before the last must be syllables for the last one to be judged by that.
VIETNAMESE = 0.8
# A text that ends on one of these was meant to end there.
ENDS = frozenset('.;:!?)"')
_LETTERS = re.compile(r"[^\W\d_]+")


def is_full(value: str) -> bool:
    """Whether a delivered text is as long as the longest field: what came after, if anything, is lost. Of a DBF, whose
    signs are bytes, that is told exactly; of other files only that the text once went through one."""
    return len(value) in WIDEST


def half_letter(value: str, encoding: str) -> int:
    """How many bytes at the end begin a letter of UTF-8 that does not come to its end; 0 where none does, and where
    the rest is no UTF-8 either."""
    if encoding != "utf-8" or value.isascii():
        return 0
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        decoder.decode(value.encode("latin-1"))
    except UnicodeError:
        return 0
    return len(decoder.getstate()[0])


def whole_letters(value: str, encoding: str) -> str:
    return value[: len(value) - half_letter(value, encoding)]


def brimming(values: Iterable[str | None], width: int, encoding: str) -> set[str]:
    """Delivered texts that fill a DBF field narrower than the widest, and most likely went on.

    A code fills its field too, and a field may have been made as wide as its longest text. So only texts of several
    words count, and only where two rows or more are full and one ends inside a word, or where full ones pile up:
    many more of them than of those a sign or two shorter.
    """
    rows = Counter(value for value in values if value)
    full = {value for value in rows if len(value) == width and " " in value.strip() and value[-1] not in ENDS}
    if width >= WIDEST[0] or sum(rows[value] for value in full) < 2:
        return set()
    lengths = Counter(len(value) for value in rows)
    beside = max(lengths[width - 1], lengths[width - 2])
    piled = len(full) >= SEVERAL and len(full) > 2 * beside and len(lengths) > 1
    torn = any(ends_inside_a_word(decode(whole_letters(value, encoding), encoding)) for value in full)
    return full if piled or torn else set()


def ends_inside_a_word(text: str) -> bool:
    """Whether the last word is no syllable while those before are. Capitals may be a short form (TNHH, khu B)."""
    *before, last = _LETTERS.findall(text) or [""]
    known = sum(map(is_syllable, before))
    if not before or known < VIETNAMESE * len(before) or last.isupper():
        return False
    return text.endswith(last) and not is_syllable(last)
