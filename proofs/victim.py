"""One import and publication in a process of its own, which stops at a named point to be killed there.

`python -m proofs.victim FILE [POINT]`: says `at POINT` and waits to be killed, or to be told to go on. Without a point
it runs to the end and says the number of the revision, or `nothing` when there was nothing left to do.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "geoportal.settings")
    django.setup()

from importers import pipeline, reader
from importers.delivering import publishable
from importers.outlines import published_ground
from importers.pipeline import context_of, understand
from importers.publish import Delivery, publish, publishing, rows, staging, twins
from importers.reader import frame as gathering
from importers.reader import reading, sandbox
from importers.steps.context import Choices
from layers import catalogue

LAYER = "groundwater-zones"
FRAMES = 4  # the delivery is published in so many pieces, so that COPY has a middle

# Where it may stop: the thing whose call is waited for, and whether before it or after.
Stop = tuple[Any, str, str]
POINTS: dict[str, Stop] = {
    "the reading process starts": (sandbox.Child, "__init__", "after"),
    "the first features arrive": (gathering.Gathering, "add", "before"),
    "the file is read": (reading, "_reading", "after"),
    "the checks are done": (pipeline, "placed", "after"),
    "the lock is taken": (publishing, "hold_lock", "after"),
    "half of the rows are copied": (staging, "lines", "before"),
    "the difference is known": (publishing, "differ", "after"),
    "old rows are closed": (rows, "close", "after"),
    "new rows are opened": (rows, "open_versions", "after"),
    "the twins have followed": (twins, "follow", "after"),
}


def stop_at(point: str, stop: Stop) -> None:
    owner, name, when = stop
    usual: Callable[..., Any] = getattr(owner, name)
    calls = 0

    def watched(*said: Any, **named: Any) -> Any:
        nonlocal calls
        calls += 1
        if when == "before" and calls == (FRAMES // 2 if name == "lines" else 1):
            wait(point)
        result = usual(*said, **named)
        if when == "after" and calls == 1:
            wait(point)
        return result

    setattr(owner, name, watched)


def wait(point: str) -> None:
    print(f"at {point}", flush=True)
    sys.stdin.readline()


def deliver(file: Path) -> str:
    layer = catalogue.get(LAYER)
    read = reader.read(file)
    understood = understand(read.frame, context_of(read, layer, Choices(crs="EPSG:9209"), published_ground()))
    if understood.open:
        return f"open: {sorted({finding.code for finding in understood.open})}"
    frame = publishable(understood.frame, layer)
    size = -(-len(frame) // FRAMES)
    frames = (frame[at : at + size] for at in range(0, len(frame), size))
    revision = publish(layer, frames, Delivery(file.name, read.sha256, "proof"), whole_layer=True)
    return str(revision.number) if revision else "nothing"


if __name__ == "__main__":
    if len(sys.argv) > 2:
        stop_at(sys.argv[2], POINTS[sys.argv[2]])
    print(deliver(Path(sys.argv[1])), flush=True)
