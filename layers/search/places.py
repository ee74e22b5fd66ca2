"""Which communes the words of a query name. Pure: the candidates come from `layers.queries.search`.

Names repeat (Minh Tân stands in four old districts), a name may be a new commune, an old one, a district and a
province at once (Thái Bình), and no word says which. So every reading is weighed by how many words it explains.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from layers.ground.admin_units import NEW, OLD
from layers.search.understanding import PlaceWord

# Kinds of units as people write them, folded; the first of each group is the official word.
COMMUNE_WORDS = ("xa", "phuong", "thi tran", "x", "p", "tt", "ttr")
DISTRICT_WORDS = ("huyen", "thanh pho", "thi xa", "quan", "h", "tp", "tx")
PROVINCE_WORDS = ("tinh",)
LEVELS = {"x": "xa", "p": "phuong", "tt": "thi tran", "ttr": "thi tran"}
# What may stand before a stored name.
KINDS = ("", "xa ", "phuong ", "thi tran ", "huyen ", "thanh pho ", "thi xa ", "tinh ")
# Words that say nothing about the place; what is left beside them was not understood.
FILLERS = frozenset(
    {"so", "thua", "dat", "to", "ban", "do", "o", "tai", "thuoc", "cua", "cu", "moi", "viet", "nam", "va", "tim", "la"}
    | {"xa", "phuong", "huyen", "tinh", "commune", "ward", "town", "district", "province"}
)
LONGEST_NAME, SHORTEST_DOUBTFUL = 4, 4
# A mistyped name is taken for a commune's when this share of letters stands in the same order (difflib ratio): in
# each of its words; in the whole of it; in the whole when it has more or fewer words ("donghung").
WORD_CLOSE, NAME_CLOSE, GLUED_CLOSE = 0.5, 0.75, 0.9


@dataclass(frozen=True)
class Unit:
    """A commune as search needs it. `partners`: codes of the other edition that it came from or went into;
    `districts` and `provinces`: folded, without their kind; for a new commune those of the old ones in it."""

    feature_id: int
    edition: str
    code: str
    name: str
    level: str
    district: str
    folded: str
    districts: frozenset[str]
    provinces: frozenset[str]
    partners: tuple[str, ...] = ()
    partner_names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Place:
    """The communes a query names (none: `units` is empty), or a whole old district. `leftover`: the words not
    explained, and where they stood."""

    units: tuple[Unit, ...] = ()
    district: str = ""
    fuzzy: bool = False
    leftover: tuple[str, ...] = ()
    leftover_at: tuple[int, ...] = ()

    def codes(self, edition: str) -> list[str]:
        return [unit.code for unit in self.units if unit.edition == edition]

    def partners(self, edition: str) -> list[str]:
        """Codes of that edition on the same ground as the named communes of the other."""
        return [code for unit in self.units if unit.edition != edition for code in unit.partners]

    @property
    def prefers_old(self) -> bool:
        return bool(self.units) and self.units[0].edition == OLD


@dataclass(frozen=True)
class _Reading:
    unit: Unit
    used: frozenset[int]
    closeness: float
    level_fits: bool = field(default=False)

    @property
    def weight(self) -> tuple[int, float]:
        return len(self.used), self.closeness


def without_kind(folded: str) -> str:
    """'xa dong hung' and 'dong hung' are one name; likewise districts and provinces."""
    return next((folded.removeprefix(kind) for kind in KINDS if kind and folded.startswith(kind)), folded)


def grams(words: Sequence[PlaceWord]) -> list[str]:
    """Every row of up to four neighbouring words: each may be a name."""
    spans = (
        words[start : start + length]
        for start in range(len(words))
        for length in range(1, LONGEST_NAME + 1)
        if start + length <= len(words)
    )
    return list(dict.fromkeys(_text(span) for span in spans if span[0].run == span[-1].run))


def doubtful_grams(words: Sequence[PlaceWord], place: Place) -> list[str]:
    """The rows of words in which a mistyped name may hide: each holds every word that the exact reading left over,
    because a reading that leaves one does not count."""
    if not place.leftover_at:
        return []
    first, last = min(place.leftover_at), max(place.leftover_at)
    spans = (
        words[start:end]
        for start in range(max(0, last + 1 - LONGEST_NAME), first + 1)
        for end in range(last + 1, min(len(words), start + LONGEST_NAME) + 1)
        if not _kinds(words) & frozenset(range(start, end))
    )
    texts = [_text(span) for span in spans if span[0].run == span[-1].run]
    return [text for text in texts if len(text) >= SHORTEST_DOUBTFUL]


def readings(words: Sequence[PlaceWord], units: Iterable[Unit]) -> list[Place]:
    """What the words may name, likeliest first and never empty: communes (the reading that explains most words;
    equal ones stand side by side, four times Minh Tân), else a whole old district, else the province."""
    candidates = list(units)
    communes = [found for unit in candidates for found in _readings(words, unit, {unit.folded: 1.0})]
    places = [
        *([_best(words, communes)] if communes else []),
        *_as_district(words, candidates),
        *_as_province(words, candidates),
    ]
    return [place for place in places if len(place.leftover) <= len(places[0].leftover)] or [
        Place((), "", False, *_leftover(words, frozenset()))
    ]


def choose_close(words: Sequence[PlaceWord], found: Iterable[tuple[Unit, str]], exact: Place) -> Place:
    """The same with mistyped names, given as pairs (unit, words it may be meant by). One that leaves a word
    unexplained does not count: it would take people's names for communes."""
    close = [
        reading
        for unit, gram in found
        if (closeness := _closeness(gram, unit.folded))
        for reading in _readings(words, unit, {gram: closeness})
    ]
    if not close:
        return exact
    place = _best(words, close, fuzzy=True)
    return exact if place.leftover else place


def _closeness(typed: str, meant: str) -> float:
    """How alike two folded names are, from 0 (another name) to 1."""
    words = list(zip(typed.split(), meant.split(), strict=False))
    if len(typed.split()) != len(meant.split()):
        alike = _ratio(typed.replace(" ", ""), meant.replace(" ", ""))
        return alike if alike >= GLUED_CLOSE else 0.0
    if min(_ratio(*pair) for pair in words) < WORD_CLOSE:
        return 0.0
    alike = _ratio(typed, meant)
    return alike if alike >= NAME_CLOSE else 0.0


def _ratio(typed: str, meant: str) -> float:
    return SequenceMatcher(None, typed, meant, autojunk=False).ratio()


def _best(words: Sequence[PlaceWord], found: Sequence[_Reading], *, fuzzy: bool = False) -> Place:
    best = max(reading.weight for reading in found)
    chosen = [reading for reading in found if reading.weight == best]
    chosen.sort(key=lambda reading: (not reading.level_fits, reading.unit.edition != NEW, reading.unit.district))
    used = frozenset.intersection(*(reading.used for reading in chosen))
    units = tuple({reading.unit.feature_id: reading.unit for reading in chosen}.values())
    return Place(units, "", fuzzy, *_leftover(words, used))


def _as_district(words: Sequence[PlaceWord], units: Sequence[Unit]) -> Iterator[Place]:
    for district in sorted({name for unit in units for name in unit.districts}):
        for span in _spans(words, district, frozenset()):
            if not _kind_before(words, min(span), (*COMMUNE_WORDS, *PROVINCE_WORDS)):
                inside = tuple(unit for unit in units if unit.edition == OLD and district in unit.districts)
                if not inside:
                    continue
                used = span | _kind_before(words, min(span), DISTRICT_WORDS)
                provinces: frozenset[str] = frozenset().union(*(unit.provinces for unit in inside))
                used |= _explained(words, provinces, PROVINCE_WORDS, used)
                yield Place(inside, inside[0].district, False, *_leftover(words, used))


def _as_province(words: Sequence[PlaceWord], units: Sequence[Unit]) -> Iterator[Place]:
    """The whole province, old or new: no restriction at all."""
    for province in sorted({name for unit in units for name in unit.provinces}):
        for span in _spans(words, province, frozenset()):
            if not _kind_before(words, min(span), (*COMMUNE_WORDS, *DISTRICT_WORDS)):
                used = span | _kind_before(words, min(span), PROVINCE_WORDS)
                yield Place((), "", False, *_leftover(words, used))


def _readings(words: Sequence[PlaceWord], unit: Unit, spellings: Mapping[str, float]) -> Iterator[_Reading]:
    for spelling, closeness in spellings.items():
        for span in _spans(words, spelling, frozenset()):
            start = min(span)
            if _kind_before(words, start, (*DISTRICT_WORDS, *PROVINCE_WORDS)):
                continue
            kind = _kind_before(words, start, COMMUNE_WORDS)
            used = span | kind
            for names, kinds in ((unit.districts, DISTRICT_WORDS), (unit.provinces, PROVINCE_WORDS)):
                used |= _explained(words, names, kinds, used)
            typed = " ".join(words[at].word for at in sorted(kind))
            yield _Reading(unit, used, closeness, LEVELS.get(typed, typed) == unit.level)


def _explained(
    words: Sequence[PlaceWord], names: Iterable[str], kinds: Sequence[str], used: frozenset[int]
) -> frozenset[int]:
    """The words that name the unit's district or province, its kind included; none when they do not stand there."""
    for name in names:
        for span in _spans(words, name, used):
            return span | _kind_before(words, min(span), kinds)
    return frozenset()


def _spans(words: Sequence[PlaceWord], name: str, used: frozenset[int]) -> Iterator[frozenset[int]]:
    length = len(name.split())
    for start in range(len(words) - length + 1):
        span = words[start : start + length]
        places = frozenset(range(start, start + length))
        if _text(span) == name and span[0].run == span[-1].run and not places & used:
            yield places


def _kind_before(words: Sequence[PlaceWord], start: int, kinds: Sequence[str]) -> frozenset[int]:
    for length in (2, 1):
        if start >= length and _text(words[start - length : start]) in kinds:
            return frozenset(range(start - length, start))
    return frozenset()


def _leftover(words: Sequence[PlaceWord], used: frozenset[int]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    explained = used | _kinds(words)
    at = tuple(at for at, word in enumerate(words) if at not in explained and word.word not in FILLERS)
    return tuple(words[place].word for place in at), at


def _kinds(words: Sequence[PlaceWord]) -> frozenset[int]:
    """Where "xã", "TP", "thị trấn" and their like stand before another word: they are no names themselves."""
    every = (*COMMUNE_WORDS, *DISTRICT_WORDS, *PROVINCE_WORDS)
    return frozenset().union(*(_kind_before(words, start, every) for start in range(1, len(words))))


def _text(words: Sequence[PlaceWord]) -> str:
    return " ".join(word.word for word in words)
