"""A site in an address: the same ground, known as exactly as it was given, and no finer."""

from __future__ import annotations

from dataclasses import replace

import pytest
import shapely

from layers.queries.snapshots import newest
from layers.sites import address, circle, corners, placing
from layers.sites.site import Site, Way
from layers.sites.troubles import SiteTrouble
from tests.database.province import box, publish_ground

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture(autouse=True)
def ground() -> None:
    publish_ground()


def placed(shape: shapely.Geometry) -> Site:
    places = list(shapely.get_coordinates(shape))[:-1]
    table = "\n".join(f"{n}; {y:.2f}; {x:.2f}" for n, (x, y) in enumerate(places, 1))
    return placing.site(corners.read(f"KTT 105°30'\n{table}"))


def test_an_address_brings_back_the_same_ground() -> None:
    site = placed(box(0, 0, 100, 50))
    query = address.written(site)
    assert query is not None
    back = address.read(query.removeprefix("outline=").replace("+", " "))
    assert back.geometry.equals_exact(site.geometry, 0.01)


def test_an_address_says_how_exactly_a_drawn_site_is_known() -> None:
    drawn = replace(placed(box(0, 0, 100, 50)), way=Way.OUTLINE, typed_m=5.0)
    query = address.written(drawn)
    assert query is not None and query.startswith("outline=5m:")
    again = address.site_of(query, newest() or 0)
    assert again is not None
    assert (again.typed_m, again.geometry.equals_exact(drawn.geometry, 0.01)) == (5.0, True)


def test_no_address_makes_a_site_finer_than_typed_corners() -> None:
    plain = address.read("583000,2260000 583100,2260000 583100,2260050")
    assert address.read("0.01m:583000,2260000 583100,2260000 583100,2260050").typed_m == plain.typed_m == 0.05


def test_a_circle_of_any_size_has_a_short_address_that_brings_the_same_circle_back() -> None:
    for radius in ("1", "12.5", "400", "2000"):
        site = circle.site("KTT 105°30' X = 2260000.123 Y = 583000.987", radius)
        query = address.written(site)
        assert query is not None and len(query) < 50
        again = address.site_of(query, newest() or 0)
        assert again is not None
        assert again.geometry.equals_exact(site.geometry, 0.0)
        assert (again.typed_m, again.way, address.written(again)) == (site.typed_m, site.way, query)


@pytest.mark.parametrize("text", ["583000,2260000*0", "583000,2260000*2001", "1,1*10", "583000,2260000*", "583000*10"])
def test_no_circle_comes_of_an_address_that_holds_none(text: str) -> None:
    with pytest.raises(SiteTrouble):
        address.read(text)
