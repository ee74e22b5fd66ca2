"""What the operator reads: progress in plain words, errors in one sentence."""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Any


class Stop(Exception):
    """Something the operator has to know or do; its text is the whole message."""


class Terminated(KeyboardInterrupt):
    """A service manager or a closed terminal ends us; unlike Ctrl-C, our children have not been told."""


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


@contextmanager
def step(text: str) -> Iterator[None]:
    """Say what begins, and how long it took when it is worth knowing."""
    say(text)
    begin = monotonic()
    yield
    if (seconds := monotonic() - begin) >= 1:
        say(f"  … {seconds:.1f} s")


def finish(process: "subprocess.Popen[Any]") -> int:
    """Wait for a child. What Ctrl-C means is its affair (psql cancels a question, pytest sums up)."""
    while True:
        try:
            return process.wait()
        except Terminated:
            process.terminate()
        except KeyboardInterrupt:
            continue


def succeed(command: Sequence[str | Path], problem: str, **options: object) -> str:
    """Run a program quietly; when it fails, stop with `problem` and the last lines that it wrote."""
    done = subprocess.run(  # type: ignore[call-overload]  # options passed on
        [os.fspath(word) for word in command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        **options,
    )
    if done.returncode:
        raise Stop("\n".join([problem, *done.stdout.strip().splitlines()[-12:]]))
    return str(done.stdout)
