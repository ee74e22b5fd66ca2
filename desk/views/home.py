"""The desk: my deliveries, what waits for me, what runs, what was published."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from desk import measuring, rights
from desk.models import APPROVER, EDITOR, Delivery, Undoing
from desk.states import STATES
from desk.views.common import officer_of, rights_of
from desk.views.mistakes import queue_of
from layers.revisions import Revision

LISTED = 20


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    user, held = officer_of(request).user, rights_of(request)
    known = rights.seen_by(user, held).select_related("sender__officer").order_by("-state_since")
    waiting = [d for d in known.filter(state="waiting")[:100] if rights.may_approve(user, held, d)]
    mine = list(known.filter(sender=user, state__in=open_states())[:LISTED])
    undoings = undoings_for(user, held)
    lists = {
        "waiting": waiting,
        "undoings": undoings,
        "undoings_count": len(undoings),
        "mine": mine,
        "running": [d for d in others(known, user.pk) if rights.may_see(user, held, d)],
        "ended": list(known.filter(sender=user).exclude(state__in=open_states())[:LISTED]),
        "measure": measuring.totals(""),
        "cases": queue_of(request)[:LISTED],
        "published": list(Revision.objects.order_by("-number")[:10]),
    }
    return render(request, "desk/home.html", lists | {"may_send": bool(rights.layers_of(held, EDITOR))})


def undoings_for(user: User, held: rights.Rights) -> list[Undoing]:
    """What others ask to take back, and this officer may decide."""
    asked = Undoing.objects.filter(state="waiting").exclude(asked_by=user).select_related("asked_by__officer")
    return [one for one in asked.order_by("asked_at")[:100] if rights.covers(held, APPROVER, one.layer_slug)]


def open_states() -> list[str]:
    return [state.code for state in STATES.values() if not state.ended]


def others(known: QuerySet[Delivery], user: int) -> list[Delivery]:
    return list(known.exclude(sender=user).filter(state__in=open_states()).exclude(state="waiting")[:LISTED])
