"""A check of a firm's file in a process of its own: what is heavy or breaks ends there, not in the web server."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from pathlib import Path
from typing import Any

from desk import store
from geoportal.problems import Problem
from importers.reader.limits import GIGABYTE, MEGABYTE

log = logging.getLogger("desk.apart")
ROOT = Path(__file__).resolve().parent.parent
# Seconds on the clock and of one core, bytes of address space, bytes of answer.
WALL, PROCESSOR, MEMORY, ANSWER = 110, 90, 3 * GIGABYTE, 64 * MEGABYTE


def examine(folder: str, layer: str, said: dict[str, Any]) -> dict[str, Any]:
    """`desk.examining.examine`, bounded. Raises Problem when it came to no end."""
    command = [sys.executable, str(ROOT / "manage.py"), "precheck_file", folder, layer]
    answer = store.root() / folder / "answer"
    try:
        with answer.open("wb") as out:
            asked = json.dumps(said).encode()
            # Its complaints may quote the file, so nobody keeps them.
            subprocess.run(command, input=asked, stdout=out, stderr=subprocess.DEVNULL, timeout=WALL, check=True)
        if answer.stat().st_size > ANSWER:
            raise Problem("precheck-too-heavy")
        found: dict[str, Any] = json.loads(answer.read_bytes())
    except subprocess.TimeoutExpired:
        raise Problem("precheck-too-heavy") from None
    except subprocess.CalledProcessError as error:
        log.warning("a check of a firm's file ended with code %s", error.returncode)
        raise Problem("precheck-too-heavy") from None
    return found
