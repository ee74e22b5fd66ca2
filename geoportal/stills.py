"""The picture that a page's map begins with on a phone: what it shows, for the page, and where the server draws it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from exports import phone_map
from exports.phone_map import View
from layers.ground.parcels import PARCELS
from layers.queries.extents import Record, of_sheets
from layers.queries.surroundings import Box
from layers.report.answers import ParcelCard


@dataclass(frozen=True)
class Still:
    view: View
    address: str


def of_parcel(parcel: ParcelCard, snapshot: int, slugs: Iterable[str]) -> Still:
    """`slugs`: the layers of the answer, here and below; the living map shows the same."""
    view = phone_map.of_parcel(parcel.lon, parcel.lat, parcel.bounds)
    return Still(view, address(snapshot, slugs, layer=PARCELS.slug, feature=parcel.feature_id))


def of_point(lon: float, lat: float, snapshot: int, slugs: Iterable[str]) -> Still:
    return Still(phone_map.of_point(lon, lat), address(snapshot, slugs, lon=lon, lat=lat))


def of_site(box: Box, link: str | None, snapshot: int, slugs: Iterable[str]) -> Still | None:
    """`box` in degrees; `link`: the site as its address tells it, None when it has too many corners for one."""
    if link is None:
        return None
    return Still(phone_map.of_box(box), f"{address(snapshot, slugs)}&{link}")


def of_rules(snapshot: int, day: date, activity: str) -> Still | None:
    """The province, drawn by what the rules say of an activity."""
    box = of_sheets(snapshot)
    query = urlencode({"activity": activity, "at": snapshot, "on": day.isoformat()})
    return Still(phone_map.of_box(box), f"{reverse('where-still')}?{query}") if box else None


def of_map(snapshot: int, record: Record | None) -> Still | None:
    """The record with what lies round it, else all that is mapped; None while that is nothing."""
    box = record.box if record else of_sheets(snapshot)
    if box is None:
        return None
    named: dict[str, str | float] = {"layer": record.layer.slug, "feature": record.feature_id} if record else {}
    return Still(phone_map.of_box(box), address(snapshot, [record.layer.slug] if record else [], **named))


def address(snapshot: int, slugs: Iterable[str], **named: str | float) -> str:
    """The query is the page's own: the same record or place is asked for in the same words."""
    shown = ",".join(sorted(slugs))
    return f"{reverse('map-still')}?{urlencode({'at': snapshot, **named} | ({'show': shown} if shown else {}))}"
