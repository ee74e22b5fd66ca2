"""A fixed sample of random damage; proofs/mutations.py runs twenty times as many."""

import pytest

from proofs import mutations

SAMPLE = 75


@pytest.mark.parametrize("kind", mutations.FORMATS)
def test_no_damaged_file_passes_with_a_shape_lost(kind: str) -> None:
    found = mutations.figures(mutations.run(kind, SAMPLE))
    assert sum(found.values()) == SAMPLE
    assert found["lost"] == 0
    assert found["refused"] > SAMPLE / 2
