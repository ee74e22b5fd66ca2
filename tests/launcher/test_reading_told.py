"""A machine that does not let a process be cut off from the network: said at the start, from what `/health` tells."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from launcher import serve


@contextmanager
def portal(body: bytes) -> Iterator[serve.Address]:
    """A web server that tells this at every address."""

    class Health(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(503)  # a portal without data is not well, and tells all the same
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing."""

    with HTTPServer(("127.0.0.1", 0), Health) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield serve.Address("127.0.0.1", server.server_port)
        server.shutdown()


@pytest.mark.parametrize(
    ("told", "is_said"),
    [({"reading": {"network_cut_off": False}}, True), ({"reading": {"network_cut_off": True}}, False), ({}, False)],
)
def test_it_is_said_where_it_is_so(told: dict[str, object], is_said: bool, capfd: pytest.CaptureFixture[str]) -> None:
    with portal(json.dumps(told).encode()) as address:
        serve.tell_how_files_are_read(address)
    said = "".join(capfd.readouterr())
    assert ("unshare -rn" in said) is is_said


def test_a_portal_that_does_not_answer_says_nothing_of_it(capfd: pytest.CaptureFixture[str]) -> None:
    serve.tell_how_files_are_read(serve.Address("127.0.0.1", 1))
    assert "".join(capfd.readouterr()) == ""
