"""A file sent to the desk over a socket of one's own, so that the connection can be cut in the middle."""

from __future__ import annotations

import http.client
import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

BOUNDARY, TOKEN = "cut-off", "c" * 32
# More than the server holds in memory while it arrives, and nothing that a reader would be busy with.
SENT = os.urandom(3 * 1024 * 1024)


def form() -> bytes:
    head = "".join(
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in (("layer", "parcels"), ("commune", ""))
    )
    head += f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="files"; filename="dut.geojson"\r\n\r\n'
    return head.encode() + SENT + f"\r\n--{BOUNDARY}--\r\n".encode()


def begun(session: str, base_url: str, share: float) -> http.client.HTTPConnection:
    """A connection over which that share of the form was sent, as the officer's browser would."""
    body = form()
    sent = http.client.HTTPConnection(urlsplit(base_url).netloc, timeout=120)
    sent.putrequest("POST", "/desk/deliveries/new")
    for name, value in {
        "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
        "Content-Length": str(len(body)),
        "Cookie": f"desk={session}; csrftoken={TOKEN}",
        "X-CSRFToken": TOKEN,
        "Accept": "application/json",
    }.items():
        sent.putheader(name, value)
    sent.endheaders()
    sent.send(body[: int(len(body) * share)])
    return sent


def answer(sent: http.client.HTTPConnection) -> tuple[int, Any]:
    told = sent.getresponse()
    return told.status, json.loads(told.read())


def lying() -> set[Path]:
    """Every file of a delivery, on its way in or arrived."""
    found = (Path(settings.DATA_DIR) / folder for folder in ("arriving", "desk"))
    return {path for folder in found for path in folder.rglob("*") if path.is_file()}


def wait_until(true: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + 120
    while not true():
        assert time.monotonic() < deadline, what
        time.sleep(0.02)
