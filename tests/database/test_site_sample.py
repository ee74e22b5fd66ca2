"""A fixed sample of the proof of sites: 150 random sites, each asked of all zones at once."""

from __future__ import annotations

import pytest

from proofs.sites import judged

pytestmark = pytest.mark.django_db(databases="__all__")


def test_portal_and_oracle_answer_alike_about_sites() -> None:
    pairs = judged(150, seed=11)
    assert [(one.site, one.zone.code, one.oracle.answer, one.answer) for one in pairs if one.is_wrong] == []
    assert {one.oracle.answer for one in pairs} == {"affected", "too-close", "not-affected"}
    assert sum(one.oracle.near_limit for one in pairs) <= 1
    assert max(one.area_off for one in pairs if not one.zone.width) <= 0.06
    # A corridor's ends are arcs, which portal and oracle draw with chords of their own.
    assert max(one.area_off for one in pairs) <= 0.3
