"""Every Vietnamese text of the portal has English words with the same blanks to fill in."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CATALOGUES = [ROOT / "locale" / "en" / "LC_MESSAGES" / "django.po", *ROOT.glob("*/locale/en/LC_MESSAGES/django.po")]
BLANK = re.compile(r"%\(\w+\)[sd]|\{\w*\}")
TEXT = r'((?:"(?:[^"\\]|\\.)*"\s*)+)'
ENTRY = re.compile(rf"msgid {TEXT}(?:msgid_plural {TEXT})?((?:msgstr(?:\[\d\])? {TEXT})+)")


def joined(quoted: str) -> str:
    return "".join(ast.literal_eval(part) for part in re.findall(r'"(?:[^"\\]|\\.)*"', quoted))


ENTRIES = [
    (joined(found[1]), [joined(words) for words in re.findall(rf"msgstr(?:\[\d\])? {TEXT}", found[3])])
    for catalogue in CATALOGUES
    for found in ENTRY.finditer(catalogue.read_text(encoding="utf-8"))
    if joined(found[1])
]


@pytest.mark.parametrize("vietnamese, english", ENTRIES, ids=[vietnamese[:40] for vietnamese, _ in ENTRIES])
def test_a_text_has_english_words_with_the_same_blanks(vietnamese: str, english: list[str]) -> None:
    for words in english:
        assert words
        assert sorted(BLANK.findall(words)) == sorted(BLANK.findall(vietnamese))


@pytest.mark.parametrize("file", sorted((ROOT / "templates").rglob("*.html")), ids=lambda file: file.name)
def test_every_text_of_a_template_stands_in_the_catalogue(file: Path) -> None:
    asked = re.findall(r"""{%\s*translate\s+(?:"([^"]+)"|'([^']+)')""", file.read_text(encoding="utf-8"))
    known = {vietnamese for vietnamese, _ in ENTRIES}
    assert [text for text in ("".join(pair) for pair in asked) if text not in known] == []


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda file: file.relative_to(ROOT).parts[0])
def test_a_catalogue_has_no_mistake_that_msgfmt_sees(catalogue: Path) -> None:
    done = subprocess.run(
        ["msgfmt", "--check-format", "-o", "/dev/null", str(catalogue)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
