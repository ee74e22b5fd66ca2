"""Is a word a Vietnamese syllable? A small rule: an onset, a nucleus with its glide, a coda, and a tone that fits."""

from __future__ import annotations

import re
import unicodedata

from importers.text.encodings import without_tone

_ONSET = "ngh|ng|gh|gi|kh|nh|ph|qu|th|tr|ch|[bcdđghklmnprstvx]"
_NUCLEUS = "(?:oa|oă|oe|uâ|uê|uyê|uya|uy|uơ|iê|yê|ia|uô|ua|ươ|ưa|[aăâeêioôơuưy])"
_CODA = "ch|ng|nh|[cmnptiyou]"
_SYLLABLE = re.compile(f"(?:{_ONSET})?{_NUCLEUS}(?:{_CODA})?")
_STOPPED = re.compile("(?:ch|[cpt])$")
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_FREE_TONES = "\u0300\u0303\u0309"  # these never stand before a final c, ch, p or t


def is_syllable(word: str) -> bool:
    """True when the word, in small letters, capitals or with a leading capital, can be a Vietnamese syllable."""
    if not (word.islower() or word.isupper() or word.istitle()):
        return False
    lower = word.lower()
    tones = [sign for sign in unicodedata.normalize("NFD", lower) if sign in _TONES]
    if len(tones) > 1 or not _SYLLABLE.fullmatch(plain := without_tone(lower)):
        return False
    return not (_STOPPED.search(plain) and tones and tones[0] in _FREE_TONES)
