"""The address of another database on the server that the tests run on."""

from __future__ import annotations

import os


def address_of(name: str) -> str:
    """`DATABASE_URL` with the database's name in it; host or socket, port and user stay as they stand there."""
    return os.environ["DATABASE_URL"].rpartition("/")[0] + f"/{name}"
