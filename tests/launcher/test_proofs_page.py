"""The page of proofs: what was run last stands there, once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from launcher.commands import note_proof, proofs_in

ROOT = Path(__file__).parents[2]


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


@pytest.mark.parametrize("name", proofs_in(ROOT / "proofs"))
def test_a_proof_that_speaks_to_the_portal_sets_django_up(name: str) -> None:
    """Else its command fails where its tests, which have settings already, do not. The reader alone needs none."""
    written = (ROOT / "proofs" / f"{name}.py").read_text()
    rooms = set(
        re.findall(r"^from (layers|importers|exports|contact|desk|geoportal)\b(?!\.reader)", written, re.MULTILINE)
    )
    assert not rooms or "django.setup()" in written, rooms
