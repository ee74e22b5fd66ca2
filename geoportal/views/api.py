"""The API told: as OpenAPI for programs, as a page for whoever writes one."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from geoportal import openapi, params
from layers.queries.snapshots import reading


@require_safe
def description(request: HttpRequest) -> HttpResponse:
    told = openapi.document(settings.RELEASE, get_language() or "vi")
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 1})


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    with reading():
        examples = openapi.examples(params.snapshot(request))
    silent = [one for one in openapi.OPERATIONS if not one.has_example]
    context = {"examples": examples, "silent": silent, "limit": settings.RATE_PAGES}
    return render(request, "api/page.html", context)
