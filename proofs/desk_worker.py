"""The desk's worker in a process of its own, which stops at a named point of a delivery's way to be killed there.

`python -m proofs.desk_worker POINT`: works like `./portal manage procrastinate worker --queues desk`, says `at POINT`
when it first comes there, and waits to be killed, or to be told to go on. With `spare` for a point it is loaded and
waits for a line before it begins to work: one that stands by saves a proof the seconds of a start.
"""

from __future__ import annotations

import os
import sys

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "geoportal.settings")
    django.setup()

from django.core.management import call_command

from desk import drafting, faults, working
from importers import keeping
from importers.publish import publishing, rows, twins
from proofs.victim import Stop, stop_at

# The state a delivery is in at each point, and the thing whose call is waited for there.
POINTS: dict[str, tuple[str, Stop]] = {
    "the file is about to be opened": ("reading", (working, "open_original", "before")),
    "the first look is kept": ("reading", (faults, "keep", "after")),
    "the public columns are kept": ("checking", (keeping, "keep", "after")),
    "the rules have run": ("checking", (working, "understand", "after")),
    "the delivery is compared": ("checking", (working, "compare_rows", "after")),
    "the effect is known": ("checking", (working, "effect_of", "after")),
    "the rows to look at are kept": ("checking", (drafting, "keep", "after")),
    "the lock is taken": ("publishing", (publishing, "hold_lock", "after")),
    "new rows are opened": ("publishing", (rows, "open_versions", "after")),
    "the twins have followed": ("publishing", (twins, "follow", "after")),
}

SPARE = "spare"

if __name__ == "__main__":
    if sys.argv[1:] == [SPARE]:
        sys.stdin.readline()
    elif len(sys.argv) > 1:
        stop_at(sys.argv[1], POINTS[sys.argv[1]][1])
    call_command("procrastinate", "worker", "--queues", "desk")
