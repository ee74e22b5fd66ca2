"""One parcel: the page that answers, and its exact JSON twin."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from exports.drawing import drawing
from geoportal import params, stills
from geoportal.missing import no_such_parcel
from geoportal.packing import open_json
from geoportal.problems import Problem
from geoportal.sentence import sentences
from layers.ground.parcels import Parcel
from layers.public import map_layers
from layers.queries import parcels, rulebook
from layers.queries.snapshots import reading
from layers.report.answers import Report
from layers.report.build import report
from layers.report.canonical import dumps
from layers.report.parcel_card import card


@require_safe
def page(request: HttpRequest, feature_id: int) -> HttpResponse:
    with reading():
        snapshot, day = params.snapshot(request), params.day(request)
        parcel = parcels.by_id(feature_id, snapshot)
        if parcel is None:
            return gone(request, feature_id, snapshot, "parcel")
        context = page_context(request, report(parcel, snapshot, day))
    return render(request, "parcel.html", context)


def page_context(request: HttpRequest, answer: Report) -> dict[str, object]:
    """All that the page of a parcel tells. Read inside `snapshots.reading()`."""
    return {
        "report": answer,
        "sentences": sentences(answer),
        "drawing": drawing(answer.parcel),
        "layers": map_layers(answer.snapshot),
        "map_snapshot": answer.snapshot,
        "still": stills.of_parcel(answer.parcel, answer.snapshot, touching(answer)),
        "is_dated": params.is_dated(request),
        "procedures": rulebook.procedures_of(touching(answer), answer.snapshot),
    }


def touching(answer: Report) -> list[str]:
    """The layers with a zone in the answer."""
    return [finding.layer.slug for theme in answer.themes for finding in theme.layers if finding.zones]


@require_safe
def api(request: HttpRequest, feature_id: int) -> HttpResponse:
    with reading():
        snapshot, day = params.snapshot(request), params.day(request)
        parcel = parcels.by_id(feature_id, snapshot)
        if parcel is None:
            return gone(request, feature_id, snapshot, "api-report")
        answer: Report = report(parcel, snapshot, day)
    return open_json(request, dumps(answer))


def gone(request: HttpRequest, feature_id: int, snapshot: int, address: str) -> HttpResponse:
    """A parcel that was split or merged: moved when it has one successor, else gone, with all of them by name."""
    cancelled = parcels.last_of(feature_id, snapshot)
    if cancelled is None or cancelled.geom.empty:
        raise no_such_parcel(feature_id)
    living = parcels.successors(feature_id, snapshot)
    if len(living) == 1:
        asked = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(reverse(address, args=living) + (f"?{asked}" if asked else ""))
    raise Problem("parcel-gone", extra=farewell(cancelled, living, snapshot))


def farewell(cancelled: Parcel, living: list[int], snapshot: int) -> dict[str, object]:
    """What a page can still say of a cancelled parcel: its numbers and the addresses of its successors."""
    named = parcels.newest_versions(set(living), snapshot)
    told = card(cancelled, None, snapshot)
    return {
        "parcel": {"commune": told.commune, "sheet_no": told.sheet_no, "parcel_no": told.parcel_no},
        "successors": [
            {
                "id": feature_id,
                "sheet_no": named[feature_id].sheet_no,
                "parcel_no": named[feature_id].parcel_no,
                "url": reverse("parcel", args=[feature_id]),
            }
            for feature_id in living
        ],
    }
