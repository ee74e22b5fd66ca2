"""A fixed sample of the proof: every spelling, sound and spoiled; none placed where it does not belong."""

from __future__ import annotations

from collections import Counter

import pytest

from proofs.corner_tables import failed, judged
from tests.oracle.corner_tables import SPELLINGS

pytestmark = pytest.mark.django_db(databases="__all__")


def test_no_table_is_placed_wrong_and_no_sound_one_refused() -> None:
    results = judged(4 * len(SPELLINGS), seed=7)
    assert [(word, posed.table.text) for posed, word in failed(results)] == []
    words = Counter(word for _, word in results)
    assert words["right"] > 30
    assert words["refused"] > 5
    assert words["asked"] > 0
