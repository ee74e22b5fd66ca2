"""The press: a process beside the web process that lays out, embeds and signs. It starts with the first sheet.

WeasyPrint and pyHanko take a second to load and tens of megabytes; a web process that never prints has neither. The
press holds the key, has no database and fetches nothing but the portal's own fonts. It takes one line of JSON a sheet
and answers with one; it ends when its input does, or after `SHEETS` sheets, so that what libraries keep stays small.
"""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Lock, Timer
from typing import Any

from django.conf import settings

from exports.sheets.keys import SigningKey, signing_key

log = logging.getLogger("exports.sheets")

ROOT = Path(__file__).resolve().parents[2]
# -I: nothing from the caller's folder or environment decides what is imported.
START = "import sys; sys.path.append(sys.argv[1]); from exports.sheets.press_child import main; main()"
SHEETS = 500
SECONDS = 60


class PressFailed(Exception):
    """The press died, took too long or could not open the key; the log says which."""


class NoTimestamp(PressFailed):
    """The timestamp authority did not answer as it should; the press itself is well."""


@dataclass(frozen=True)
class Printed:
    """A signed PDF and the certificate (DER) it was signed with."""

    pdf: bytes
    certificate: bytes
    is_demonstration: bool
    is_timestamped: bool


class Press:
    """One child process of this one, started when needed. Several threads take turns."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.child: subprocess.Popen[str] | None = None
        self.left = 0

    @contextmanager
    def turn(self) -> Iterator[Callable[..., Printed]]:
        """Wait for one's turn and for a press that is ready; yields `print`. Raises PressFailed."""
        key = signing_key()
        with self.lock:
            self.start(key)
            yield partial(self.print, key)

    def print(self, key: SigningKey, *, html: str, title: str, twin: bytes, reason: str, moment: str) -> Printed:
        """Lay out a page of HTML, attach the answer's JSON, sign. Raises PressFailed."""
        words = {"html": html, "title": title, "twin": b64encode(twin).decode(), "reason": reason, "moment": moment}
        said = self.ask(words)
        self.left -= 1
        return Printed(
            b64decode(said["pdf"]), b64decode(said["certificate"]), key.is_demonstration, bool(key.timestamps)
        )

    def start(self, key: SigningKey) -> None:
        """A child that has loaded its libraries and opened the key, the one that runs or a new one."""
        if self.child and self.child.poll() is None and self.left > 0:
            return
        self.close()
        self.left = SHEETS
        self.child = subprocess.Popen(
            [sys.executable, "-I", "-c", START, str(ROOT)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8", env=environment(),
        )  # fmt: skip
        self.ask(key.as_words())

    def ask(self, words: dict[str, Any]) -> dict[str, Any]:
        """One line to the child, one line back."""
        answer = ""
        if self.child and self.child.stdin and self.child.stdout:
            late = Timer(SECONDS, self.child.kill)
            late.start()
            try:
                self.child.stdin.write(json.dumps(words) + "\n")
                self.child.stdin.flush()
                answer = self.child.stdout.readline()
            except BrokenPipeError:
                log.debug("the press was gone")
            finally:
                late.cancel()
        said: dict[str, Any] = json.loads(answer or '{"error": "the press ended without an answer"}')
        if "error" in said:
            log.error("the press could not print: %s", said["error"])
            if said.get("lacks") == "timestamp":
                raise NoTimestamp
            self.close()
            raise PressFailed
        return said

    def close(self) -> None:
        if self.child is None:
            return
        for pipe in (self.child.stdin, self.child.stdout):
            if pipe:
                with suppress(BrokenPipeError):
                    pipe.close()
        self.child.kill()
        self.child.wait()
        self.child = None


def environment() -> dict[str, str]:
    """All the press knows of its surroundings; fontconfig wants a place for its cache."""
    cache = Path(settings.DATA_DIR) / "sheets" / "cache"
    cache.mkdir(parents=True, exist_ok=True)
    return {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "XDG_CACHE_HOME": str(cache)}


press = Press()
