"""Whether the portal can answer. `/health/live`: the process runs; `/health`: database, SRIDs and data are there."""

from __future__ import annotations

import json

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from importers.reader import is_network_cut_off
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
    told = {**checks, "snapshot": newest, "worker": worker(checks["database"]), "reading": reading()}
    return JsonResponse(told, status=200 if all(checks.values()) else 503)


def worker(database_answers: bool) -> dict[str, object]:
    """How many workers live (None: nobody can tell), and how often `./portal run` had to start one again. A portal
    without a worker answers; what waits for one waits longer, so this tells and decides nothing."""
    alive = health.workers_alive() if database_answers else None
    try:
        restarted = json.loads((settings.DATA_DIR / "worker-restarts.json").read_text())
    except (OSError, ValueError):
        restarted = {}
    return {"alive": alive, **restarted}


def reading() -> dict[str, bool]:
    """Whether files can be read in a process without network, and whether they are refused where they cannot."""
    return {"network_cut_off": is_network_cut_off(), "required": settings.REQUIRE_NAMESPACE}
