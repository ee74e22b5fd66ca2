"""The page of proofs: what was run last stands there, once."""

from __future__ import annotations

from pathlib import Path

import pytest

from launcher.commands import note_proof


@pytest.fixture
def page(tmp_path: Path) -> Path:
    file = tmp_path / "proofs.md"
    note_proof(file, "oracle", "3 wrong\n", 1)
    note_proof(file, "oracle 100", "a part\n", 0)
    note_proof(file, "kills", "100 of 100\n", 0)
    return file


def test_a_proof_run_again_takes_the_place_of_the_one_before(page: Path) -> None:
    note_proof(page, "oracle", "0 wrong\n", 0)
    written = page.read_text()
    assert written.startswith("# Proofs")
    assert "FAILED" not in written and "3 wrong" not in written
    assert written.count("## oracle: passed") == 1 and "```\n0 wrong\n```\n" in written


def test_other_proofs_and_other_sizes_of_it_stay(page: Path) -> None:
    note_proof(page, "oracle", "0 wrong\n", 0)
    headings = [line.split(":")[0] for line in page.read_text().splitlines() if line.startswith("## ")]
    assert headings == ["## oracle 100", "## kills", "## oracle"]
