"""The layers as the public may see them, for programs."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.timezone import localtime
from django.views.decorators.http import require_safe

from geoportal import params
from layers import catalogue, public
from layers.queries import snapshots
from layers.queries.snapshots import reading

MOST_PUBLICATIONS = 200


@require_safe
def api(request: HttpRequest) -> HttpResponse:
    """Every layer of the map as of a snapshot (`at`): titles, fields, legend, and where its tiles are."""
    with reading():
        snapshot = params.snapshot(request)
        answer = {"snapshot": snapshot, "day": day_of(snapshot), "layers": public.map_layers(snapshot)}
    return JsonResponse(answer, json_dumps_params={"ensure_ascii": False})


def day_of(snapshot: int) -> str:
    """The day a snapshot was published, on Vietnam's calendar, as YEAR-MONTH-DAY."""
    return localtime(snapshots.published_at(snapshot)).date().isoformat()


@require_safe
def history(request: HttpRequest) -> HttpResponse:
    """What was published, newest first: each publication makes a snapshot one may look at and compare with."""
    with reading():
        publications = snapshots.history(MOST_PUBLICATIONS)
    told = [
        {
            "number": revision.number,
            "day": localtime(revision.published_at).date().isoformat(),
            "layer": revision.layer,
            "title": public.both(catalogue.get(revision.layer).title),
        }
        for revision in publications
    ]
    return JsonResponse({"snapshots": told}, json_dumps_params={"ensure_ascii": False})
