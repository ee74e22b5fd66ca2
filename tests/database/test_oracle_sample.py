"""A fixed sample of the proof `oracle`: the portal and the oracle decide the same random pairs."""

from __future__ import annotations

import pytest

from proofs.oracle import judged

pytestmark = pytest.mark.django_db(databases="__all__")

# How many pairs, and how far figures may lie apart: m² and %, rounding included. The arcs of a corridor are 0.5 mm
# short, which counts along the edge.
SAMPLE = {
    "area": (160, 0.0511, 0.00511),
    "line": (60, 0.0511, 0.00511),
    "point": (40, 0.0511, 0.00511),
    "corridor": (40, 0.3, 0.02),
}
SEED = 7


@pytest.mark.parametrize("kind", SAMPLE)
def test_portal_and_oracle_agree(kind: str) -> None:
    count, area, share = SAMPLE[kind]
    pairs = judged(kind, count, SEED)
    assert [pair for pair in pairs if pair.is_wrong] == []
    assert {pair.answer for pair in pairs} >= {"affected", "too-close"}
    assert max(pair.off_by("area_m2") for pair in pairs) <= area
    assert max(pair.off_by("share_percent") for pair in pairs) <= share
    assert max(pair.off_by("distance_m") for pair in pairs) <= 0.00611
