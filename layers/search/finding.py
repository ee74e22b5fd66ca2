"""From a typed query to what answers it: numbers first, then names; what looks alike only when nothing else fits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from layers.ground.admin_units import NEW, OLD
from layers.queries import search as by_number
from layers.queries import search_names as by_name
from layers.queries.search import Numbers
from layers.search import hits
from layers.search.hits import Hit
from layers.search.places import Place, choose_close, doubtful_grams, grams, readings
from layers.search.understanding import Understood, pieces, understand

# A parcel number without its sheet is looked for in so few communes only: elsewhere it would fill the page with chance.
COMMUNES_FOR_A_BARE_NUMBER = 8


@dataclass(frozen=True)
class Found:
    """`results`: exact ones first. `more`: how many further ones there are. `known_place`: whether the words that
    are not numbers name a place."""

    query: str
    understood: Understood
    place: Place
    results: list[Hit] = field(default_factory=list)
    more: int = 0

    @property
    def known_place(self) -> bool:
        return bool(self.place.units)


def find(query: str) -> Found:
    """Answer a query of at most a few hundred signs. Run it inside `snapshots.reading()`."""
    tokens, number = by_number.fold(pieces(query), query)
    understood = understand(tokens)
    places = _places(understood)
    if understood.has_numbers:
        for place in places:
            found = _by_numbers(query, understood, place)
            if found.results:
                return found
    return _by_names(Found(query, understood, places[0]), " ".join(token.word for token in tokens), number)


def _places(understood: Understood) -> list[Place]:
    """What the words name; a mistyped commune is looked for where words are left that no name explains."""
    if not understood.words:
        return [Place()]
    places = readings(understood.words, by_name.units_named(grams(understood.words)))
    if understood.has_numbers and places[0].leftover:
        return [_close(understood, places[0])]
    return places


def _close(understood: Understood, place: Place) -> Place:
    doubtful = doubtful_grams(understood.words, place)
    return choose_close(understood.words, by_name.units_like(doubtful), place) if doubtful else place


def _by_numbers(query: str, understood: Understood, place: Place) -> Found:
    """Sheets and parcels with these numbers. Of two bare numbers the sheet comes first; the other order is a guess."""
    if not place.units and place.leftover:
        return Found(query, understood, place)
    for reading, guessed in ((understood, False), (understood.swapped, True)):
        if guessed and (understood.announced or not (understood.sheet and understood.parcel)):
            break
        wanted = _wanted(reading, place)
        sheets = by_number.sheets(wanted) if reading.parcel is None else []
        parcels = by_number.parcels(wanted) if _worth_listing(reading, wanted, len(sheets)) else []
        if sheets or parcels:
            return _numbered(Found(query, reading, place), sheets, parcels, fuzzy=guessed or place.fuzzy)
    return Found(query, understood, place)


def _wanted(reading: Understood, place: Place) -> Numbers:
    """The numbers and where to look for them. Numbers of the new book hold in the new communes; in an old commune's
    ground too, when the parcel lies in it. Numbers of the old book hold in the old communes and in those that went
    into the named new ones."""
    sheets = reading.sheet.keys if reading.sheet else None
    parcel = reading.parcel.keys[0] if reading.parcel else None
    if not place.units:
        return Numbers(sheets, parcel)
    old_communes = [*place.codes(OLD), *place.partners(OLD)]
    return Numbers(sheets, parcel, place.codes(NEW), place.partners(NEW), old_communes, place.prefers_old)


def _worth_listing(reading: Understood, wanted: Numbers, sheets: int) -> bool:
    """Not every parcel of every sheet 45 of the province, nor every parcel 123."""
    if reading.sheet is None:
        return wanted.communes is not None and len(wanted.communes) + len(wanted.ground) <= COMMUNES_FOR_A_BARE_NUMBER
    return bool(reading.parcel or wanted.communes is not None or (reading.sheet.is_extract and sheets <= 1))


def _numbered(
    found: Found, sheets: Sequence[by_number.SheetRow], parcels: Sequence[by_number.ParcelRow], *, fuzzy: bool
) -> Found:
    gone = [row.feature_id for row in parcels if row.now_parcel_no is None]
    became = by_number.became(gone) if gone else {}
    results = [hits.of_sheet(row, fuzzy=fuzzy) for row in sheets]
    results += [hits.of_parcel(row, became.get(row.feature_id), fuzzy=fuzzy) for row in parcels]
    total = (sheets[0].total if sheets else 0) + (parcels[0].total if parcels else 0)
    return Found(found.query, found.understood, found.place, results, total - len(results))


def _by_names(asked: Found, words: str, number: str) -> Found:
    """Records and communes by name; a commune only when the whole query is its name. What looks alike comes last."""
    place = asked.place
    records = by_name.records(words, number, asked.query)
    communes = _communes(place) if not (asked.understood.has_numbers or place.leftover) else []
    if not records and not communes and not asked.understood.has_numbers:
        place = _close(asked.understood, place)
        communes = _communes(place)
        records = by_name.records(words, number, asked.query, alike=True)
    results = [*communes, *map(hits.of_record, records)]
    shown = results[: by_number.LIMIT]
    return Found(asked.query, asked.understood, place, shown, len(results) - len(shown))


def _communes(place: Place) -> list[Hit]:
    units = place.units
    points = by_name.inner_points([unit.feature_id for unit in units]) if units else {}
    fuzzy = place.fuzzy or bool(place.leftover)
    return [hits.of_commune(unit, points.get(unit.feature_id), fuzzy=fuzzy) for unit in units]
