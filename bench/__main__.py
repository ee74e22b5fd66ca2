"""python -m bench: measure the portal on the database of DATABASE_URL, print tables, write them into the docs."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "geoportal.settings")
django.setup()

from bench import page, publishing, questions, reports, sample, tiles  # noqa: E402  (models exist only after the set-up)
from bench.server import Server, serving  # noqa: E402  (see above)

PARTS: dict[str, Callable[[Server], str]] = {
    "tiles": tiles.measure,
    "search": questions.search,
    "identify": questions.identify,
    "report": reports.measure,
}


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="./portal bench", description=__doc__)
    parser.add_argument("part", nargs="?", choices=[*PARTS, "publish", "all"], default="all")
    parser.add_argument("--parcels", type=int, help="refuse to measure when the demo has another size")
    parser.add_argument("--write", action="store_true", help=f"write the result into {page.FILE.name}")
    words = parser.parse_args(arguments)
    if words.part == "publish":  # a database of its own, no demo and no server
        print(publishing.measure())
        return 0
    held = sample.demo_size()
    if held is None or words.parcels not in (None, held):
        wanted = words.parcels or 20_000
        found = "no demo" if held is None else f"the demo of {held:,} parcels"
        print(
            f"The database holds {found}. Fill an empty one: ./portal manage demo --parcels {wanted}", file=sys.stderr
        )
        return 1
    parts = list(PARTS) if words.part == "all" else [words.part]
    with serving() as server:
        measured = {part: PARTS[part](server) for part in parts}
    print(page.heading(held), *measured.values(), sep="\n\n")
    if words.write:
        page.write(held, measured)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
