"""The table of bad inputs is whole, and every test it names is there."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.bad_inputs import ROWS, Row

ROOT = Path(__file__).resolve().parent.parent


def names_in(file: Path) -> set[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_no_row_is_missing() -> None:
    assert [row.number for row in ROWS] == list(range(1, 81))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row.number))
def test_every_row_has_its_test(row: Row) -> None:
    assert row.tests
    for test in row.tests:
        file, start = test.split("::")
        assert any(name.startswith(start) for name in names_in(ROOT / file)), test
