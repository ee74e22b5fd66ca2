"""Signs nobody sees, removed only after decoding: before it, a soft hyphen is the letter ư."""

from __future__ import annotations

import re
import unicodedata

# Zero width, direction marks, soft hyphen, byte-order mark, control signs.
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u0000-\u0008\u000e-\u001f\u007f-\u009f]")
LOST_LETTER = re.compile(r"(?<=[^\W\d_])\?+(?=[^\W\d_])")
_SPACES = re.compile(r"\s+")


def clean(text: str) -> tuple[str | None, int]:
    """The text in NFC without invisible signs and stray spaces (None when nothing is left), and how many signs went."""
    visible, removed = INVISIBLE.subn("", unicodedata.normalize("NFC", text))
    return _SPACES.sub(" ", visible).strip() or None, removed


def lost_letters(text: str) -> int:
    """Question marks inside words ("Nhà d?c l?p"): letters an earlier program replaced; nothing brings them back."""
    return len(LOST_LETTER.findall(text))
