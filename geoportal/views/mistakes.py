"""“Báo sai sót”: the form for a parcel, a record or a place, and the public page of what became of it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from contact import mistakes, public_codes
from geoportal import params, reporting
from geoportal.forms import OneFile, protected, refuse_endless
from geoportal.problems import Problem
from geoportal.subjects import subject_of
from importers.reader.photos import PHOTO
from layers import public
from layers.queries import snapshots
from layers.queries.snapshots import reading


@csrf_exempt  # the photo's limit must be set before anybody reads the form, which the protection does
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponseBase:
    refuse_endless(request)
    request.upload_handlers = [OneFile(request, PHOTO.file)]
    return _new(request)


@protected
def _new(request: HttpRequest) -> HttpResponse:
    with reading():
        snapshot = snapshots.newest()
        if snapshot is None:
            raise Problem("nothing-published")
        subject = subject_of(request, snapshot)
        context: dict[str, object] = {"subject": subject, "layers": public.map_layers(snapshot)}
    form = reporting.Form(params.mistake(request) if request.method == "POST" else None, subject)
    if request.method == "POST" and form.is_right:
        code = mistakes.receive(form.told(snapshot, get_language() or "vi"))
        return redirect(f"{reverse('mistake', args=[public_codes.shown(code)])}?sent=1", permanent=False)
    status = 422 if form.faults else 200
    return render(request, "mistakes/new.html", context | {"form": form}, status=status)


@never_cache
@require_safe
def lookup(request: HttpRequest) -> HttpResponse:
    """Where somebody types his code."""
    typed = params.code(request)
    if not typed:
        return render(request, "mistakes/lookup.html")
    code = public_codes.understood(typed)
    if code is None:
        raise Problem("mistake-unknown")
    return redirect("mistake", code=public_codes.shown(code))


@never_cache
@require_safe
def status(request: HttpRequest, code: str) -> HttpResponse:
    found = mistakes.status(code)
    if found is None:
        raise Problem("mistake-unknown")
    context = {"status": found, "was_sent": params.was_sent(request), "url": _address_of(found)}
    response = render(request, "mistakes/status.html", context)
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


def _address_of(found: mistakes.Status) -> str:
    """The page of the record a case is about; empty for a place, and for a layer that is no longer there."""
    if found.subject_id is None:
        return ""
    try:
        return public.feature_address(params.layer(found.subject_layer), found.subject_id)
    except Problem:
        return ""
