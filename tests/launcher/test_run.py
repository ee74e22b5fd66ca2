"""./portal run, from the outside: it serves, refuses a second one, and leaves nothing running."""

import os
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from launcher.cluster import Cluster
from launcher.places import ROOT
from launcher.serve import Address


@pytest.fixture
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@pytest.fixture
def running(kept_cluster: Cluster, port: int) -> Iterator[subprocess.Popen[str]]:
    """A portal without data that has said its address."""
    process = start(kept_cluster.data, port)
    yield process
    if process.poll() is None:
        process.terminate()
        process.wait(120)


def start(data: Path, port: int) -> subprocess.Popen[str]:
    """In a process group of its own, as a terminal would."""
    clean = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    command = [ROOT / "portal", "--data", data, "run", "--yes", "--no-demo", "--port", str(port)]
    process = subprocess.Popen(command, env=clean, stdout=subprocess.PIPE, text=True, start_new_session=True)
    assert process.stdout is not None
    assert process.stdout.readline() == f"The portal is at http://127.0.0.1:{port} (Ctrl-C stops it)\n"
    return process


@pytest.mark.parametrize(
    "stop",
    [
        pytest.param(lambda process: os.killpg(process.pid, signal.SIGINT), id="ctrl-c"),
        pytest.param(lambda process: process.send_signal(signal.SIGTERM), id="a service manager"),
    ],
)
def test_it_serves_until_it_is_stopped_and_leaves_nothing_running(
    kept_cluster: Cluster,
    port: int,
    running: subprocess.Popen[str],
    stop: Callable[[subprocess.Popen[str]], None],
) -> None:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/live", timeout=10) as answer:
        assert answer.status == 200
    second = subprocess.run([ROOT / "portal", "run", "--port", str(port)], capture_output=True, text=True, check=False)
    assert (second.returncode, "already listens" in second.stderr) == (1, True)
    assert kept_cluster.process() is not None
    stop(running)
    assert running.wait(120) == 0
    assert kept_cluster.process() is None
    socket.create_server(("127.0.0.1", port)).close()


def test_killed_outright_it_takes_its_web_server_along_and_starts_again(
    kept_cluster: Cluster, port: int, running: subprocess.Popen[str]
) -> None:
    running.kill()
    running.wait(120)
    deadline = time.monotonic() + 120
    while Address("127.0.0.1", port).obstacle():
        assert time.monotonic() < deadline
    again = start(kept_cluster.data, port)
    again.terminate()
    assert again.wait(120) == 0
