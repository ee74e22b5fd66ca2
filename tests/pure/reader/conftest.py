"""Every reading is watched: no connection, nothing left behind, the child within its time and memory."""

from __future__ import annotations

import resource
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

PROCESSOR_S, MEMORY_KB = 65.0, 1_536 * 1024


@pytest.fixture(autouse=True)
def watched(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[object]]:
    """The connections made; a test that makes one itself, to compare, takes it out. Children of earlier tests count for
    memory, too: the largest of all must stay below the limit."""
    calls: list[object] = []
    connect = socket.socket.connect

    def noted(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX:
            calls.append(address)
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", noted)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    left = scratch_folders()
    yield calls
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert calls == []
    assert scratch_folders() <= left
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime <= PROCESSOR_S * READINGS_A_TEST
    assert after.ru_maxrss <= MEMORY_KB


# A test may read several files one after the other.
READINGS_A_TEST = 3


def scratch_folders() -> set[Path]:
    return set(Path(tempfile.gettempdir()).glob("geoportal-reading-*"))
