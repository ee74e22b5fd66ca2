"""What a report or a subscription is about: a parcel, a record of a layer, a place, each in words a person knows."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext

from geoportal import params
from geoportal.missing import no_such_parcel
from geoportal.problems import Problem
from layers import public
from layers.ground.admin_units import NEW
from layers.ground.parcels import PARCELS
from layers.queries import extents, parcels


@dataclass(frozen=True)
class Subject:
    """`layer` and `feature_id` of a record; "" and None for a place. `lon`, `lat`: where the map opens, if known."""

    layer: str
    feature_id: int | None
    words: str
    url: str
    lon: float | None = None
    lat: float | None = None


def subject_of(request: HttpRequest, snapshot: int) -> Subject:
    """By `layer` and `feature`, or `lon` and `lat`; neither: the map as a whole. Read inside `snapshots.reading()`."""
    asked = params.record(request)
    if asked:
        layer, feature_id = asked
        return of_parcel(feature_id, snapshot) if layer is PARCELS else of_record(layer.slug, feature_id, snapshot)
    point = params.optional_point(request)
    if point is None:
        return Subject("", None, "", "")
    lon, lat = point
    words = gettext("Nơi có tọa độ {lat}, {lon}").format(lat=f"{lat:.5f}", lon=f"{lon:.5f}")
    return Subject("", None, words, public.point_address(lon, lat), lon, lat)


def of_parcel(feature_id: int, snapshot: int) -> Subject:
    parcel = parcels.by_id(feature_id, snapshot)
    if parcel is None:
        raise no_such_parcel(feature_id)
    commune = parcels.communes({(NEW, parcel.commune_code)}, snapshot).get((NEW, parcel.commune_code))
    words = gettext("Thửa {parcel}, tờ {sheet}{place}").format(
        parcel=parcel.parcel_no, sheet=parcel.sheet_no, place=f", {commune.name}" if commune else ""
    )
    point = parcel.inner_point  # type: ignore[attr-defined]  # annotated
    return Subject(PARCELS.slug, feature_id, words, public.feature_address(PARCELS, feature_id), point.x, point.y)


def of_record(slug: str, feature_id: int, snapshot: int) -> Subject:
    layer = params.layer(slug)
    record = extents.of_record(layer, feature_id, snapshot)
    if record is None:
        raise Problem("place-unknown")
    words, url = f"{layer.title}: {record.values[layer.label]}", public.feature_address(layer, feature_id)
    if record.box is None:
        return Subject(slug, feature_id, words, url)
    west, south, east, north = record.box
    return Subject(slug, feature_id, words, url, (west + east) / 2, (south + north) / 2)
