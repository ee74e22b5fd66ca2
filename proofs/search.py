"""Three hundred queries of twelve kinds, half of them with a mistake: is what was meant the first result?

The table `proofs/data/search.txt` says of each query what is meant by it; it was written from the rules of red books,
decisions and coordinates. "none" means: one sentence says what is wrong, and nothing is offered as exact. The province
is that of the search tests, full of numbers and names that repeat or nearly do (`tests/database/search_province.py`).
How long search takes at 2,000,000 parcels, and whether it finds them there, is measured by `./portal bench search`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "geoportal.settings")
    django.setup()

from layers.queries.snapshots import reading
from layers.search.finding import find
from layers.search.hits import Hit
from tests.database.small_province import IDS

TABLE = Path(__file__).parent / "data" / "search.txt"
SCRATCH = "geoportal_proof_search"
FIRST_AT_LEAST, AMONG = 0.98, 5


@dataclass(frozen=True)
class Query:
    kind: str
    text: str
    meant: str
    mistake: str


@dataclass(frozen=True)
class Judged:
    """`place`: at which place the meant result stands, from 1; 0 when it is not among the results of the page."""

    query: Query
    place: int
    told: str


def table() -> list[Query]:
    """All queries, in the order of the file."""
    queries, kind = [], ""
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            kind = line.strip("[]")
        elif line and not line.startswith("#"):
            text, meant, mistake = line.rsplit("|", 2)
            queries.append(Query(kind, text.removesuffix(" "), meant.strip(), mistake.strip()))
    return queries


def judged(query: Query) -> Judged:
    with reading():
        found = find(query.text)
    told = "; ".join([*(f"{hit.title} [{hit.match}]" for hit in found.results[:3]), found.trouble])
    if query.meant == "none":
        refused = bool(found.trouble) and not any(hit.match == "exact" for hit in found.results)
        return Judged(query, int(refused), told)
    places = (place for place, hit in enumerate(found.results, start=1) if is_meant(hit, query.meant))
    return Judged(query, next(places, 0), told)


def is_meant(hit: Hit, meant: str) -> bool:
    kind, _, title = meant.partition(" ")
    if kind == "parcel":
        return (hit.kind, hit.id) == ("parcel", IDS[title])
    title, _, where = title.removesuffix(")").partition(" (")
    return hit.kind == kind and hit.title == title and where in hit.subtitle


def summary(every: Sequence[Judged]) -> str:
    kinds = dict.fromkeys(one.query.kind for one in every)
    refused = sum(one.query.meant == "none" for one in every)
    rows = [line(kind, [one for one in every if one.query.kind == kind]) for kind in kinds]
    first, among = (sum(1 <= one.place <= most for one in every) / len(every) for most in (1, AMONG))
    return "\n".join(
        [
            *rows,
            line("all", every),
            f"meant result first {first:.1%}, within {AMONG} {among:.1%}; {refused} mean nothing and must say so",
        ]
    )


def line(name: str, every: Sequence[Judged]) -> str:
    first, among = (sum(1 <= one.place <= most for one in every) for most in (1, AMONG))
    mistaken = sum(bool(one.query.mistake) for one in every)
    return (
        f"{name:<34} {len(every):>3} queries, {mistaken:>3} with a mistake: {first:>3} first, {among:>3} within {AMONG}"
    )


def is_reached(every: Sequence[Judged]) -> bool:
    first = sum(one.place == 1 for one in every)
    return first >= FIRST_AT_LEAST * len(every) and all(1 <= one.place <= AMONG for one in every)


def main() -> int:
    from django.db import connections
    from django.test.utils import setup_databases, teardown_databases

    from tests.database import search_province

    connections["default"].settings_dict["TEST"]["NAME"] = SCRATCH
    scratch = setup_databases(verbosity=0, interactive=False)
    try:
        search_province.build()
        every = [judged(query) for query in table()]
    finally:
        connections.close_all()
        teardown_databases(scratch, verbosity=0)
    print(summary(every), flush=True)
    for one in every:
        if one.place != 1:
            print(f"  {one.place or '-'}: {one.query.text} | {one.query.meant} | {one.query.mistake} -> {one.told}")
    return int(not is_reached(every))


if __name__ == "__main__":
    sys.exit(main())
