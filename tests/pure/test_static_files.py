"""What a page names is there: every picture, style and script of ours."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NAMED = sorted(
    {
        name
        for page in (ROOT / "templates").rglob("*.html")
        for name in re.findall(r"{%\s*static\s+'([^']+)'\s*%}", page.read_text(encoding="utf-8"))
        if not name.startswith("vendor/")  # fetched by ./portal setup
    }
)


@pytest.mark.parametrize("name", NAMED)
def test_a_file_that_a_page_names_is_there(name: str) -> None:
    assert (ROOT / "geoportal" / "static" / name).is_file()
