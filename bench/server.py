"""The portal as it is really served, on a port of its own: same program, workers and threads as ./portal run."""

from __future__ import annotations

import http.client
import os
import re
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from launcher import serve
from launcher.places import Places

# Nobody may be sent away while we measure, and no tile may come from an archive rendered ahead.
NO_LIMITS = {"RATE_PAGES": "0", "RATE_TILES": "0", "LOG_LEVEL": "WARNING"}
SERVER_TIME = re.compile(r"app;dur=([0-9.]+)")


@dataclass(frozen=True)
class Answer:
    """`server_ms`: what the portal itself took, as it says in Server-Timing."""

    status: int
    body: bytes
    server_ms: float


class Client:
    """One connection, kept open, that understands gzip."""

    def __init__(self, port: int, host: str = "127.0.0.1") -> None:
        self.connection = http.client.HTTPConnection(host, port, timeout=60)

    def get(self, address: str, sent: bytes | None = None) -> Answer:
        """`sent`: a JSON body, which makes it a POST."""
        try:
            response = self.ask(address, sent)
        except (http.client.RemoteDisconnected, ConnectionError):
            # Idle for a while, the server hangs up; a browser asks once more as well.
            self.connection.close()
            response = self.ask(address, sent)
        body = response.read()
        told = SERVER_TIME.search(response.getheader("Server-Timing", ""))
        return Answer(response.status, body, float(told[1]) if told else 0.0)

    def ask(self, address: str, sent: bytes | None) -> http.client.HTTPResponse:
        headers = {"Accept-Encoding": "gzip"} | ({"Content-Type": "application/json"} if sent else {})
        self.connection.request("POST" if sent else "GET", address, sent, headers)
        return self.connection.getresponse()


@dataclass(frozen=True)
class Server:
    port: int

    def client(self) -> Client:
        return Client(self.port)


@contextmanager
def serving() -> Iterator[Server]:
    with tempfile.TemporaryDirectory(prefix="bench") as folder:
        places, address = Places(Path(folder)), serve.Address("127.0.0.1", free_port())
        settings = {**os.environ, "PORTAL_DATA": folder, **NO_LIMITS}
        with subprocess.Popen(serve.gunicorn(places, address), env=settings, cwd=places.root) as server:
            try:
                serve.wait_until_it_answers(server, address)
                yield Server(urlsplit(address.url).port or 0)
            finally:
                server.terminate()
                server.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
