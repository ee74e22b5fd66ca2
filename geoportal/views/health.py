"""Whether the portal can answer. `/health/live`: the process runs; `/health`: database, SRIDs and data are there."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from layers.queries import health, snapshots


@never_cache
@require_safe
def live(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"live": True})


@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    checks = {"database": health.database_answers()}
    checks["srids"] = checks["database"] and health.srids_are_known()
    newest = snapshots.newest() if checks["database"] else None
    checks["published"] = newest is not None
    return JsonResponse({**checks, "snapshot": newest}, status=200 if all(checks.values()) else 503)
