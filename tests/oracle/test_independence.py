"""The oracle is worth something only as long as it shares nothing with what it judges."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

HERE = Path(__file__).parent
FOREIGN = {"layers", "importers", "exports", "geoportal", "django", "psycopg"}


def imported(module: Path) -> set[str]:
    nodes = list(ast.walk(ast.parse(module.read_text(encoding="utf-8"))))
    plain = {name.name for node in nodes if isinstance(node, ast.Import) for name in node.names}
    return plain | {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}


@pytest.mark.parametrize("module", sorted(HERE.glob("*.py")), ids=lambda path: path.name)
def test_the_oracle_imports_nothing_of_the_portal(module: Path) -> None:
    names = imported(module)
    assert names
    assert not {name.split(".")[0] for name in names} & FOREIGN
