"""What was understood of a query, said back to the person who typed it, and the ways on when nothing was found."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext

from layers.search.hits import in_sentence
from layers.search.paging import Found

MOST_WORDS = 8


def described(found: Found) -> dict[str, str | None]:
    """The numbers as typed, the communes as the State writes them, the words nobody could make sense
    of, and how coordinates or a parcel code were read."""
    understood, place = found.understood, found.place
    names = list(dict.fromkeys(unit.name for unit in place.units))
    return {
        "parcel": understood.parcel.typed if understood.parcel else None,
        "sheet": understood.sheet.typed if understood.sheet else None,
        "commune": ", ".join(names) if names and not place.district else None,
        "district": place.district or None,
        "leftover": shortened(place.leftover) or None,
        "hamlet": ", ".join(understood.hamlets) or None,
        "spot": found.spot or None,
    }


def shortened(words: Sequence[str]) -> str:
    """Of a whole paragraph its beginning: everybody knows what he has typed."""
    return " ".join(words) if len(words) <= MOST_WORDS else f"{' '.join(words[:MOST_WORDS])} …"


def narrower(found: Found) -> list[dict[str, str]]:
    """Queries that ask for less: the commune without the numbers, or the numbers without the unknown words."""
    said = described(found)
    meant = [f"tờ {hamlet.split()[-1]}" for hamlet in found.understood.hamlets if not said["sheet"]]
    if meant:
        return [{"query": meant[0], "words": gettext("Nếu là tờ bản đồ: tìm {sheet}").format(sheet=meant[0])}]
    numbers = [
        gettext("{word} {number}").format(word=word, number=said[name])
        for name, word in (("sheet", "tờ"), ("parcel", "thửa"))
        if said[name]
    ]
    if numbers and said["commune"]:
        commune = found.place.units[0].name
        return [{"query": commune, "words": gettext("Chỉ tìm {commune}").format(commune=in_sentence(commune))}]
    if len(numbers) > 1 and said["leftover"]:
        query = " ".join(numbers)
        return [{"query": query, "words": gettext("Tìm {numbers} ở mọi xã").format(numbers=query)}]
    return []
