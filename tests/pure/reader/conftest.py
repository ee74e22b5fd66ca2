"""Every reading is watched: no connection, nothing left behind, the child within its time and memory."""

from __future__ import annotations

import resource
import socket
import tempfile
from collections.abc import Iterator
from typing import Any

import pytest

PROCESSOR_S, MEMORY_KB = 65.0, 1_536 * 1024
# A test may read several files one after the other.
READINGS_A_TEST = 3


@pytest.fixture(autouse=True)
def watched(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[object]]:
    """The connections made; a test that makes one itself, to compare, takes it out."""
    calls: list[object] = []
    connect = socket.socket.connect

    def noted(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX:
            calls.append(address)
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", noted)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    # A folder of the test's own: on this machine others may be reading as well.
    folder = tmp_path_factory.mktemp("temporary")
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield calls
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert calls == []
    assert not list(folder.glob("geoportal-reading-*"))
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime <= PROCESSOR_S * READINGS_A_TEST
    # The largest child ever: what another test started (a type checker, a browser) is not ours.
    assert after.ru_maxrss <= max(MEMORY_KB, before.ru_maxrss)
