"""What holds for every test: the databases a run makes once, and in which order the files begin."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress

import psycopg
import pytest
from django.conf import settings
from django.db import connections
from pytest_django.plugin import DjangoDbBlocker

from tests import templates

# What takes longest begins first, so that at the end no worker waits for another; within it, and after it, as before.
# One of the browser's files alone goes first: while its worker makes the demo, the other has something else to do.
FIRST = ("tests/browser/test_desk.py", "tests/test_lint.py", "tests/launcher/", "tests/browser/")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: turn(item.nodeid))


def turn(nodeid: str) -> int:
    return next((at for at, start in enumerate(FIRST) if nodeid.startswith(start)), len(FIRST))


def pytest_configure(config: pytest.Config) -> None:
    if is_worker(config):
        return
    os.environ[templates.RUN] = str(os.getpid())  # the workers, started later, inherit it


def pytest_unconfigure(config: pytest.Config) -> None:
    if is_worker(config):
        return
    with suppress(psycopg.OperationalError):  # no server: then nothing was made
        templates.drop_all()


def is_worker(config: pytest.Config) -> bool:
    return hasattr(config, "workerinput")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, pytestconfig: pytest.Config
) -> None:
    """Workers copy one migrated database. A process alone would gain nothing by it."""
    if is_worker(pytestconfig):
        settings.DATABASES["default"].setdefault("TEST", {})["TEMPLATE"] = templates.migrated()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The roles that mirror the first connection have sessions of their own, which Django leaves open."""
    yield
    with django_db_blocker.unblock():
        connections.close_all()
