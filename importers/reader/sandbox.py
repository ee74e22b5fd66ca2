"""Starts the child process for one file and hands its frames over; ends it when it takes too long."""

import functools
import logging
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import IO, BinaryIO, cast

from importers.reader import drivers, stream
from importers.reader.limits import Limits
from importers.reader.outcome import Refused

log = logging.getLogger("importers.reader")

ROOT = Path(__file__).resolve().parents[2]
# -I: nothing from the caller's folder, environment or home decides what is imported.
_START = "import sys; sys.path.append(sys.argv[1]); from importers.reader.worker import main; main(sys.argv[2:])"
_LOGGED = 2_000  # characters of the child's complaints that go to the log


@functools.cache
def namespace_command() -> tuple[str, ...]:
    """The command that cuts a child off from the network, or () where the system does not permit it."""
    program = shutil.which("unshare")
    if program is None:
        return ()
    command = (program, "-rn", "--")
    try:
        tried = subprocess.run([*command, "true"], capture_output=True, timeout=10, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ()
    return command if tried.returncode == 0 else ()


def is_network_cut_off() -> bool:
    """Whether this machine lets us start a child without a network; for the health page."""
    return bool(namespace_command())


def environment(folder: Path) -> dict[str, str]:
    """All the child knows of its surroundings: no password, no proxy, no home."""
    return {
        "PATH": "/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "TMPDIR": str(folder),
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        **drivers.ENVIRONMENT,
    }


class Child:
    """A started child. Use as a context: it is ended and its complaints are logged on the way out."""

    def __init__(self, job: Path, scratch: Path, limits: Limits, start: str | None = None) -> None:
        if limits.require_namespace and not namespace_command():
            raise Refused("namespace-required")
        self._folder = scratch / "work"
        self._folder.mkdir()
        self._errors: IO[bytes] = (scratch / "stderr").open("w+b")
        self._late = False
        self._process = subprocess.Popen(
            [*namespace_command(), sys.executable, "-I", "-W", "ignore", "-c", start or _START, str(ROOT), str(job)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            cwd=self._folder,
            env=environment(self._folder),
            start_new_session=True,
        )
        self._timer = threading.Timer(limits.wall, self._too_late)
        self._timer.daemon = True
        self._timer.start()
        self._most = limits.stream

    def __enter__(self) -> "Child":
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        self._kill()
        self._process.wait()
        cast(BinaryIO, self._process.stdout).close()
        self._log()

    def frames(self) -> Iterator[tuple[bytes, bytes]]:
        """The child's frames; raises Refused when it was cut short by a limit or died."""
        try:
            yield from stream.frames(cast(BinaryIO, self._process.stdout), self._most)
        except stream.TooMuch:
            raise Refused("too-heavy") from None
        except stream.CutOff:
            raise self.died() from None

    def died(self) -> Refused:
        """Why a child that said nothing to the end is gone."""
        try:
            code = self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            return Refused("reader-failed")
        if self._late:
            return Refused("too-slow")
        log.warning("the reading process ended with code %s", code)
        return Refused("too-heavy" if code in (-signal.SIGXCPU, -signal.SIGKILL) else "reader-failed")

    def _too_late(self) -> None:
        self._late = True
        self._kill()

    def _kill(self) -> None:
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)

    def _log(self) -> None:
        self._errors.seek(0)
        said = self._errors.read(_LOGGED).decode("utf-8", "replace").strip()
        self._errors.close()
        if said:
            log.warning("the reading process said: %s", said)
