"""The picture that a page's map begins with on a phone: what it shows, for the page, and where the server draws it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from exports import phone_map
from exports.phone_map import View
from layers.ground.parcels import PARCELS
from layers.queries.extents import Record, of_sheets
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
