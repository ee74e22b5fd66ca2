"""“So với sổ của tôi”: what somebody types from his red book beside what the portal has. Nothing typed is kept."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from exports.drawing import numbered_edges
from geoportal import params
from geoportal.missing import no_such_parcel
from geoportal.views.parcels import page_context
from layers.queries import parcels
from layers.queries.snapshots import reading
from layers.report.build import report
from layers.report.own_book.comparing import compare


# The form changes nothing and keeps nothing, so it needs no cookie and no token.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, feature_id: int) -> HttpResponse:
    """The parcel's page with the comparison in it. What is typed comes by POST: no address and no log shows it."""
    if request.method != "POST":
        asked = request.META.get("QUERY_STRING", "")
        return redirect(f"{reverse('parcel', args=[feature_id])}{f'?{asked}' if asked else ''}#own-book")
    with reading():
        snapshot, day = params.snapshot(request), params.day(request)
        parcel = parcels.by_id(feature_id, snapshot)
        if parcel is None:
            raise no_such_parcel(feature_id)
        answer, book = report(parcel, snapshot, day), params.own_book(request)
        context = page_context(request, answer)
    context |= {"book": book, "comparison": compare(book, answer.parcel, numbered_edges(answer.parcel))}
    return render(request, "parcel.html", context)
