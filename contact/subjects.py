"""What can be followed. A kind says how its answer is computed and how it is named; all else is the same for all.

A further kind (a site) is one entry of `KINDS`: its reference is a text that says all it takes to compute it again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from layers.declare import Words
from layers.ground.admin_units import NEW
from layers.queries import parcels
from layers.report import canonical
from layers.report.build import report

Twin = dict[str, Any]


@dataclass(frozen=True)
class Kind:
    """`twin`: the JSON twin of the answer for a reference as of a snapshot and day, None when the subject is not there
    any more; `title` its name there; `page` the path of its page; `gone`: what became of it, in words and
    paths."""

    twin: Callable[[str, int, date], Twin | None]
    title: Callable[[str, int], Words | None]
    page: Callable[[str], str]
    gone: Callable[[str, int], tuple[Words, ...]]


def _parcel(reference: str, snapshot: int, day: date) -> Twin | None:
    parcel = parcels.by_id(number_of(reference), snapshot)
    return canonical.document(report(parcel, snapshot, day)) if parcel else None


def _parcel_title(reference: str, snapshot: int) -> Words | None:
    parcel = parcels.by_id(number_of(reference), snapshot)
    if parcel is None:
        return None
    commune = parcels.communes({(NEW, parcel.commune_code)}, snapshot).get((NEW, parcel.commune_code))
    place = f", {commune.name}" if commune else ""
    number, sheet = parcel.parcel_no, parcel.sheet_no
    return Words(f"Thửa {number}, tờ {sheet}{place}", f"Parcel {number}, sheet {sheet}{place}")


def number_of(reference: str) -> int:
    """A feature id; 0, which no feature has, for what is none."""
    return int(reference) if reference.isascii() and reference.isdigit() and len(reference) < 19 else 0


def _parcel_gone(reference: str, snapshot: int) -> tuple[Words, ...]:
    living = parcels.successors(number_of(reference), snapshot)
    named = parcels.newest_versions(set(living), snapshot)
    return tuple(
        Words(
            f"Thửa {named[each].parcel_no}, tờ {named[each].sheet_no}: /parcels/{each}",
            f"Parcel {named[each].parcel_no}, sheet {named[each].sheet_no}: /parcels/{each}",
        )
        for each in living
    )


KINDS: dict[str, Kind] = {
    "parcel": Kind(_parcel, _parcel_title, lambda reference: f"/parcels/{reference}", _parcel_gone),
}
