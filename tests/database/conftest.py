"""Tests against a real PostGIS. Each says `pytestmark = pytest.mark.django_db(databases="__all__")`."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connections
from pytest_django.plugin import DjangoDbBlocker

from tests.database.sheet_ground import address, one_press, pdf, sheet_ground  # noqa: F401 (fixtures)

ROLES = ("publish", "tiles")


@pytest.fixture(scope="module", autouse=True)
def one_connection(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """What a test publishes stays in its own transaction, so all roles of the portal must read through that one."""
    with django_db_blocker.unblock(), connections["default"].cursor() as cursor:
        cursor.execute("SET statement_timeout = '60s'")  # a publisher's patience, not a visitor's
        # A test is one transaction, also while a sheet is printed on a busy machine.
        cursor.execute("SET idle_in_transaction_session_timeout = '120s'")
        own = {role: connections[role] for role in ROLES}
    for role in ROLES:
        connections[role] = connections["default"]
    yield
    for role in ROLES:
        connections[role] = own[role]
