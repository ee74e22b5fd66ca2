"""What can be followed. A kind says how its answer is computed and how it is named; all else is the same for all.

A parcel's reference is its id, a site's the query of its address. A further kind is one entry of `KINDS`: its reference
is a text that says all it takes to compute it again.
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
from layers.report.site import report as site_report
from layers.sites.address import number_of, site_of

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


def _site(reference: str, snapshot: int, day: date) -> Twin | None:
    site = site_of(reference, snapshot)
    return canonical.document(site_report(site, snapshot, day)) if site else None


def _site_title(reference: str, snapshot: int) -> Words | None:
    site = site_of(reference, snapshot)
    if site is None:
        return None
    area = f"{site.geometry.area:,.0f}"
    return Words(f"Khu đất {area.replace(',', '.')} m²", f"Site of {area} m²")


KINDS: dict[str, Kind] = {
    "parcel": Kind(_parcel, _parcel_title, lambda reference: f"/parcels/{reference}", _parcel_gone),
    "site": Kind(_site, _site_title, lambda reference: f"/check?{reference}", lambda reference, snapshot: ()),
}
