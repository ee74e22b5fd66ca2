"""What became of parcels between two editions, told by their shapes."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely
from shapely import affinity

from importers.lineage import compare_editions
from proofs import editions

KEY = ("sheet_no", "parcel_no")
WEST, SOUTH = 587_000.0, 2_262_000.0


def box(west: float, south: float, east: float, north: float) -> shapely.Polygon:
    return shapely.box(WEST + west, SOUTH + south, WEST + east, SOUTH + north)


def edition(**parcels: shapely.Polygon) -> gpd.GeoDataFrame:
    columns = {"sheet_no": "1", "parcel_no": list(parcels)}
    return gpd.GeoDataFrame(columns, geometry=list(parcels.values()), crs=9209)


LEFT, RIGHT, WHOLE = box(0, 0, 20, 30), box(20, 0, 40, 30), box(0, 0, 40, 30)
NEIGHBOUR = box(40, 0, 60, 30)


def steps(old: gpd.GeoDataFrame, new: gpd.GeoDataFrame) -> list[tuple[str, list[str], list[str]]]:
    found = compare_editions(old, new, KEY)
    return [(step.kind, [key[1] for key in step.old], [key[1] for key in step.new]) for step in found.steps]


def test_the_same_edition_twice_says_nothing() -> None:
    found = compare_editions(edition(a=LEFT, b=RIGHT), edition(b=RIGHT, a=LEFT), KEY)
    assert (found.steps, found.same, found.gone, found.fresh) == ((), 2, (), ())


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (edition(a=WHOLE, n=NEIGHBOUR), edition(b=LEFT, c=RIGHT, n=NEIGHBOUR), ("split", ["a"], ["b", "c"])),
        (edition(a=WHOLE), edition(a=LEFT, c=RIGHT), ("split", ["a"], ["a", "c"])),
        (edition(a=LEFT, b=RIGHT, n=NEIGHBOUR), edition(c=WHOLE, n=NEIGHBOUR), ("merge", ["a", "b"], ["c"])),
        (edition(a=LEFT, n=NEIGHBOUR), edition(b=LEFT, n=NEIGHBOUR), ("renumber", ["a"], ["b"])),
        (edition(a=LEFT, b=RIGHT), edition(a=affinity.translate(LEFT, 1), b=RIGHT), ("move", ["a"], ["a"])),
        (
            edition(a=LEFT, b=RIGHT),
            edition(c=box(0, 0, 14, 30), d=box(14, 0, 27, 30), e=box(27, 0, 40, 30)),
            ("rearrange", ["a", "b"], ["c", "d", "e"]),
        ),
    ],
    ids=["split", "split that keeps a number", "merge", "renumbered", "measured anew", "rearranged"],
)
def test_what_happened_is_recognised(
    old: gpd.GeoDataFrame, new: gpd.GeoDataFrame, expected: tuple[str, list[str], list[str]]
) -> None:
    assert steps(old, new) == [expected]


def test_areas_stand_beside_the_step() -> None:
    [step] = compare_editions(edition(a=WHOLE), edition(b=LEFT, c=RIGHT), KEY).steps
    assert (step.old_area_m2, step.new_area_m2) == (1200.0, 1200.0)


def test_parts_that_do_not_make_up_the_whole_are_not_proposed() -> None:
    found = compare_editions(edition(a=WHOLE), edition(b=LEFT, c=box(21, 0, 40, 30)), KEY)
    assert found.steps == ()
    assert (found.gone, found.fresh) == ((("1", "a"),), (("1", "b"), ("1", "c")))


def test_a_parcel_that_is_gone_and_one_that_is_new_elsewhere_are_no_step() -> None:
    found = compare_editions(edition(a=LEFT), edition(b=NEIGHBOUR), KEY)
    assert (found.steps, found.gone, found.fresh) == ((), (("1", "a"),), (("1", "b"),))


def test_another_grid_of_coordinates_is_no_step() -> None:
    old = edition(a=LEFT, b=RIGHT)
    noise = np.random.default_rng(1)
    corners = [shapely.get_coordinates(shape)[:-1] for shape in old.geometry]
    shaken = [shapely.Polygon(at + noise.uniform(-0.01, 0.01, at.shape)) for at in corners]
    found = compare_editions(old, old.set_geometry(shaken), KEY)
    assert (found.steps, found.same) == ((), 2)


@pytest.mark.shared
@pytest.mark.parametrize("name", editions.CADASTRES)
def test_of_a_real_cadastre_forty_events_are_recognised_and_nothing_else(name: str) -> None:
    if not editions.SHARED.is_dir():
        pytest.skip("the shared cadastres are not beside the repository")
    first = editions.CADASTRES[name]()
    second = editions.second_edition(first, events=40, seed=7)
    found = compare_editions(first, second.frame, editions.KEY)
    assert editions.told(found) == second.truth
    assert (found.gone, found.fresh) == ((), ())
