"""Runs as a program of its own: the web part with psycopg 3 hidden; prints what each address answered, as JSON."""

from __future__ import annotations

import json
import os
import sys


def main(addresses: list[str]) -> None:
    """Django is imported only after psycopg 3 is out of reach: it looks for it while it is imported."""
    sys.modules["psycopg"] = None  # type: ignore[assignment]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "geoportal.settings")

    import django

    django.setup()
    from django.db.backends.postgresql.psycopg_any import is_psycopg3
    from django.test import Client

    client = Client()
    answers = {address: client.get(address) for address in addresses}
    told = {address: [answer.status_code, answer.content.hex()] for address, answer in answers.items()}
    print(json.dumps({"psycopg3": is_psycopg3, "answers": told}))


if __name__ == "__main__":
    main(sys.argv[1:])
