"""From a typed query to what answers it: numbers first, then names; what looks alike only when nothing else fits."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from layers.ground.admin_units import ADMIN_UNITS, NEW, OLD
from layers.queries import search as by_number
from layers.queries import search_names as by_name
from layers.queries import search_records as by_record
from layers.queries.search import BOOKS, Numbers
from layers.search import hits, points
from layers.search.correcting import NOTHING_CORRECTED, Corrected, commune_named, narrowed, of_edition, query_of
from layers.search.filters import Filters, wanted_layers
from layers.search.hits import Hit
from layers.search.listing import listed
from layers.search.paging import Found, page, reach
from layers.search.places import Place, choose_close, doubtful_grams, grams, readings
from layers.search.troubles import sentence
from layers.search.understanding import Understood, pieces, understand

# A parcel number without its sheet is looked for in so few communes only: elsewhere it would fill the page with chance.
COMMUNES_FOR_A_BARE_NUMBER = 8
NOTHING = Understood(None, None, (), False)
# Words before the number of a decision or permit, as the fold for numbers leaves them.
ANNOUNCED = re.compile(
    r"^(?:quyetdinh|giayphep|congvan|vanban)(?:so)?:?(?=.*[0-9])|^qdso:?|^gpso:?|^(?:qd|gp|cv|so):?(?=[0-9]+/)"
)
# So many words that mean nothing to us are a letter, not a query.
PARAGRAPH = 12
DECISION = re.compile(r"\b\d+(?:/\d{4})?/[^\W\d_]+(?:-[^\W\d_]+)+")
LETTERS_AND_NUMBER = re.compile("(?<=[a-z])0*(?=[0-9])")
# "3518/QĐ UBND": the hyphen between the kind of a document and who issued it is often typed as a space.
ISSUER = re.compile(r"(?<=/)(qd|gp|nq|cv)(?=[a-z])")


@dataclass(frozen=True)
class Asked:
    """A query, its words and its number folded by the database, and one reading of them. `hyphenated`: the number
    with a hyphen wherever one may have been left out ("VHC 013", "vhc013")."""

    query: str
    words: str
    number: str
    understood: Understood
    place: Place
    filters: Filters
    corrected: Corrected
    hyphenated: str

    @property
    def books(self) -> Sequence[str]:
        return (self.corrected.edition,) if self.corrected.edition else BOOKS


def find(query: str, filters: Filters = Filters(), corrected: Corrected = NOTHING_CORRECTED) -> Found:  # noqa: B008
    """Answer a query of at most a few hundred signs, or list what the filters let pass when there is none. Run it
    inside `snapshots.reading()`. Raises PageGone when the page asked for begins behind a result that is gone."""
    if corrected.has_numbers:
        query = query_of(corrected)
    if corrected.commune and (corrected.has_code or not corrected.has_numbers):
        named = commune_named(corrected.commune, corrected.edition)
        filters = narrowed(filters, named)
        if not named.units:
            return Found(NOTHING, named, trouble=sentence("commune-unknown", name=corrected.commune))
    if not query:
        return listed(filters)
    found = _found(query, filters, corrected)
    if len(found.place.leftover) >= PARAGRAPH or (len(query.split()) >= PARAGRAPH and not found.results):
        found = _picked(query, found, filters, corrected)
    shown, more, behind = page(found.results, len(found.results) + found.more, filters.after)
    return replace(found, results=shown, more=more, total=len(found.results) + found.more, behind=behind)


def _picked(query: str, found: Found, filters: Filters, corrected: Corrected) -> Found:
    """Of a whole paragraph what was recognised in it: the numbers of a parcel, else that of a decision, else communes
    called by their full names; among so many words a bare name is chance."""
    if not (found.understood.announced and found.results):
        number = DECISION.search(query)
        named = unicodedata.normalize("NFC", query).lower()
        results = [hit for hit in found.results if hit.kind == "commune" and hit.title.lower() in named]
        found = _found(number[0], filters, corrected) if number else replace(found, results=results, more=0)
    return replace(found, trouble=sentence("paragraph-picked" if found.results else "paragraph-empty"))


def _found(query: str, filters: Filters, corrected: Corrected) -> Found:
    placed = points.answer(query, corrected)
    if placed:
        kept = [hit for hit in placed.results if not filters.kinds or hit.kind in (*filters.kinds, "point")]
        return Found(NOTHING, Place(), kept, spot=placed.understood, trouble=placed.trouble, reading=placed.reading)
    tokens, number, hyphenated = by_number.fold(pieces(query), query)
    number = ISSUER.sub(r"\1-", ANNOUNCED.sub("", number))
    understood = understand(tokens)
    units = by_name.units_named(grams(understood.words)) if understood.words else []
    places = [of_edition(place, corrected.edition) for place in readings(understood.words, units)]
    if len(tokens) == 1:
        hyphenated = LETTERS_AND_NUMBER.sub("-", hyphenated)
    words = " ".join(token.word for token in tokens)
    asked = Asked(query, words, number, understood, places[0], filters, corrected, hyphenated)
    found = nothing = Found(understood, places[0])
    for found in _attempts(asked, places):
        if found.results:
            return found
    return found if found.place.units else nothing


def _attempts(asked: Asked, places: Sequence[Place]) -> Iterator[Found]:
    """Each more daring than the one before: what explains the whole query, then names, then what looks alike."""
    understood, explained = asked.understood, not asked.place.leftover
    if understood.has_numbers and explained:
        yield from (_by_numbers(replace(asked, place=place)) for place in places)
    if not understood.announced:
        yield _by_name(asked)
        if asked.hyphenated != asked.number and re.search("[0-9]", asked.hyphenated):
            yield _by_name(replace(asked, number=asked.hyphenated))
    if not (understood.has_numbers and explained):
        yield _by_likeness(asked)


def _by_likeness(asked: Asked) -> Found:
    """Something in the query explains itself by nothing we know: perhaps it is mistyped."""
    close, understood = replace(asked, place=_close(asked.understood, asked.place)), asked.understood
    if understood.announced or (understood.sheet and understood.parcel):
        return _by_numbers(close)
    (records, more), communes = _records(asked, alike=True), _communes(close)
    both = [*records, *communes] if close.place.leftover else [*communes, *records]
    return Found(close.understood, close.place, both, more)


def _close(understood: Understood, place: Place) -> Place:
    doubtful = doubtful_grams(understood.words, place)
    return choose_close(understood.words, by_name.units_like(doubtful), place) if doubtful else place


def _by_numbers(asked: Asked) -> Found:
    """Sheets and parcels with these numbers. Of two bare numbers the sheet comes first; the other order is a guess."""
    understood, place = asked.understood, asked.place
    if not place.units and place.leftover:
        return Found(asked.understood, asked.place)
    for reading, guessed in ((understood, False), (understood.swapped, True)):
        if guessed and (understood.announced or not (understood.sheet and understood.parcel)):
            break
        wanted = replace(_wanted(reading, place), books=asked.books)
        most = reach(asked.filters)
        sheets = by_number.sheets(wanted, asked.filters, most) if _asks_a_sheet(reading, asked) else []
        parcels = by_number.parcels(wanted, asked.filters, most) if _worth_listing(reading, wanted, len(sheets)) else []
        if sheets or parcels:
            return _numbered(replace(asked, understood=reading), sheets, parcels, guessed=guessed)
    return Found(asked.understood, asked.place)


def _asks_a_sheet(reading: Understood, asked: Asked) -> bool:
    """Sheets are numbered by the new book."""
    return reading.parcel is None and "new" in asked.books


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
    """Not every parcel of a sheet that can be shown itself, nor every parcel 123 of the province."""
    if reading.sheet is None:
        return wanted.communes is not None and len(wanted.communes) + len(wanted.ground) <= COMMUNES_FOR_A_BARE_NUMBER
    return bool(reading.parcel or reading.sheet.is_extract or (wanted.communes is not None and not sheets))


def _numbered(
    asked: Asked, sheets: Sequence[by_number.SheetRow], parcels: Sequence[by_number.ParcelRow], *, guessed: bool
) -> Found:
    gone = [row.feature_id for row in parcels if row.now_parcel_no is None]
    became = by_number.became(gone) if gone else {}
    fuzzy = guessed or asked.place.fuzzy or bool(asked.place.leftover)
    results = [hits.of_sheet(row, fuzzy=fuzzy) for row in sheets]
    results += [hits.of_parcel(row, became.get(row.feature_id), fuzzy=fuzzy) for row in parcels]
    total = (sheets[0].total if sheets else 0) + (parcels[0].total if parcels else 0)
    return Found(asked.understood, asked.place, results, total - len(results))


def _by_name(asked: Asked) -> Found:
    """Communes and records by name or number; a commune only when the whole query is its name."""
    records, more = _records(asked)
    if asked.place.leftover or asked.understood.has_numbers:
        return Found(replace(NOTHING, hamlets=asked.understood.hamlets), Place(), records, more)
    return Found(asked.understood, asked.place, [*_communes(asked), *records], more)


def _records(asked: Asked, *, alike: bool = False) -> tuple[list[Hit], int]:
    """Records by name or number, and how many more there are than one may walk through."""
    most = reach(asked.filters)
    rows = by_record.records(asked.words, asked.number, asked.query, asked.filters, alike=alike, limit=most)
    return [hits.of_record(row) for row in rows], rows[0].total - len(rows) if rows else 0


def _communes(asked: Asked) -> list[Hit]:
    place, filters = asked.place, asked.filters
    units = place.units if wanted_layers(filters, [ADMIN_UNITS]) else ()
    if units and filters.narrow:
        fitting = by_name.fitting([unit.feature_id for unit in units], filters)
        units = tuple(unit for unit in units if unit.feature_id in fitting)
    points = by_name.inner_points([unit.feature_id for unit in units]) if units else {}
    fuzzy = place.fuzzy or bool(place.leftover)
    return [hits.of_commune(unit, points.get(unit.feature_id), fuzzy=fuzzy) for unit in units]
