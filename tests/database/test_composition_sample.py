"""A fixed sample of the proof `composition`: the portal and the oracle compose the same random parcels."""

from __future__ import annotations

import pytest

from proofs.composition import judged

pytestmark = pytest.mark.django_db(databases="__all__")

SAMPLE, SEED = 200, 7


def test_portal_and_oracle_compose_alike() -> None:
    every = judged(SAMPLE, SEED)
    assert [one for one in every if not one.adds_up] == []
    assert [one for one in every if one.is_wrong] == []
    assert {len(kinds) for one in every for kinds in one.parts} >= {0, 1, 2}
    assert any(one.possible for one in every)
