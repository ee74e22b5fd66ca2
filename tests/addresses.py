"""The address of another database on the server that the tests run on."""

from __future__ import annotations

import os
from typing import Any

import psycopg
from django.conf import settings


def address_of(name: str) -> str:
    """`DATABASE_URL` with the database's name in it; host or socket, port and user stay as they stand there."""
    return os.environ["DATABASE_URL"].rpartition("/")[0] + f"/{name}"


def connect(name: str) -> psycopg.Connection[Any]:
    """A connection of its own to a database of that name, each statement a transaction."""
    known = settings.DATABASES["default"]
    keys = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD"}
    access: dict[str, Any] = {key: known[setting] for key, setting in keys.items() if known.get(setting)}
    return psycopg.connect(dbname=name, autocommit=True, **access)
