"""A worker that is killed in the middle of a delivery: within 90 seconds another one has made up for it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.addresses import connect
from tests.browser.conftest import environment
from tests.browser.desk_files import sheet
from tests.browser.helpers import ROOT

AT_MOST_S = 90
RECEIVE = """
import sys
from pathlib import Path
from django.core.files.uploadedfile import SimpleUploadedFile
from desk import choices, queueing, store
from desk.accounts import add_officer
from desk.models import Delivery
from django.contrib.auth.models import User
add_officer("hoa", "Hoa", [("editor", "", "")], "test")
file = Path("{file}")
folder = store.new_folder()
sha256, size = store.receive(folder, [SimpleUploadedFile(file.name, file.read_bytes())])
delivery = Delivery.objects.create(layer_slug="parcels", name=file.name, sender=User.objects.get(username="hoa"),
    size=size, sha256=sha256, folder=folder, choices=choices.NOTHING)
queueing.hand_over(delivery)
"""


def worker(settings: dict[str, str]) -> subprocess.Popen[bytes]:
    command = [sys.executable, "manage.py", "procrastinate", "worker", "--queues", "desk"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen(command, cwd=ROOT, env=settings, start_new_session=True, **quiet)


def wait(what: Callable[[], Any], seconds: float, every: float = 0.05) -> float:
    """Wait for an event; how long it took."""
    started = time.monotonic()
    while not what():
        assert time.monotonic() - started < seconds, "it did not happen in time"
        time.sleep(every)
    return time.monotonic() - started


def test_a_killed_worker_is_made_up_for(database: str, tmp_path: Path) -> None:
    file, _ = sheet(database, tmp_path, place=3)
    settings = {**environment(database), "PORTAL_DATA": str(tmp_path / "data")}
    script = RECEIVE.replace("{file}", str(file))
    subprocess.run([sys.executable, "manage.py", "shell", "-c", script], cwd=ROOT, env=settings, check=True)
    with connect(database.rpartition("/")[2]) as connection:

        def state() -> str:
            rows = connection.execute("SELECT state FROM desk_delivery WHERE name = %s", (file.name,)).fetchall()
            return str(rows[0][0])

        first = worker(settings)
        wait(lambda: state() == "reading", 60)
        os.killpg(first.pid, signal.SIGKILL)
        first.wait()
        assert state() == "reading"
        second = worker(settings)
        try:
            took = wait(lambda: state() == "choosing", AT_MOST_S, every=0.5)
        finally:
            second.terminate()
            second.wait(20)
    assert took < AT_MOST_S
