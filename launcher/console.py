"""What the operator reads: progress in plain words, errors in one sentence."""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import monotonic


class Stop(Exception):
    """Something the operator has to know or do; its text is the whole message."""


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


def succeed(command: Sequence[str | Path], problem: str, **options: object) -> str:
    """Run a program quietly; when it fails, stop with `problem` and the last lines that it wrote."""
    done = subprocess.run(  # type: ignore[call-overload]
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
