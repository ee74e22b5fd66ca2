"""The State's lists of communes that ship with the portal."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from importers import ground
from layers.ground.admin_units import NEW, OLD

SHARED = Path(__file__).parents[3].parent / "shared" / "data"


def test_all_communes_of_both_editions_are_there_once() -> None:
    units = ground.communes()
    assert units.edition.value_counts().to_dict() == {OLD: 381, NEW: 104}
    assert not units.duplicated(ground.KEY).any()


def test_every_old_commune_went_somewhere_and_every_new_one_came_from_one() -> None:
    units, mapping = ground.communes(), ground.successions()
    assert set(mapping.old_code) == set(units.code[units.edition == OLD])
    assert set(mapping.new_code) == set(units.code[units.edition == NEW])


def test_three_old_communes_are_split_among_two() -> None:
    mapping = ground.successions()
    shared = mapping.groupby("old_code").new_code.nunique()
    assert (shared > 1).sum() == 3
    assert (mapping.old_code.map(shared) == mapping.split_among).all()


def test_a_new_code_is_an_old_one_with_another_meaning() -> None:
    names = ground.communes().set_index(ground.KEY).name
    assert names[OLD, "11953"] == "Phường Hiến Nam"
    assert names[NEW, "11953"] == "Phường Phố Hiến"


def test_no_name_has_stray_spaces() -> None:
    names = ground.communes().name
    assert names[names != names.str.split().str.join(" ")].empty


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the collected source lists are not beside the repository")
def test_the_shipped_lists_are_the_collected_ones() -> None:
    collected = pd.read_csv(SHARED / "admin_mapping_2025.csv", dtype=str)
    shipped = ground.read(ground.MAPPING)
    pairs = collected[["old_commune_code", "new_commune_code"]].apply(tuple, axis=1)
    assert sorted(pairs) == sorted(shipped[["old_code", "new_code"]].apply(tuple, axis=1))
