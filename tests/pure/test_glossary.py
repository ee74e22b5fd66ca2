"""The table of words: complete in both languages, in plain sentences."""

from __future__ import annotations

import pytest

from layers.glossary import Term, terms


@pytest.mark.parametrize("term", terms(), ids=lambda term: term.code)
def test_a_term_is_explained_in_a_sentence_of_each_language(term: Term) -> None:
    assert term.words.vi and term.words.en
    assert term.meaning.vi.endswith(".") and term.meaning.en.endswith(".")


def test_the_four_answers_are_explained() -> None:
    assert {"affected", "too-close", "not-affected", "not-assessed"} <= {term.code for term in terms()}


def test_not_assessed_says_that_it_does_not_mean_unaffected() -> None:
    [term] = [term for term in terms() if term.code == "not-assessed"]
    assert "không có nghĩa là không ảnh hưởng" in term.meaning.vi
