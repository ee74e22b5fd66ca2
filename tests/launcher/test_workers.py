"""A worker that was killed is started again while the web server goes on."""

from __future__ import annotations

import json
import os
import subprocess
import threading
import time
from pathlib import Path

from launcher import serve
from launcher.places import Places


def test_a_worker_that_ends_is_started_again_and_the_web_server_decides_when_all_is_over(tmp_path: Path) -> None:
    web = serve.child(["sleep", "60"], dict(os.environ), tmp_path)
    dead = serve.child(["true"], dict(os.environ), tmp_path)
    dead.wait()
    started: list[subprocess.Popen[bytes]] = [web, dead]
    standing = threading.Thread(
        target=serve.stand_by, args=(started, [[], ["sleep", "60"]], dict(os.environ), Places(tmp_path)), daemon=True
    )
    standing.start()
    deadline = time.monotonic() + 20
    while started[1] is dead and time.monotonic() < deadline:
        time.sleep(0.05)
    assert started[1] is not dead and started[1].poll() is None
    told = json.loads((tmp_path / "worker-restarts.json").read_text())
    assert (told["restarts"], told["last_code"]) == (1, 0)
    web.terminate()
    standing.join(20)
    assert not standing.is_alive()
    started[1].terminate()
    started[1].wait()


def test_a_worker_that_dies_young_is_started_ever_later_and_one_that_lived_at_once() -> None:
    revival, now, pauses = serve.Revival(begun=0.0), 1.0, []
    for _ in range(9):
        died = now
        while not revival.is_due(now):
            now += 0.5
        pauses.append(now - died)
        revival.done(now)
        now += 1.0
    assert pauses == [0, 1, 2, 4, 8, 16, 32, 60, 60]
    assert revival.is_due(now + serve.LIVED_S)


def test_deliveries_and_batches_have_a_worker_of_their_own(tmp_path: Path) -> None:
    everything, waited_for = serve.workers(Places(tmp_path))
    assert "--queues" not in everything
    assert waited_for[-2:] == ["--queues", "desk,batches"]
