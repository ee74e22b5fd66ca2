"""Longer SQL stands in files of its own, in `layers/sql/`, where a reader may run it by hand."""

from functools import cache
from pathlib import Path

# Files that are a part of others, where their name stands in braces.
PARTS = ("verdict", "deep")
FOLDER = Path(__file__).resolve().parent.parent / "sql"


@cache
def sql_file(name: str) -> str:
    """The query without its comment lines: a % in their prose would be taken for a placeholder."""
    lines = (FOLDER / f"{name}.sql").read_text(encoding="utf-8").splitlines()
    text = "\n".join(line for line in lines if not line.lstrip().startswith("--"))
    for part in PARTS:
        if f"{{{part}}}" in text:
            text = text.replace(f"{{{part}}}", sql_file(part))
    return text
