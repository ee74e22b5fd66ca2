"""What is kept between answers never outlives the edition it was read of; a page reads one moment of the database."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connections
from pytest_django.plugin import DjangoDbBlocker

from layers.ground.admin_units import ADMIN_UNITS, NEW
from layers.ground.parcels import PARCELS
from layers.queries.snapshots import newest, reading
from layers.report.canonical import dumps
from tests.database.province import Row, ask, deliver, finding, parcel, survey

in_a_transaction = pytest.mark.django_db(databases="__all__")


def commune(name: str) -> Row:
    return {
        "edition": NEW, "code": "12817", "name": name, "level": "Xã", "province_code": "33",
        "province": "Tỉnh Hưng Yên",
    }  # fmt: skip


@in_a_transaction
def test_a_commune_that_was_renamed_is_told_by_the_name_it_had_then() -> None:
    deliver(PARCELS, parcel(1))
    deliver(ADMIN_UNITS, commune("Xã Trước"))
    then = newest()
    assert [ask().parcel.commune for _ in range(2)] == ["Xã Trước"] * 2
    deliver(ADMIN_UNITS, commune("Xã Sau"))
    assert (ask().parcel.commune, ask(at=then).parcel.commune) == ("Xã Sau", "Xã Trước")


@in_a_transaction
def test_a_survey_that_was_corrected_is_told_as_it_stood_then() -> None:
    deliver(PARCELS, parcel(1))
    deliver("coverage", survey("groundwater-zones", source="Lần đầu"))
    deliver(
        "groundwater-zones", {"code": "x", "name": "Xa", "kind": "1", "aquifer": "qp", "geometry": parcel()["geometry"]}
    )
    then, first = newest(), dumps(ask())
    deliver("coverage", survey("groundwater-zones", source="Lần sau"))
    assert [one.source for one in finding(ask(), "groundwater-zones").surveys] == ["Lần sau"]
    assert dumps(ask(at=then)) == first


@pytest.fixture
def outside(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The database without a transaction around the test, and nothing written."""
    with django_db_blocker.unblock():
        yield


def told(words: str) -> str:
    with connections["default"].cursor() as cursor:
        cursor.execute(f"SHOW {words}")
        return str(cursor.fetchone()[0])


def test_a_page_reads_one_moment_and_the_connection_is_as_before(outside: None) -> None:
    connections["default"].ensure_connection()
    before = told("transaction_isolation"), told("transaction_read_only")
    with reading():
        assert (told("transaction_isolation"), told("transaction_read_only")) == ("repeatable read", "on")
    assert (told("transaction_isolation"), told("transaction_read_only")) == before == ("read committed", "off")


def test_a_page_that_breaks_leaves_the_connection_as_before(outside: None) -> None:
    with pytest.raises(ZeroDivisionError), reading():
        newest()
        raise ZeroDivisionError
    assert (told("transaction_isolation"), told("transaction_read_only")) == ("read committed", "off")
