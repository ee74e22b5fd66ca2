"""Every refusal and notice of the reader has words, and no words are left over."""

import re
from pathlib import Path

import pytest

from importers.reader import Notice, Refused
from importers.reader.refusals import NOTICES, REFUSALS, words

SOURCE = Path(__file__).parents[3] / "importers" / "reader"
CODE = re.compile(r'"([a-z0-9]+(?:-[a-z0-9]+)+)"')


def codes_in_source() -> set[str]:
    files = [file for file in SOURCE.rglob("*.py") if file.name != "refusals.py"]
    found = {code for file in files for code in CODE.findall(file.read_text("utf-8"))}
    return {code for code in found if not code.startswith(("iso-", "utf-", "latin-"))}


def test_every_code_has_words_and_every_word_a_code() -> None:
    assert codes_in_source() == REFUSALS.keys() | NOTICES.keys()


@pytest.mark.parametrize("code", sorted(REFUSALS))
def test_a_refusal_says_what_happened_and_what_to_do(code: str) -> None:
    sentence, advice = words(Refused(code))
    assert sentence.endswith(".")
    assert advice.endswith(".")
    assert "{" not in sentence + advice


@pytest.mark.parametrize("code", sorted(NOTICES))
def test_a_notice_says_what_happened(code: str) -> None:
    assert words(Notice(code))[0].endswith(".")


def test_the_blanks_are_filled_from_the_detail() -> None:
    assert "dòng 17" in words(Refused("shp-record", row=17))[0]
    assert "thua.shp, nha.shp" in words(Refused("layer-choose", layers="thua.shp, nha.shp"))[1]


def test_braces_in_a_delivered_name_are_plain_text() -> None:
    assert "{0.__class__}" in words(Refused("archive-link", member="{0.__class__}"))[0]
