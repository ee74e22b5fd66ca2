"""The layers as the public may see them, for programs."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from geoportal import params
from layers import public
from layers.queries.snapshots import reading


@require_safe
def api(request: HttpRequest) -> HttpResponse:
    """Every layer of the map as of a snapshot (`at`): titles, fields, legend, and where its tiles are."""
    with reading():
        snapshot = params.snapshot(request)
        answer = {"snapshot": snapshot, "layers": public.map_layers(snapshot)}
    return JsonResponse(answer, json_dumps_params={"ensure_ascii": False})
