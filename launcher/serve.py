"""The web server: gunicorn on one address, from the moment the port is known to be free until Ctrl-C."""

import argparse
import ctypes
import errno
import http.client
import json
import signal
import socket
import subprocess
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from launcher.console import Stop, say
from launcher.places import Places

WORKERS, THREADS = 2, 4
PATIENCE_S = 120
BREATH_S = 0.5
# A worker that died is started again at once, then after 1, 2, 4 … seconds; one that lived so long begins anew.
FIRST_PAUSE_S, LONGEST_PAUSE_S, LIVED_S = 1.0, 60.0, 60.0
PR_SET_PDEATHSIG = 1  # prctl(2): the signal that a process gets when its parent is gone
# Told where the machine does not permit `unshare -rn`; a file's other bounds hold all the same.
NOT_CUT_OFF = (
    "This machine does not let a process be cut off from the network (unshare -rn): files that are sent in are read"
    " within all other bounds. REQUIRE_NAMESPACE=True refuses them instead."
)


@dataclass(frozen=True)
class Address:
    host: str
    port: int

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}"

    def obstacle(self) -> OSError | None:
        """Why nobody can listen here, if so."""
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((self.host, self.port))
            except OSError as problem:
                return problem
        return None

    @property
    def reachable(self) -> str:
        return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104 (read, not bound)

    def answers(self) -> bool:
        """Whether a request gets an answer: the socket listens long before the programs behind it are loaded."""
        asked = http.client.HTTPConnection(self.reachable, self.port, timeout=5)
        try:
            asked.request("GET", "/health/live")
            asked.getresponse()
        except (OSError, http.client.HTTPException):
            return False
        finally:
            asked.close()
        return True

    def health(self) -> dict[str, Any]:
        """What `/health` tells; nothing where it does not answer."""
        asked = http.client.HTTPConnection(self.reachable, self.port, timeout=10)
        try:
            asked.request("GET", "/health")
            told: dict[str, Any] = json.loads(asked.getresponse().read())
        except (OSError, http.client.HTTPException, ValueError):
            return {}
        finally:
            asked.close()
        return told


def read_words(arguments: list[str]) -> argparse.Namespace:
    """The words after `run`: host, port, demo (an empty portal gets it), worker (runs beside the web server)."""
    parser = argparse.ArgumentParser(prog="./portal run")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=port_number, default=8000)
    parser.add_argument("--no-demo", dest="demo", action="store_false", help="leave an empty portal empty")
    parser.add_argument("--no-worker", dest="worker", action="store_false", help="only the web server")
    return parser.parse_args(arguments)


def port_number(word: str) -> int:
    if not 0 < int(word) < 65536:
        raise ValueError
    return int(word)


def refuse_taken_port(address: Address) -> None:
    obstacle = address.obstacle()
    if obstacle is None:
        return
    if obstacle.errno != errno.EADDRINUSE:
        raise Stop(f"The portal cannot listen on {address.host}:{address.port}: {obstacle.strerror}.")
    others = (Address(address.host, port) for port in range(address.port + 1, min(address.port + 100, 65536)))
    free = next((other.port for other in others if other.obstacle() is None), None)
    advice = f"Try: ./portal run --port {free}" if free else "Choose another with --port."
    raise Stop(f"Something else already listens on {address.host}:{address.port}. {advice}")


def serve(places: Places, address: Address, settings: dict[str, str], with_worker: bool) -> int:
    """Serve until stopped; the web server finishes what it answers, the worker leaves what it renders for later."""
    say("Starting the web server")
    started = [child(gunicorn(places, address), settings, places.root)]
    try:
        wait_until_it_answers(started[0], address)
        print(f"The portal is at {address.url} (Ctrl-C stops it)", flush=True)
        tell_how_files_are_read(address)
        if with_worker:
            for command in workers(places):
                started.append(child(command, settings, places.root))
        return stand_by(started, [[], *workers(places)], settings, places)
    except KeyboardInterrupt:
        say("\nStopping the web server")
        return 0
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.wait()


def tell_how_files_are_read(address: Address) -> None:
    if not address.health().get("reading", {}).get("network_cut_off", True):
        say(NOT_CUT_OFF)


def child(command: list[str], settings: dict[str, str], folder: Path) -> subprocess.Popen[bytes]:
    """A process that the terminal's Ctrl-C does not reach (we end it in good order) and that never outlives us."""

    def end_with_us() -> None:
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)

    return subprocess.Popen(command, env=settings, cwd=folder, start_new_session=True, preexec_fn=end_with_us)


@dataclass
class Revival:
    """When a worker that died is started again: at once, then ever later while it dies young. Times are monotonic."""

    begun: float = field(default_factory=time.monotonic)
    died: float | None = None
    pause: float = 0.0

    def is_due(self, now: float) -> bool:
        """Asked while it is dead; the first time says when that was found."""
        if self.died is None:
            self.died = now
            if now - self.begun >= LIVED_S:
                self.pause = 0.0
        return now - self.died >= self.pause

    def done(self, now: float) -> None:
        self.begun, self.died = now, None
        self.pause = min(max(2 * self.pause, FIRST_PAUSE_S), LONGEST_PAUSE_S)


def stand_by(
    started: list[subprocess.Popen[bytes]], commands: list[list[str]], settings: dict[str, str], places: Places
) -> int:
    """Wait for the web server to end; a worker that was killed is started again, its job goes on from its queue."""
    revivals = [Revival() for _ in started]
    restarts = 0
    tell_restarts(places.data, restarts)
    while (status := started[0].poll()) is None:
        for at, process in enumerate(started[1:], 1):
            now = time.monotonic()
            if process.poll() is not None and revivals[at].is_due(now):
                started[at] = child(commands[at], settings, places.root)
                revivals[at].done(now)
                restarts += 1
                tell_restarts(places.data, restarts, process.returncode)
        time.sleep(BREATH_S)
    return status


def tell_restarts(data: Path, restarts: int, code: int | None = None) -> None:
    """For `/health`: how many workers had to be started again since this start, the last one when and after what."""
    said = {"restarts": restarts, "last_at": datetime.now(UTC).isoformat() if restarts else None, "last_code": code}
    data.mkdir(parents=True, exist_ok=True)
    file = data / "worker-restarts.json"
    file.with_suffix(".new").write_text(json.dumps(said))
    file.with_suffix(".new").replace(file)


def worker(places: Places, *options: str) -> list[str]:
    """What works in the background (rendering tiles ahead), so politely that nobody who asks has to wait for it."""
    manage = [str(places.python), str(places.root / "manage.py")]
    usual = ["--shutdown-graceful-timeout", "5", "--delete-jobs", "successful"]
    return ["nice", "-n", "10", *manage, "procrastinate", "worker", *usual, *options]


def workers(places: Places) -> list[list[str]]:
    """Two: who waits for a file or a batch of sites must not wait for a province of tiles."""
    return [worker(places), worker(places, "--queues", "desk,batches")]


def gunicorn(places: Places, address: Address) -> list[str]:
    shared_memory = Path("/dev/shm")  # noqa: S108 (gunicorn's heartbeat files: never on a slow disk)
    host = f"[{address.host}]" if ":" in address.host else address.host
    return [
        *(str(places.python), "-m", "gunicorn", "geoportal.wsgi:application"),
        *("--bind", f"{host}:{address.port}"),
        *("--worker-class", "gthread", "--workers", str(WORKERS), "--threads", str(THREADS)),
        *(("--worker-tmp-dir", str(shared_memory)) if shared_memory.is_dir() else ()),
        *("--log-level", "warning", "--graceful-timeout", "10", "--no-control-socket"),
    ]


def wait_until_it_answers(server: subprocess.Popen[bytes], address: Address) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not address.answers():
        if server.poll() is not None:
            raise Stop("The web server stopped at once; what it said stands above.")
        if time.monotonic() > deadline:
            server.terminate()
            raise Stop(f"The web server does not answer on {address.url}.")
        time.sleep(0.05)
