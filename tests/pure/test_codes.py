"""Code lists: every list a declaration names is there, speaks both languages, and says each code once."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from layers import catalogue, codes
from layers.declare import Field, Layer
from layers.regulated import IN_FORCE

CODED = [(layer, field) for layer in catalogue.every() for field in layer.fields if field.codes]
LISTS = sorted(file.stem for file in codes.FOLDER.glob("*.csv"))


@pytest.mark.parametrize(("layer", "field"), CODED, ids=lambda part: getattr(part, "slug", getattr(part, "name", "")))
def test_every_list_a_declaration_names_is_there(layer: Layer, field: Field) -> None:
    assert codes.known(str(field.codes))


@pytest.mark.parametrize("name", LISTS)
def test_every_code_speaks_both_languages(name: str) -> None:
    assert [entry.code for entry in codes.entries(name) if not (entry.words.vi and entry.words.en)] == []


@pytest.mark.parametrize("name", LISTS)
def test_no_code_is_said_twice_in_one_vocabulary(name: str) -> None:
    said = Counter((entry.code, entry.vocabulary) for entry in codes.entries(name))
    assert [code for code, times in said.items() if times > 1] == []


def test_land_use_holds_the_four_vocabularies_with_all_their_codes() -> None:
    sizes = Counter(entry.vocabulary for entry in codes.entries("land_use"))
    assert sizes == {"2024": 66, "TT25-2014": 53, "TT08-2007": 22, "QD499-1995": 32}


def test_colours_are_hexadecimal_or_unknown() -> None:
    wrong = [entry for entry in codes.entries("land_use") if not re.fullmatch(r"(#[0-9a-f]{6})?", entry.colour)]
    assert wrong == []


def test_the_same_letters_mean_what_their_vocabulary_says() -> None:
    then, now = codes.label("land_use", "RSX", "TT25-2014"), codes.label("land_use", "RSX", "2024")
    assert (str(then), str(now)) == ("Đất rừng sản xuất", "Đất rừng sản xuất (là rừng trồng)")


def test_without_a_vocabulary_the_newest_speaks() -> None:
    assert codes.label("land_use", "LUC") == codes.label("land_use", "LUC", "2024")
    assert codes.label("land_use", "BHK") == codes.label("land_use", "BHK", "TT25-2014")


@pytest.mark.parametrize(("code", "vocabulary"), [("XYZ", None), ("BHK", "2024"), ("luc", None)])
def test_what_a_list_does_not_know_has_no_label(code: str, vocabulary: str | None) -> None:
    assert codes.label("land_use", code, vocabulary) is None


def test_a_list_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError):
        codes.known("nothing-like-it")


def test_the_state_that_counts_is_in_its_list() -> None:
    assert IN_FORCE in codes.known("state")
