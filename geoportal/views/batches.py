"""“Nhiều khu đất cùng lúc”: a list of sites is sent, answered in the background, watched, and downloaded."""

from __future__ import annotations

from decimal import Decimal

from django.apps import apps
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from exports.api_keys.stored import digest
from exports.batches import files, making
from exports.batches.asking import SENT_BY_PROGRAMS, Asked
from exports.batches.making import MOST_ROWS, AlreadyRunning, Wanted
from exports.batches.stored import Batch, BatchRow
from exports.sheets import codes
from geoportal import batch_file, params, site_body
from geoportal.forms import protected
from geoportal.middleware import client_of, key_of
from geoportal.problems import Problem
from layers.catalogue import THEMES
from layers.report.answers import Answer
from layers.sites.troubles import SiteTrouble

SHOWN_ROWS = 50
ROWS_A_PAGE = 500
TOLD = (Answer.AFFECTED, Answer.TOO_CLOSE)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@protected
def new(request: HttpRequest) -> HttpResponse:
    """The form; by POST a batch is made of its file. What is wrong with the file as a whole is told in the form."""
    context: dict[str, object] = {"most": MOST_ROWS, "days": settings.BATCH_DAYS}
    if request.method != "POST":
        return render(request, "batches/new.html", context)
    try:
        batch = made(request, batch_file.sites(params.sent_file(request)))
    except SiteTrouble as trouble:
        return render(request, "batches/new.html", context | {"fault": trouble.sentence}, status=422)
    except AlreadyRunning:
        fault = Problem("batch-running")
        words = f"{fault.title} {fault.advice}"
        return render(request, "batches/new.html", context | {"fault": words}, status=fault.status)
    return redirect("batch", code=batch.code)


def made(request: HttpRequest, rows: list[tuple[str, Asked]]) -> Batch:
    """Raises AlreadyRunning, and SiteTrouble for a list that is empty or too long."""
    if not apps.is_installed("procrastinate.contrib.django"):
        raise Problem("batches-away")
    if not 0 < len(rows) <= MOST_ROWS:
        raise SiteTrouble("batch-rows", limit=MOST_ROWS, count=len(rows))
    key = key_of(request)
    client = f"key {digest(key)}" if key else client_of(request)
    wanted = Wanted(client, params.snapshot(request), params.day(request), get_language() or "vi")
    return making.make(wanted, rows)


def known(code: str) -> Batch:
    batch = making.kept().filter(code=codes.understood(code)).first()
    if batch is None:
        raise Problem("batch-unknown")
    return batch


@never_cache
@require_safe
@protected
def page(request: HttpRequest, code: str) -> HttpResponse:
    """How far a batch is, and its first rows. While it runs the page asks again by itself; to reload does the same."""
    batch = known(code)
    counts = batch.counts()
    rows = batch.rows.exclude(answered_at=None).order_by("number")[:SHOWN_ROWS]
    context = {
        "batch": batch,
        "counts": counts,
        "percent": 100 * counts["through"] // max(counts["total"], 1),
        "rows": [told_row(row) for row in rows],
        "shown": SHOWN_ROWS,
        "goes_at": making.goes_at(batch),
        "suffixes": list(files.FILES),
    }
    is_part = getattr(request, "htmx", False)
    return render(request, "batches/progress.html" if is_part else "batches/page.html", context)


def told_row(row: BatchRow) -> dict[str, object]:
    """A row with the themes that affect the site or are too close to call."""
    said = (row.answer or {}).get("themes", {})
    told = [{"title": THEMES[theme], "answer": said[theme]} for theme in THEMES if said.get(theme) in TOLD]
    area = Decimal(row.answer["area_m2"]) if row.answer else None
    return {"row": row, "themes": told, "area_m2": area}


@require_POST
@protected
def cancel(request: HttpRequest, code: str) -> HttpResponse:
    """Stop a batch; what was answered stays."""
    batch = known(code)
    making.end(batch, Batch.CANCELLED)
    return redirect("batch", code=batch.code)


@never_cache
@require_safe
def download(request: HttpRequest, code: str, suffix: str) -> HttpResponse:
    """What is answered by now, as a file."""
    batch = known(code)
    if suffix not in files.FILES:
        raise Problem("page-unknown")
    kind, make = files.FILES[suffix]
    response = HttpResponse(make(batch), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="khu-dat-{batch.code}.{suffix}"'
    return response


@csrf_exempt
@require_POST
def api(request: HttpRequest) -> HttpResponse:
    """Make a batch of a file, or of `sites`: each as it is sent to /api/report, with a `name` if wanted."""
    try:
        is_form = (request.content_type or "").startswith("multipart/")
        batch = made(request, batch_file.sites(params.sent_file(request)) if is_form else listed(request))
    except SiteTrouble as trouble:
        raise Problem("site-wrong", sentence=trouble.sentence, extra={"trouble": trouble.code}) from None
    except AlreadyRunning:
        raise Problem("batch-running") from None
    return answer(request, batch, status=202)


def listed(request: HttpRequest) -> list[tuple[str, Asked]]:
    sites = site_body.body(request).get("sites")
    if not (isinstance(sites, list) and all(isinstance(one, dict) for one in sites)):
        raise Problem("body-wrong")
    sent = (*SENT_BY_PROGRAMS, "radius_m", "system")
    return [(str(one.get("name", "")), {name: one[name] for name in sent if name in one}) for one in sites]


@never_cache
@require_safe
def api_one(request: HttpRequest, code: str) -> HttpResponse:
    """How far a batch is, and its rows behind `after`, those that are through."""
    return answer(request, known(code), after=params.after(request))


def answer(request: HttpRequest, batch: Batch, after: int = 0, status: int = 200) -> JsonResponse:
    rows = batch.rows.filter(number__gt=after).exclude(answered_at=None).order_by("number")[:ROWS_A_PAGE]
    body = {
        "code": batch.code,
        "state": batch.state,
        "snapshot": batch.snapshot,
        "date": batch.day,
        "format": batch.release,
        **batch.counts(),
        "kept_until": making.goes_at(batch),
        "address": request.build_absolute_uri(reverse("api-batch", args=[batch.code])),
        "page": request.build_absolute_uri(reverse("batch", args=[batch.code])),
        "files": {
            suffix: request.build_absolute_uri(reverse("batch-file", args=[batch.code, suffix]))
            for suffix in files.FILES
        },
        "rows": [
            {"number": row.number, "name": row.name, "error": row.error or None, "answer": row.answer} for row in rows
        ],
    }
    return JsonResponse(body, status=status, json_dumps_params={"ensure_ascii": False})
