"""A fixed sample of the planted faults: two of each kind in a commune of 3,000 parcels."""

from __future__ import annotations

from importers.pipeline import understand
from proofs.faults import KINDS, clean_commune, plant
from proofs.planted import PRECISION, context, judged


def test_every_planted_fault_is_found_at_its_place_and_hardly_anything_else() -> None:
    commune = clean_commune(3_000)
    planting = plant(commune, each=2)
    score = judged(planting.faults, understand(planting.spoiled(), context(commune)))
    assert len(score.planted) == len(KINDS) >= 20
    assert score.found == score.planted
    assert score.precision >= PRECISION, [finding.code for finding in score.unexplained]


def test_a_clean_commune_has_no_finding_that_asks_anything() -> None:
    commune = clean_commune(600)
    assert [f.code for f in understand(commune, context(commune)).findings if f.severity != "note"] == []
