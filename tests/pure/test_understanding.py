"""Reading a query without a database: the texts here carry no marks, so that folding is lower case and no more."""

from __future__ import annotations

import re
import unicodedata

import pytest

from layers.ground.admin_units import NEW, OLD
from layers.search.places import Place, Unit, choose_close, doubtful_grams, grams, readings
from layers.search.understanding import Piece, PlaceWord, Token, Understood, pieces, understand


def read(text: str) -> Understood:
    return understand(
        [
            Token(
                piece.text,
                re.sub(r"[^a-z0-9]+", " ", piece.text.lower()),
                re.sub(r"(^|[^0-9])0+([0-9])", r"\1\2", piece.text.lower()),
                piece.segment,
            )
            for piece in pieces(text)
        ]
    )


def said(text: str) -> tuple[str | None, str | None, str]:
    """Sheet, parcel and the remaining words."""
    found = read(text)
    sheet, parcel = (number.keys[0] if number else None for number in (found.sheet, found.parcel))
    return sheet, parcel, " ".join(word.word for word in found.words)


NUMBERS = (
    ("thua 123 to 45", "45", "123"),
    ("to 45 thua 123", "45", "123"),
    ("THUA 123 TO 45", "45", "123"),
    ("123 to 45", "45", "123"),
    ("45/123", "45", "123"),
    ("45 / 123", "45", "123"),
    ("45-123", "45", "123"),
    ("45 123", "45", "123"),
    ("to 45/123", "45", "123"),
    ("thua 123/45", "45", "123"),
    ("thua/to 123/45", "45", "123"),
    ("to/thua: 45/123", "45", "123"),
    ("so thua: 123; so to: 45", "45", "123"),
    ("so hieu to ban do so 45, so thu tu thua 123", "45", "123"),
    ("thua dat so 123, to ban do so 45", "45", "123"),
    ("to ban do dia chinh so 45 thua dat 123", "45", "123"),
    ("tbd 45 thua 123", "45", "123"),
    ("to bd 045 thua 0123", "45", "123"),
    ("to45thua123", "45", "123"),
    ("thua-123-to-45", "45", "123"),
    ("thua 12a to 3", "3", "12a"),
    ("to 3 thua 12-1", "3", "12-1"),
    ("parcel 123 sheet 45", "45", "123"),
    ("to td03-2014 thua 7", "td3-2014", "7"),
    ("td03-2014", "td3-2014", None),
    ("td03-2014/7", "td3-2014", "7"),
    ("7 td03-2014", "td3-2014", "7"),
    ("td 03-2014 thua 7", "td3-2014", "7"),
    ("td-03-2014 thua 7", "td3-2014", "7"),
    ("td03/2014 thua 7", "td3-2014", "7"),
    ("td 03 2014", "td3-2014", None),
    ("manh trich do dia chinh so td03-2014", "td3-2014", None),
    ("to 45", "45", None),
    ("thua 123", None, "123"),
    ("123", None, "123"),
)


@pytest.mark.parametrize(("text", "sheet", "parcel"), NUMBERS)
def test_numbers_are_read_however_they_are_written(text: str, sheet: str | None, parcel: str | None) -> None:
    assert said(text) == (sheet, parcel, "")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("thua 123 to 45 xa dong hung", "xa dong hung"),
        ("xa dong hung, to 45, thua 123", "xa dong hung"),
        ("p.tran lam 3/12a", "p tran lam"),
        ("nguyen xa to 3 thua 4", "nguyen xa"),
        ("to-45-thua-123-xa-dong-hung", "xa dong hung"),
        ("to hieu to 3 thua 4", "to hieu"),
    ],
)
def test_words_beside_the_numbers_are_kept_in_order(text: str, words: str) -> None:
    assert said(text)[2] == words


@pytest.mark.parametrize("text", ["duong to hieu", "thua to", "so thua", "gw-012", "quyet dinh so", "", "  ,;  "])
def test_an_announcing_word_without_a_number_is_just_a_word(text: str) -> None:
    found = read(text)
    assert (found.sheet, found.parcel) == (None, None)


def test_an_extract_sheet_is_looked_for_with_and_without_its_hyphen() -> None:
    found = read("td03-2014").sheet
    assert found is not None
    assert found.keys == ("td3-2014", "td-3-2014")
    assert found.is_extract


def test_numbers_that_announce_themselves_are_told_from_bare_ones() -> None:
    assert (read("to 45 thua 123").announced, read("45/123").announced) == (True, False)


def test_numbers_are_shown_as_typed() -> None:
    found = read("TO 045 THUA 12A")
    assert (found.sheet and found.sheet.typed, found.parcel and found.parcel.typed) == ("045", "12A")


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_decomposed_word_is_one_piece(form: str) -> None:
    text = unicodedata.normalize(form, "Thửa đất")
    assert [piece.text for piece in pieces(text)] == ["Thửa", "đất"]


def test_a_name_does_not_run_across_a_comma_or_a_number() -> None:
    assert "hung dong" not in grams(read("dong hung, dong cac").words)
    assert "hung minh" not in grams(read("dong hung 45/123 minh tan").words)


def unit(name: str, district: str = "", edition: str = OLD, code: str = "1", level: str = "xa") -> Unit:
    districts = frozenset({district}) if district else frozenset()
    return Unit(
        hash((name, district, edition)), edition, code, name, level, district, name, districts, frozenset({"thai binh"})
    )


TOWN = unit("dong hung", "dong hung", level="thi tran")
NEW_TOWN = unit("dong hung", "dong hung", NEW)
CAC = unit("dong cac", "dong hung")
TAN_DH, TAN_HH = unit("minh tan", "dong hung"), unit("minh tan", "hung ha")
UNITS = (TOWN, NEW_TOWN, CAC, TAN_DH, TAN_HH)


def place(text: str) -> Place:
    return readings(read(text).words, UNITS)[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("xa dong hung", [NEW_TOWN, TOWN]),
        ("tt dong hung", [TOWN, NEW_TOWN]),
        ("dong cac dong hung", [CAC]),
        ("dong cac, huyen dong hung, tinh thai binh", [CAC]),
        ("dong hung, dong cac", [CAC]),
        ("minh tan", [TAN_DH, TAN_HH]),
        ("minh tan h hung ha", [TAN_HH]),
        ("xa minh tan huyen dong hung", [TAN_DH]),
        ("huyen dong hung", [TOWN, CAC, TAN_DH]),
        ("tinh thai binh", []),
    ],
)
def test_the_reading_that_explains_most_words_counts(text: str, expected: list[Unit]) -> None:
    found = place(text)
    assert list(found.units) == expected
    assert found.leftover == ()


def test_words_that_name_no_place_are_left_over() -> None:
    assert place("nguyen van a").leftover == ("nguyen", "van", "a")


def test_a_mistyped_name_is_meant_only_when_it_explains_every_word() -> None:
    def close(text: str) -> Place:
        words = read(text).words
        exact = readings(words, UNITS)[0]
        return choose_close(words, [(u, gram) for u in UNITS for gram in doubtful_grams(words, exact)], exact)

    assert list(close("dong caa, dong hung").units) == [CAC]
    assert close("dong hingg").fuzzy
    assert not close("ba nguyen thi dong hingg").units


def test_a_run_of_words_is_never_cut_into_long_names() -> None:
    words = [PlaceWord("a", 0)] * 60
    assert max(len(gram.split()) for gram in grams(words)) == 4


@pytest.mark.parametrize(
    ("typed", "hamlets", "sheet", "parcel"),
    [
        ("Tổ 5, thửa 12, tờ 3", ("Tổ 5",), "3", "12"),
        ("tổ dân phố số 5 thửa 12 tờ 3", ("tổ dân phố số 5",), "3", "12"),
        ("thôn 3, thửa 12", ("thôn 3",), None, "12"),
        ("TDP 7 to 3 thua 12", ("TDP 7",), "3", "12"),
        ("tờ 5 thửa 12", (), "5", "12"),
        ("to 5 thua 12", (), "5", "12"),
        ("tổ 5", ("tổ 5",), None, None),
        ("tổ hợp tác", (), None, None),
    ],
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_group_of_houses_is_no_map_sheet_where_the_marks_say_so(
    typed: str, hamlets: tuple[str, ...], sheet: str | None, parcel: str | None, form: str
) -> None:
    found = understand([token(piece) for piece in pieces(unicodedata.normalize(form, typed))])
    assert found.hamlets == hamlets
    assert tuple(number.keys[0] if number else None for number in (found.sheet, found.parcel)) == (sheet, parcel)


def token(piece: Piece) -> Token:
    """A piece folded about as the database does."""
    plain = unicodedata.normalize("NFD", piece.text.lower().replace("đ", "d"))
    folded = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return Token(piece.text, re.sub(r"[^a-z0-9]+", " ", folded), folded, piece.segment)
