"""Every rule can be said, in both languages, with all its blanks filled from what findings carry."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from django.utils import translation

import importers
from importers.findings import RULES, found
from importers.findings.terms import TERMS

PO = Path(importers.__file__).parent / "locale" / "en" / "LC_MESSAGES" / "django.po"


def english() -> dict[str, str]:
    """The translations of the file itself, whether or not it has been compiled; lines may be wrapped."""
    text = r'((?:"(?:[^"\\]|\\.)*"\s*)+)'
    entries = re.findall(rf"^msgid {text}msgstr {text}", PO.read_text(encoding="utf-8"), re.MULTILINE)
    return {_joined(given): _joined(said) for given, said in entries}


def _joined(lines: str) -> str:
    return "".join(ast.literal_eval(line) for line in lines.strip().splitlines())


@pytest.mark.parametrize("code", RULES)
def test_every_rule_stands_in_english_with_the_same_blanks(code: str) -> None:
    with translation.override("vi"):
        texts = [str(text) for text in (RULES[code].sentence, RULES[code].advice) if str(text)]
    said = english()
    for text in texts:
        assert set(re.findall(r"{\w+}", text)) == set(re.findall(r"{\w+}", said[text]))


def test_every_term_stands_in_english() -> None:
    with translation.override("vi"):
        assert {str(term) for term in TERMS.values()} <= {given for given, said in english().items() if said}


@pytest.mark.parametrize("code", RULES)
def test_a_rule_that_needs_a_person_says_what_to_do(code: str) -> None:
    if RULES[code].severity in ("block", "decide"):
        assert str(RULES[code].advice)


@pytest.mark.parametrize(("language", "written"), [("vi", "1,59"), ("en", "1.59")])
def test_a_measure_is_written_as_its_reader_writes_it(language: str, written: str) -> None:
    finding = found("overlap", row=1, other="2", area="1.59", value="1.59")
    with translation.override(language):
        assert f"{written} m²" in finding.sentence
        assert finding.blanks["value"] == "1.59"  # as it was delivered
