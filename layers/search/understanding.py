"""From typed words to red-book numbers and words that may name a place. Pure: folding is the database's, done before.

A query is cut into pieces first, as typed, because folding pulls "TĐ03-2014" and "45/123" apart; the database then
folds each piece twice, as a word and as a number (`layers.queries.search.fold`), and `understand` reads the tokens.
How parcels, sheets and extract sheets are numbered: Thông tư 25/2014/TT-BTNMT.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

SHEET, PARCEL = "sheet", "parcel"

# Words that announce a number, longest first: the first that fits counts.
KEYWORDS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("manh", "trich", "do", "dia", "chinh"), SHEET),
    (("to", "ban", "do", "dia", "chinh"), SHEET),
    (("manh", "trich", "do"), SHEET),
    (("to", "ban", "do"), SHEET),
    (("to", "bd"), SHEET),
    (("map", "sheet"), SHEET),
    (("tobando",), SHEET),
    (("tbd",), SHEET),
    (("to",), SHEET),
    (("sheet",), SHEET),
    (("thua", "dat"), PARCEL),
    (("thuadat",), PARCEL),
    (("thua",), PARCEL),
    (("parcel",), PARCEL),
)
# Groups of houses carry numbers too, and an address names them: "tổ 5, thôn 3". Folded, "tổ" is "tờ" (a map sheet), so
# the marks decide where there are any; without marks "to 5" is a sheet, as people look for sheets here.
HAMLETS: tuple[tuple[str, ...], ...] = (
    ("to", "dan", "pho"),
    ("to", "dan", "cu"),
    ("khu", "dan", "cu"),
    ("khu", "pho"),
    ("tdp",),
    ("thon",),
    ("xom",),
    ("doi",),
    ("khu",),
    ("ngo",),
    ("so", "nha"),
)
GROUP_OF_HOUSES = "tổ"
# Words that may stand between such a word and its number: "thửa đất số 123", "số hiệu tờ bản đồ: 45".
NOISE = (("so", "thu", "tu"), ("so", "hieu"), ("so",), ("stt",), ("no",), ("number",))

_PIECE = re.compile(r"(?:[^\W_]|[\u0300-\u036f])+(?:-(?:[^\W_]|[\u0300-\u036f])+)*|[,;:()|\n]")
_KEEPS_ITS_HYPHENS = re.compile(r"[^\W\d_]{0,4}-?\d+[^\W\d_]?(?:-\d+)*")
_GLUED = re.compile(r"(to|tbd|thua)-?(\d+[a-z]?)(?=(?:to|tbd|thua)-?\d|$)")
_PLAIN = re.compile(r"\d+[a-z]?(?:-\d+)?")
_EXTRACT = re.compile(r"td-?\d+(?:-\d+)?")
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True)
class Piece:
    """A word or number as typed. A comma or colon begins a new `segment`: names do not run across one."""

    text: str
    segment: int


@dataclass(frozen=True)
class Token:
    """A piece with both its folds: `portal_fold` and `portal_fold_number`."""

    typed: str
    word: str
    number: str
    segment: int = 0


@dataclass(frozen=True)
class Number:
    """A sheet or parcel number: as typed, and every key under which the database may hold it."""

    typed: str
    keys: tuple[str, ...]

    @property
    def is_extract(self) -> bool:
        """Whether it is the number of an extract sheet, such as TĐ03-2014."""
        return bool(_EXTRACT.fullmatch(self.keys[0]))


@dataclass(frozen=True)
class PlaceWord:
    """A folded word outside the numbers. Words of one `run` stood side by side, so they may form one name."""

    word: str
    run: int


@dataclass(frozen=True)
class Understood:
    """`announced`: the query says which number is which; else the order decides (sheet first, then parcel).
    `hamlets`: groups of houses it names with a number ("tổ 5"), as typed; they are in no layer of numbers."""

    sheet: Number | None
    parcel: Number | None
    words: tuple[PlaceWord, ...]
    announced: bool
    hamlets: tuple[str, ...] = ()

    @property
    def has_numbers(self) -> bool:
        return bool(self.sheet or self.parcel)

    @property
    def swapped(self) -> Understood:
        """The other reading of two bare numbers: parcel first."""
        return replace(self, sheet=self.parcel, parcel=self.sheet)


def pieces(text: str) -> list[Piece]:
    """Cut a query as typed. NFC first, because a decomposed letter would be cut at its marks."""
    found: list[Piece] = []
    segment = 0
    for match in _PIECE.findall(unicodedata.normalize("NFC", text)):
        if match in ",;:()|\n":
            segment += 1
        elif "-" in match and not _KEEPS_ITS_HYPHENS.fullmatch(match):
            found.extend(Piece(part, segment) for part in match.split("-"))
        else:
            found.append(Piece(match, segment))
    return found


def understand(tokens: Sequence[Token]) -> Understood:
    """Read the numbers with their announcing words; what remains may name a place."""
    tokens = [part for token in tokens for part in _unglue(token)]
    named: dict[str, Number] = {}
    free: list[Number] = []
    words: list[PlaceWord] = []
    hamlets: list[str] = []
    at = run = 0
    while at < len(tokens):
        if length := _hamlet(tokens, at):
            hamlets.append(" ".join(token.typed for token in tokens[at : at + length]))
            at, run = at + length, run + 1
            continue
        kinds, start = _announcement(tokens, at)
        number, length = _number(tokens, start, announced=bool(kinds))
        if number is None:
            run += at > 0 and tokens[at].segment != tokens[at - 1].segment
            words.extend(PlaceWord(word, run) for word in tokens[at].word.split())
            at += 1
            continue
        run, at = run + 1, start + length
        if not kinds:
            free.append(number)
        for place, kind in enumerate(kinds):
            if place:
                number, length = _number(tokens, at, announced=True)
                at += length
            if number:
                named.setdefault(kind, number)
    return replace(_settle(named, free, tuple(words)), hamlets=tuple(hamlets))


def _settle(named: dict[str, Number], free: list[Number], words: tuple[PlaceWord, ...]) -> Understood:
    """Give the bare numbers their meaning: an extract sheet tells itself, of a pair the sheet comes first."""
    announced = bool(named)
    numbers = [part for number in free for part in _halves(number)] if not named else free
    for number in [number for number in numbers if number.is_extract]:
        named.setdefault(SHEET, number)
        numbers.remove(number)
    wanted = [kind for kind in (SHEET, PARCEL) if kind not in named]
    if len(numbers) == 1 and not named:
        wanted = [PARCEL]
    named.update(zip(wanted, numbers, strict=False))
    return Understood(named.get(SHEET), named.get(PARCEL), words, announced)


def _unglue(token: Token) -> list[Token]:
    """'to45thua123' becomes four tokens."""
    found = _GLUED.findall(token.number)
    if not found or "".join(k + n for k, n in found) != token.number.replace("-", ""):
        return [token]
    return [Token(part, part, part, token.segment) for pair in found for part in pair]


def _announcement(tokens: Sequence[Token], start: int) -> tuple[list[str], int]:
    """Which numbers the words from `start` on announce, and where the first stands; none and `start` otherwise.
    "Thửa/tờ: 123/45" announces two."""
    kinds: list[str] = []
    at = start
    while at < len(tokens):
        kind, length = _keyword(tokens, at)
        length = length or next((len(words) for words in NOISE if _stands(tokens, at, words)), 0)
        if not length:
            break
        kinds.extend([kind] if kind else [])
        at += length
    if kinds and _number(tokens, at, announced=True)[0]:
        return kinds, at
    return [], start


def _hamlet(tokens: Sequence[Token], at: int) -> int:
    """How many tokens from `at` on name a group of houses by a number; 0 when they do not."""
    marked = unicodedata.normalize("NFC", tokens[at].typed).lower() == GROUP_OF_HOUSES
    length = next((len(words) for words in HAMLETS if _stands(tokens, at, words)), int(marked))
    if not length:
        return 0
    start = at + length
    start += next((len(words) for words in NOISE if _stands(tokens, start, words)), 0)
    number, taken = _number(tokens, start, announced=True)
    return start + taken - at if number else 0


def _keyword(tokens: Sequence[Token], at: int) -> tuple[str | None, int]:
    return next(((kind, len(words)) for words, kind in KEYWORDS if _stands(tokens, at, words)), (None, 0))


def _stands(tokens: Sequence[Token], at: int, words: tuple[str, ...]) -> bool:
    return tuple(token.word for token in tokens[at : at + len(words)]) == words


def _number(tokens: Sequence[Token], at: int, *, announced: bool) -> tuple[Number | None, int]:
    """The number that begins at `at`, and how many tokens it takes; after an announcing word any digit will do."""
    if at >= len(tokens):
        return None, 0
    token, after = tokens[at], tokens[at + 1] if at + 1 < len(tokens) else None
    if token.word == "td" and after and _PLAIN.fullmatch(after.number):
        rest = Token(f"{token.typed}{after.typed}", "", f"td{after.number}")
        number, length = _number([rest, *tokens[at + 2 : at + 3]], 0, announced=announced)
        return number, length + 1
    if re.fullmatch(r"td-?\d+", token.number) and after and _YEAR.fullmatch(after.number):
        return _spelled(f"{token.typed}-{after.typed}", f"{token.number}-{after.number}"), 2
    fits = _PLAIN.fullmatch(token.number) or _EXTRACT.fullmatch(token.number)
    if fits or (announced and any(sign.isdigit() for sign in token.number)):
        return _spelled(token.typed, token.number), 1
    return None, 0


def _spelled(typed: str, key: str) -> Number:
    """Extract sheets are written with and without a hyphen after TĐ."""
    if _EXTRACT.fullmatch(key):
        tail = key.removeprefix("td").removeprefix("-")
        return Number(typed, (f"td{tail}", f"td-{tail}"))
    return Number(typed, (key,))


def _halves(number: Number) -> list[Number]:
    """A bare "45-123" is a pair like "45/123"."""
    if number.is_extract or "-" not in number.keys[0]:
        return [number]
    return [Number(part, (part,)) for part in number.keys[0].split("-")]
