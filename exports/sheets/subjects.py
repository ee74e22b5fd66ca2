"""What a sheet can be about. A subject says how its answer is computed and how it is named; all else is the same."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from layers.declare import Words
from layers.queries import parcels
from layers.report.answers import ParcelCard
from layers.report.build import report
from layers.report.site import report as report_of_site
from layers.sites.address import circle_of, site_of
from layers.sites.site import Circle

Asked = dict[str, Any]
Polygons = tuple[tuple[tuple[tuple[float, float], ...], ...], ...]


@dataclass(frozen=True)
class Subject:
    """`answer` computes the report from what was asked (None: there is no such thing in that snapshot), `card` takes
    out of the report what has corners, bounds and areas (`corners`, `bounds`, `polygons` as of a ParcelCard), `title`
    names it in both languages, `facts` is the template of its facts, `further` that of what only it has after its
    themes, `page` its page: the name of the address, what stands in it, its query;
    `circle` what a round site was drawn from, whose corners tell nobody anything."""

    slug: str
    answer: Callable[[Asked, int, date], Any]
    key: Callable[[Asked], str]
    card: Callable[[Any], Any]
    title: Callable[[Any], Words]
    place: Callable[[dict[str, Any]], Words]
    heading: Words
    facts: str
    page: Callable[[Asked], tuple[str, list[object], str]]
    further: str = ""
    circle: Callable[[Asked], Circle | None] = lambda asked: None


SUBJECTS: dict[str, Subject] = {}


def register(subject: Subject) -> Subject:
    SUBJECTS[subject.slug] = subject
    return subject


def parcel_report(asked: Asked, snapshot: int, day: date) -> Any:
    parcel = parcels.by_id(asked["parcel"], snapshot)
    return None if parcel is None else report(parcel, snapshot, day)


def parcel_title(answer: Any) -> Words:
    card: ParcelCard = answer.parcel
    return numbered(card.parcel_no, card.sheet_no, card.commune)


def numbered(parcel_no: str, sheet_no: str, commune: str) -> Words:
    return Words(
        f"Thửa đất số {parcel_no}, tờ bản đồ {sheet_no}, {commune}",
        f"Parcel {parcel_no}, map sheet {sheet_no}, {commune}",
    )


PARCEL = register(
    Subject(
        slug="parcel",
        answer=parcel_report,
        key=lambda asked: str(asked["parcel"]),
        card=lambda answer: answer.parcel,
        title=parcel_title,
        place=lambda twin: numbered(*(twin["parcel"][name] for name in ("parcel_no", "sheet_no", "commune"))),
        heading=Words("Phiếu thông tin thửa đất", "Parcel information sheet"),
        facts="sheets/parcel_facts.html",
        page=lambda asked: ("parcel", [asked["parcel"]], ""),
    )
)


def site_report(asked: Asked, snapshot: int, day: date) -> Any:
    site = site_of(asked["site"], snapshot)
    return None if site is None else report_of_site(site, snapshot, day)


def sized(area_m2: float, communes: Sequence[str]) -> Words:
    """A site's name: its size in the way each language writes numbers, and where it is."""
    english = f"{area_m2:,.1f}"
    vietnamese = english.translate(str.maketrans(",.", ".,"))
    place = "".join(f", {commune}" for commune in communes)
    return Words(f"Khu đất {vietnamese} m²{place}", f"Site of {english} m²{place}")


# Asked by the query of the site's address (`layers.sites.address`), which is longer than a key may be.
SITE = register(
    Subject(
        slug="site",
        answer=site_report,
        key=lambda asked: hashlib.sha256(asked["site"].encode()).hexdigest(),
        card=lambda answer: answer.site,
        title=lambda answer: sized(answer.site.area_m2, answer.site.communes),
        place=lambda twin: sized(twin["site"]["area_m2"], twin["site"]["communes"]),
        heading=Words("Phiếu thông tin khu đất", "Site information sheet"),
        facts="sheets/site_facts.html",
        further="sheets/site_further.html",
        page=lambda asked: ("check", [], asked["site"]),
        circle=lambda asked: circle_of(asked["site"]),
    )
)
