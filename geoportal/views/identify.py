"""What is here? A click or a place typed: a fragment for the map, a page for everybody, JSON for programs."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from geoportal import params, stills
from geoportal.views.standing import FARTHEST_ACCURACY_M, Standing, Stands, standing_json, stands
from layers import catalogue, public
from layers.declare import Layer
from layers.ground.admin_units import NEW, OLD, AdminUnit
from layers.ground.coverage import COVERAGE
from layers.ground.parcels import PARCELS
from layers.queries import identify, parcels
from layers.queries.identify import Found
from layers.queries.snapshots import reading
from layers.report.answers import Attribute
from layers.report.records import attributes

# A finger or a mouse hits within so many pixels; how many metres that is depends on the zoom.
REACH_PIXELS, NEAREST_M, FARTHEST_M = 10, 1.0, 300.0
EQUATOR_M, TILE_PIXELS = 40075016.686, 512

Communes = dict[tuple[str, str], AdminUnit]


@dataclass(frozen=True)
class Card:
    """A record as it is shown: its name in a sentence, what else is public of it, and its page."""

    found: Found
    title: str
    subtitle: str
    url: str
    attributes: tuple[Attribute, ...]


@dataclass(frozen=True)
class Group:
    layer: Layer
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class Place:
    """`surveyed`: coverage records that hold the point; `not_surveyed`: layers of the answer that have none there.
    `standing`: on which parcel the visitor stands, when he asked from where he is."""

    lon: float
    lat: float
    snapshot: int
    groups: tuple[Group, ...]
    surveyed: tuple[Found, ...]
    not_surveyed: tuple[Layer, ...]
    standing: Standing | None = None


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    place = what_is_at(request)
    context = {"place": place, "dating": params.dating(request)}
    if getattr(request, "htmx", False):
        response = render(request, "fragments/identify.html", context)
    else:
        response = render(
            request,
            "identify.html",
            context
            | {
                "layers": public.map_layers(place.snapshot),
                "map_snapshot": place.snapshot,
                "still": stills.of_point(place.lon, place.lat, place.snapshot, themes(place)),
            },
        )
    response["Vary"] = "HX-Request"
    return response


def themes(place: Place) -> set[str]:
    """Slugs of the layers, besides the ground, with something at the place."""
    return {group.layer.slug for group in place.groups if group.layer.theme != "ground"}


@require_safe
def api(request: HttpRequest) -> HttpResponse:
    response = JsonResponse(as_json(what_is_at(request)), json_dumps_params={"ensure_ascii": False})
    response["Access-Control-Allow-Origin"] = "*"
    return response


def what_is_at(request: HttpRequest) -> Place:
    (lon, lat), accuracy = params.point(request), params.accuracy(request)
    tolerance = tolerance_m(params.zoom(request), lat)
    params.day(request)  # a day that is none is told before it stands in the addresses of the answers
    with reading():
        snapshot = params.snapshot(request)
        if accuracy is not None and accuracy > FARTHEST_ACCURACY_M:
            return Place(lon, lat, snapshot, (), (), (), Standing(Stands.ANYWHERE, accuracy))
        is_present = not params.names_snapshot(request)
        found = identify.at(lon, lat, snapshot, tolerance, accuracy or 0.0, is_present=is_present)
        communes = parcels.communes(communes_of(found), snapshot)
        standing = None if accuracy is None else stands(found, lon, lat, snapshot, accuracy)
    surveyed = tuple(each for each in found if each.layer is COVERAGE)
    covered = {each.record["layer"] for each in surveyed}
    missing = tuple(layer for layer in catalogue.judged() if layer.slug not in covered)
    return Place(lon, lat, snapshot, groups(found, communes), surveyed, missing, standing)


def tolerance_m(zoom: float, lat: float) -> float:
    """Metres on the ground that a finger covers at a zoom (tiles of 512 pixels)."""
    metres = REACH_PIXELS * EQUATOR_M * math.cos(math.radians(lat)) / (TILE_PIXELS * 2**zoom)
    return min(max(metres, NEAREST_M), FARTHEST_M)


def communes_of(found: Iterable[Found]) -> set[tuple[str, str]]:
    """The communes that the parcels found are named by, of today and of the old red book."""
    records = [each.record for each in found if each.layer is PARCELS]
    named = {(NEW, record["commune_code"]) for record in records}
    return named | {(OLD, record["old_commune_code"]) for record in records if record["old_commune_code"]}


def groups(found: Iterable[Found], communes: Communes) -> tuple[Group, ...]:
    """Parcels first, then the themes in their fixed order, then the ground."""
    order = [None, *catalogue.THEMES, "ground"]
    shown = sorted(
        (each for each in found if each.layer is not COVERAGE),
        key=lambda each: order.index(None if each.layer is PARCELS else each.layer.theme),
    )
    return tuple(
        Group(layer, tuple(card(each, communes) for each in of_layer))
        for layer, of_layer in groupby(shown, key=lambda each: each.layer)
    )


def card(found: Found, communes: Communes) -> Card:
    title, subtitle = (
        parcel_names(found, communes) if found.layer is PARCELS else (str(found.record[found.layer.label]), "")
    )
    told = attributes(found.layer.public_fields, found.record)
    plain = tuple(attribute for attribute in told if not isinstance(attribute.value, list))
    return Card(found, title, subtitle, public.feature_address(found.layer, found.feature_id), plain)


def parcel_names(found: Found, communes: Communes) -> tuple[str, str]:
    """A parcel by its numbers of today, and by those of the old red book where it has some."""
    record = found.record
    title = numbers(record["parcel_no"], record["sheet_no"], communes.get((NEW, record["commune_code"])))
    if not record["old_parcel_no"]:
        return title, ""
    former = communes.get((OLD, record["old_commune_code"]))
    return title, gettext("Sổ cũ: {numbers}").format(
        numbers=numbers(record["old_parcel_no"], record["old_sheet_no"], former)
    )


def numbers(parcel_no: str, sheet_no: str, commune: AdminUnit | None) -> str:
    place = f", {commune.name}" if commune else ""
    return gettext("Thửa {parcel}, tờ {sheet}{place}").format(parcel=parcel_no, sheet=sheet_no, place=place)


def as_json(place: Place) -> dict[str, object]:
    return {
        "snapshot": place.snapshot,
        "point": [place.lon, place.lat],
        "layers": [group_json(group) for group in place.groups],
        "surveyed": [found.record for found in place.surveyed],
        "not_surveyed": [layer.slug for layer in place.not_surveyed],
        **({"standing": standing_json(place.standing)} if place.standing else {}),
    }


def group_json(group: Group) -> dict[str, object]:
    return {
        "slug": group.layer.slug,
        "title": public.both(group.layer.title),
        "theme": group.layer.theme,
        "features": [
            {
                "id": card.found.feature_id,
                "title": card.title,
                "subtitle": card.subtitle,
                "distance_m": card.found.distance_m,
                "url": card.url,
                "attributes": card.found.record,
            }
            for card in group.cards
        ],
    }
