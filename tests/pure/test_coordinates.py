"""How people spell coordinates, right and wrong. What system they are in is the database's to say, not these tests'."""

from __future__ import annotations

import pytest

from layers.search.coordinates import Reading, read
from layers.search.parcel_codes import code_in, decode, is_meant_as_code
from layers.systems import SYSTEMS, by_epsg
from tests.pure.coordinate_spellings import DECIMAL, NAMED, NOT_MEANT, PLANE, SEXAGESIMAL, WHOLE, WRONG, lines


def only(query: str) -> Reading:
    typed = read(query)
    assert typed is not None and not typed.trouble
    return typed.readings[0]


@pytest.mark.parametrize("query", lines(DECIMAL))
def test_decimal_degrees_are_read_in_any_spelling(query: str) -> None:
    reading = only(query)
    assert (reading.x, reading.y, reading.system.epsg) == (106.34048, 20.45044, 4326)


@pytest.mark.parametrize("query", lines(SEXAGESIMAL))
def test_degrees_minutes_and_seconds_are_read_in_any_spelling(query: str) -> None:
    reading = only(query)
    assert (reading.x, reading.y) == pytest.approx((106.340472, 20.450444), abs=2e-6)


@pytest.mark.parametrize("query", [*lines(PLANE), *lines(NAMED)])
def test_metres_are_read_in_any_spelling(query: str) -> None:
    reading = only(query)
    assert (reading.x, reading.y) == pytest.approx((587448.557, 2262291.728), abs=0.001)
    assert reading.system.epsg == 9209


@pytest.mark.parametrize("query", lines(WHOLE))
def test_whole_metres_are_no_sheet_and_parcel(query: str) -> None:
    assert (only(query).x, only(query).y) == (587448, 2262291)


@pytest.mark.parametrize("query", lines(PLANE))
def test_an_unnamed_meridian_leaves_every_system_open_the_own_one_first(query: str) -> None:
    typed = read(query)
    assert typed is not None
    systems = [reading.system for reading in typed.readings]
    assert set(systems) == {system for system in SYSTEMS if system.zone_width}
    assert [system.epsg for system in systems[:3]] == [9209, 9210, 5897]


@pytest.mark.parametrize("query", lines(NAMED))
def test_a_named_meridian_leaves_no_choice(query: str) -> None:
    typed = read(query)
    assert typed is not None
    assert [reading.system.epsg for reading in typed.readings] == [9209]
    assert typed.readings[0].said


@pytest.mark.parametrize(("code", "query"), [(code, query) for code, table in WRONG.items() for query in lines(table)])
def test_what_is_wrong_is_told_by_name(code: str, query: str) -> None:
    typed = read(query)
    assert typed is not None
    assert (typed.trouble, typed.readings) == (code, ())


@pytest.mark.parametrize("query", lines(NOT_MEANT))
def test_numbers_of_another_kind_are_left_to_the_other_searches(query: str) -> None:
    assert read(query) is None


@pytest.mark.parametrize(
    ("query", "north_first"),
    [("2262291 587448", True), ("587448 2262291", False), ("20.45 106.34", True), ("106.34 20.45", False)],
)
def test_the_axis_order_is_said(query: str, north_first: bool) -> None:
    assert only(query).north_first is north_first


def test_a_zone_number_is_taken_off_and_said() -> None:
    assert (only("18 587 448 2262291").zone, only("2262291 48587448").zone) == ("18", "48")


def test_directions_against_the_numbers_are_noticed() -> None:
    reading = only("20.45044 E 106.34048 N")
    assert (reading.x, reading.y, reading.swapped) == (106.34048, 20.45044, True)


def test_a_named_datum_is_heeded() -> None:
    assert only("VN-2000 20.45044 106.34048").system.epsg == 4756
    assert {r.system.epsg for r in read("WGS84 UTM 639781 2262290").readings} == {32648, 32649}  # type: ignore[union-attr]


def test_there_are_more_than_enough_spellings() -> None:
    tables = [DECIMAL, SEXAGESIMAL, PLANE, NAMED, WHOLE, *WRONG.values(), NOT_MEANT]
    spellings = [query for table in tables for query in lines(table)]
    assert len(spellings) == len(set(spellings)) >= 120


def test_systems_are_known_by_code() -> None:
    own = by_epsg(9209)
    assert own is not None
    assert (own.meridian, own.zone_width) == (105.5, 3)


def test_a_parcel_code_decodes_to_its_place() -> None:
    # The example every description of GeoHash gives, a place in Jutland.
    assert decode("u4pruydqqvj8") == pytest.approx((10.40744, 57.64911), abs=1e-5)


@pytest.mark.parametrize(("typed", "code"), [("W7ES7G2NDVZ3", "w7es7g2ndvz3"), (" w7es7g2ndvz3 ", "w7es7g2ndvz3")])
def test_a_parcel_code_has_no_case(typed: str, code: str) -> None:
    assert code_in(typed) == code


@pytest.mark.parametrize("typed", ["w7es7g2ndvz", "w7es7g2ndvzaa", "w7es7g2ndvzl", "w7es7g2ndvz33"])
def test_a_code_with_a_slip_is_still_meant_as_one(typed: str) -> None:
    assert code_in(typed) is None
    assert is_meant_as_code(typed)


@pytest.mark.parametrize("typed", ["123456789012", "quocquocquoc", "tờ 45 thửa 1", "to45thua123x", "dong hung 12"])
def test_other_words_of_twelve_signs_are_no_code(typed: str) -> None:
    assert code_in(typed) is None
    assert not is_meant_as_code(typed)
