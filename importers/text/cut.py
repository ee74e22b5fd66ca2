"""Text that did not fit its field: one of a DBF holds 254 bytes at most, and ends there, inside a letter too."""

from __future__ import annotations

import codecs

# A DBF field's most; other programs stop one further.
WIDEST = (254, 255)


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
