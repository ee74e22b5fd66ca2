"""What answers print as their legal basis stands, word for word, in the table the lawyer reads."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from layers import catalogue
from layers.declare import Layer

TABLE = (Path(__file__).parents[2] / "docs" / "legal-basis.md").read_text(encoding="utf-8")
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in TABLE.splitlines() if line.startswith("| ")]
BASED = tuple(layer for layer in catalogue.every() if layer.legal_basis.vi)


@pytest.mark.parametrize("layer", BASED, ids=lambda layer: layer.slug)
def test_what_a_layer_prints_is_what_the_lawyer_reads(layer: Layer) -> None:
    assert [layer.title.en, layer.legal_basis.vi] in [row[:2] for row in ROWS]


@pytest.mark.parametrize("layer", BASED, ids=lambda layer: layer.slug)
def test_an_article_is_named_only_where_it_was_read(layer: Layer) -> None:
    [compared] = [row[3] for row in ROWS if row[0] == layer.title.en]
    assert not re.search(r"điều \d", layer.legal_basis.vi) or "not compared" not in compared


@pytest.mark.parametrize("layer", BASED, ids=lambda layer: layer.slug)
def test_both_languages_name_the_same_articles(layer: Layer) -> None:
    articles = [re.findall(r"\d+(?:/\d+)*", text) for text in (layer.legal_basis.vi, layer.legal_basis.en)]
    assert articles[0] == articles[1]


def test_no_public_word_says_that_something_was_not_compared() -> None:
    said = [words.vi for layer in catalogue.every() for words in (layer.legal_basis, layer.meaning, layer.next_steps)]
    assert not [text for text in said if "chưa đối chiếu" in text.casefold()]
