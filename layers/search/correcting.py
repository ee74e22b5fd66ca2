"""Pieces of a query given one by one, or put right: they count more than what a typed query was taken for."""

from __future__ import annotations

from dataclasses import dataclass, replace

from layers.ground.admin_units import NEW, OLD
from layers.queries import search as by_number
from layers.queries import search_names as by_name
from layers.search.filters import Filters
from layers.search.places import Place, choose_close, doubtful_grams, grams, readings
from layers.search.understanding import pieces, understand

EDITIONS = {"new": NEW, "old": OLD}


@dataclass(frozen=True)
class Corrected:
    """Numbers as the red book prints them; a commune by name or by its five digits; `edition`: whose numbers and
    communes, "new" or "old", empty for both. `epsg` and `north_first`: how typed coordinates are to be read."""

    sheet: str = ""
    parcel: str = ""
    commune: str = ""
    edition: str = ""
    epsg: int | None = None
    north_first: bool | None = None

    @property
    def has_numbers(self) -> bool:
        return bool(self.sheet or self.parcel)

    @property
    def has_code(self) -> bool:
        """Whether the commune is named by its code: no word of a query, where it would be a number like others."""
        return self.commune.isascii() and self.commune.isdigit()


NOTHING_CORRECTED = Corrected()


def query_of(corrected: Corrected) -> str:
    """The pieces as a query that is understood in just this way."""
    numbers = [("thửa", corrected.parcel), ("tờ", corrected.sheet)]
    said = [f"{word} {number}" for word, number in numbers if number]
    named = corrected.commune and not corrected.has_code
    return ", ".join([*said, *([corrected.commune] if named else [])])


def of_edition(place: Place, edition: str) -> Place:
    """The place without the communes of the other edition."""
    if not edition:
        return place
    return replace(place, units=tuple(unit for unit in place.units if unit.edition == EDITIONS[edition]))


def commune_named(text: str, edition: str) -> Place:
    """The communes of that name or code, perhaps mistyped; none when no name is like it."""
    if text.isascii() and text.isdigit():
        units = by_name.units_coded(text)
        return of_edition(Place(tuple(units)), edition or "new")
    tokens, *_ = by_number.fold(pieces(text), text)
    words = understand(tokens).words
    if not words:
        return Place()
    place = of_edition(readings(words, by_name.units_named(grams(words)))[0], edition)
    if place.units and not place.leftover:
        return place
    doubtful = doubtful_grams(words, place)
    return of_edition(choose_close(words, by_name.units_like(doubtful), place), edition) if doubtful else place


def narrowed(filters: Filters, named: Place) -> Filters:
    """The filters with the commune; a new and an old one of one name stand side by side."""
    return replace(filters, new_codes=tuple(named.codes(NEW)), old_codes=tuple(named.codes(OLD)))
