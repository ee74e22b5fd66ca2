"""Databases that take long to make are made once in a run of the tests; who needs one takes a copy."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.addresses import address_of, connect

ROOT = Path(__file__).resolve().parent.parent
# Set by the process that starts the run, and inherited by its workers.
RUN = "PORTAL_TEST_RUN"


def made_once(kind: str, make: Callable[[str], None]) -> str:
    """The name of this run's database of a kind. `make` makes it under the name it is given, and leaves no session."""
    name = f"{ours()}{kind}"
    with connect("postgres") as server:
        server.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", [name])
        if server.execute("SELECT FROM pg_database WHERE datname = %s", [name]).fetchone() is None:
            drop(half_made := f"{name}_half_made")
            make(half_made)
            server.execute(f'ALTER DATABASE "{half_made}" RENAME TO "{name}"')
    return name


def migrated() -> str:
    """The tables of this release, empty."""

    def make(name: str) -> None:
        copy("template1", name)
        manage(address_of(name), "migrate", "--verbosity", "0")

    return made_once("migrated", make)


def copy(template: str, name: str) -> None:
    with connect("postgres") as server:
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')


def drop(name: str) -> None:
    with connect("postgres") as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@contextmanager
def copied(template: str, name: str) -> Iterator[str]:
    """The name of a copy, dropped at the end."""
    drop(name)
    copy(template, name)
    try:
        yield name
    finally:
        drop(name)


def drop_all() -> None:
    """At the end of the run."""
    with connect("postgres") as server:
        made = server.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [ours()]).fetchall()
    for (name,) in made:
        drop(name)


def ours() -> str:
    return f"test_run_{os.environ[RUN]}_"


def manage(address: str, *words: str, **settings: str) -> None:
    command = [sys.executable, "manage.py", *words]
    told = {**os.environ, "DATABASE_URL": address, **settings}
    done = subprocess.run(command, cwd=ROOT, env=told, capture_output=True, text=True)
    assert done.returncode == 0, f"{command}\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}"
