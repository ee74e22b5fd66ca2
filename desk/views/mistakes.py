"""What the public reported: the queue, one case with its place and photo, the answer whoever has its code may read."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from contact import mistakes
from contact.mistakes import Case
from desk import pictures, rights
from desk.models import APPROVER, EDITOR, Look
from desk.views.common import officer_of, rights_of
from geoportal.problems import Problem

LONGEST_ANSWER = 2_000


def may_work(request: HttpRequest, case: Case) -> bool:
    """Editors and approvers of the layer the case speaks of; a place of no layer is everybody's."""
    held, slug = rights_of(request), case.status.subject_layer
    if not slug:
        return any(rights.has_role(held, role) for role in (EDITOR, APPROVER))
    return any(rights.covers(held, role, slug) for role in (EDITOR, APPROVER))


def queue_of(request: HttpRequest) -> list[Case]:
    return [case for case in mistakes.queue() if may_work(request, case)]


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/mistakes.html", {"cases": queue_of(request)})


def opened(request: HttpRequest, number: int) -> Case:
    try:
        case = mistakes.case(number)
    except KeyError:
        raise Problem("delivery-unknown") from None
    if not may_work(request, case):
        raise Problem("not-allowed")
    return case


@require_safe
def case(request: HttpRequest, number: int) -> HttpResponse:
    """What somebody told us in confidence: the look is written down."""
    found = opened(request, number)
    Look.objects.create(user=officer_of(request).user, what=f"mistake {number}")
    context: dict[str, Any] = {"case": found, "picture": pictures.of_place(found.place) if found.place else None}
    return render(request, "desk/mistake.html", context)


@require_safe
def photo(request: HttpRequest, number: int) -> HttpResponse:
    opened(request, number)
    found = mistakes.photo(number)
    if found is None:
        raise Problem("delivery-unknown")
    Look.objects.create(user=officer_of(request).user, what=f"photo {number}")
    return HttpResponse(found, content_type="image/jpeg", headers={"Content-Disposition": "inline"})


@require_POST
def work(request: HttpRequest, number: int) -> HttpResponse:
    """Look at it, answer it, or close it."""
    opened(request, number)
    name, what = officer_of(request).name, request.POST.get("what", "")
    try:
        if what == "look":
            mistakes.look_at(number, name)
        elif what == "answer":
            words = request.POST.get("words", "").strip()[:LONGEST_ANSWER]
            if not words:
                raise Problem("reason-missing")
            mistakes.answer(number, name, words)
        elif what == "close":
            mistakes.close(number, name)
    except mistakes.Closed:
        raise Problem("delivery-moved") from None
    return redirect("desk-mistake", number)
