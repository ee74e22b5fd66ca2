"""What tests of reported mistakes share: a right form, a photo, and everything that is stored."""

from __future__ import annotations

import io
import re
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from PIL import Image

PLANTED = "planted.address@example.vn"
GOOD = {"text": "Ranh phía nam sai: bờ ao đã dời.", "place": "", "contact": ""}


def photo(name: str = "a.jpg", said: bytes = b"") -> SimpleUploadedFile:
    written = io.BytesIO()
    told = Image.Exif()
    told[0x010F] = said.decode() or "Camera"
    Image.new("RGB", (300, 200), "green").save(written, "JPEG", exif=told.tobytes())
    return SimpleUploadedFile(name, written.getvalue(), "image/jpeg")


def send(client: Client, address: str, **said: Any) -> str:
    """Send a right form; its code."""
    answer = client.post(address, GOOD | said)
    assert answer.status_code == 302, answer.content.decode()
    return re.fullmatch(r"/mistakes/([-0-9A-Z]{19})\?sent=1", answer["Location"])[1]  # type: ignore[index]


def everything_stored() -> str:
    """Every table of the database as text."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'spatial_ref_sys'")
        found = []
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            found += [row for (row,) in cursor.fetchall()]
    return "\n".join(found)
