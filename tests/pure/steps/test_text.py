from __future__ import annotations

import unicodedata

import pytest

from importers.text import UNDECODED, choose, clean, decode, encoding_named
from importers.text.clean import lost_letters
from importers.text.encodings import table
from importers.text.syllables import is_syllable
from tests.pure.steps.making import typed

NAMES = ["Thôn Lượng", "xã Đông Hưng", "Sông Trà Lý", "Đất ở tại nông thôn", "Quỳnh Phụ", "Nguyễn Đức Cảnh"]


@pytest.mark.parametrize(("encoding", "letters"), [("tcvn3", 74), ("vni", 134), ("viscii", 134)])
def test_every_letter_of_a_table_comes_back(encoding: str, letters: int) -> None:
    assert len(table(encoding)) == letters
    for delivered, letter in table(encoding).items():
        assert decode(delivered, encoding) == letter


@pytest.mark.parametrize("encoding", ["tcvn3", "vni", "viscii", "utf-8"])
def test_names_come_back_from_every_encoding(encoding: str) -> None:
    assert [decode(typed(name, encoding), encoding) for name in NAMES] == NAMES


def test_cp1258_puts_base_and_tone_together() -> None:
    delivered = "Hưng Yên, Tiền".encode().decode()  # plain letters first
    signs = unicodedata.normalize("NFC", delivered).replace("ề", "ê\u0300").encode("cp1258").decode("latin-1")
    assert decode(signs, "cp1258") == "Hưng Yên, Tiền"


def test_the_soft_hyphen_is_the_letter_u_with_horn() -> None:
    assert decode("L\u00adîng", "tcvn3") == "Lượng"


def test_vni_takes_the_longest_match() -> None:
    assert decode("Nguyeãn Vaên", "vni") == "Nguyễn Văn"
    assert decode("Ñoàng", "vni") == "Đồng"


@pytest.mark.parametrize(
    ("delivered", "meant"),
    [("TRÇN", "TRẦN"), ("TRÇN Hå", "TRẦN HỒ"), ("Hµ Néi", "Hà Nội"), ("TRÇN V¨n", "TRẦN Văn"), ("A¸", "Á")],
)
def test_capitals_of_a_capital_font_are_put_back_and_only_those(delivered: str, meant: str) -> None:
    assert decode(delivered, "tcvn3") == meant


def test_a_byte_no_letter_has_is_marked() -> None:
    assert UNDECODED in decode("Th\xe0n", "tcvn3")


@pytest.mark.parametrize("word", ["Nguyễn", "THÁI", "ước", "khuyến", "Quỳnh", "giếng", "nghĩa", "Đức"])
def test_a_syllable_is_known(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["NguyÔn", "§øc", "Vaên", "Évry", "thàc", "tểt", "trầN", "wéb"])
def test_what_is_no_syllable_is_known(word: str) -> None:
    assert not is_syllable(word)


@pytest.mark.parametrize("encoding", ["tcvn3", "vni", "viscii", "utf-8"])
def test_the_encoding_of_a_column_is_found_by_its_syllables(encoding: str) -> None:
    choice = choose([typed(name, encoding) for name in NAMES])
    assert choice is not None
    assert (choice.encoding, choice.sure) == (encoding, True)


def test_plain_letters_need_no_choice() -> None:
    assert choose(["Thon Luong", "45", None]) is None


def test_a_short_form_is_read_too() -> None:
    choice = choose(["ONT", "N§"])
    assert choice is not None
    assert (choice.encoding, decode("N§", choice.encoding)) == ("tcvn3", "NĐ")


def test_words_of_another_language_are_not_called_vietnamese() -> None:
    choice = choose(["Évry", "Épinay-sur-Orge", "Rhône"])
    assert choice is not None
    assert not choice.sure


def test_unicode_text_that_was_spoiled_before_it_was_written_is_found() -> None:
    choice = choose([typed(name, "tcvn3") for name in NAMES], known=True)
    assert choice is not None
    assert (choice.encoding, choice.sure) == ("tcvn3", True)
    kept = choose(NAMES, known=True)
    assert kept is not None
    assert kept.encoding == "unicode"


def test_cleaning_makes_one_spelling_and_counts_hidden_signs() -> None:
    spelt = unicodedata.normalize("NFD", "Tiền Hải")
    assert clean(f" \u200b{spelt}\ufeff  ") == ("Tiền Hải", 2)
    assert clean("\u200e ") == (None, 1)


def test_question_marks_inside_words_are_lost_letters() -> None:
    assert lost_letters("Nhà d?c l?p") == 2
    assert lost_letters("Ở đâu?") == 0


@pytest.mark.parametrize(
    ("name", "ours"), [("65001", "utf-8"), ("ANSI 1258", "cp1258"), ("ABC", "tcvn3"), ("big5", None)]
)
def test_names_of_encodings_are_understood(name: str, ours: str | None) -> None:
    assert encoding_named(name) == ours
