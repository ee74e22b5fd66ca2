"""Does a holder's name look like an organisation? Only then is it kept: of persons nothing is."""

from __future__ import annotations

import csv
import re
from pathlib import Path


def _openings() -> tuple[str, ...]:
    with Path(__file__).with_name("organisations.csv").open(encoding="utf-8", newline="") as file:
        return tuple(row["opening"] for row in csv.DictReader(file))


_PERSON_FIRST = re.compile(r"^(?:ông|bà|anh|chị|hộ|cá nhân|gia đình)\b", re.IGNORECASE)
_OPENS = re.compile(r"^(?:các\s+)?(?:" + "|".join(map(re.escape, _openings())) + r")(?=\W|$)", re.IGNORECASE)
_LEGAL_FORM = re.compile(r"\b(?:TNHH|JSC|Ltd|LLC|Inc|Corp|Company|Co\.)(?=\W|$)")


def is_organisation(name: str) -> bool:
    """True when the name opens like an organisation's or carries a legal form. Doubt means no.

    Some openings are family names too ("Đoàn Văn An", "Hội"): a name of two to four plain words that are all
    capitalised is a person's, whatever it opens with.
    """
    name = name.strip()
    if _PERSON_FIRST.match(name):
        return False
    if _LEGAL_FORM.search(name):
        return True
    opening = _OPENS.match(name)
    return bool(opening) and not _like_a_person(name, opening[0] if opening else "")


_FAMILY_NAMES = frozenset({"đoàn", "đình", "viện", "bộ", "ban", "sở", "cục", "hội", "quỹ", "phòng", "trạm", "đền"})
_PERSONAL_MIDDLES = re.compile(r"\b(?:văn|thị|hữu|đức|ngọc|xuân|quang|minh|thanh|đình)\b", re.IGNORECASE)


def _like_a_person(name: str, opening: str) -> bool:
    words = name.split()
    if opening.lower() not in _FAMILY_NAMES or len(words) > 4:
        return False
    return bool(_PERSONAL_MIDDLES.search(" ".join(words[1:])))
