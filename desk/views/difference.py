"""What a delivery would change: counts, features side by side, the map over what is published, the answers."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from desk import mapping, params, pictures, sides
from desk.models import Delivery
from desk.views.common import context, seen
from desk.views.delivery import obstacle_words
from exports.parcel_map import POLICY
from geoportal.problems import Problem

A_PAGE = 25
KINDS = ("added", "changed", "removed")


@require_safe
def page(request: HttpRequest, number: int) -> HttpResponse:
    delivery = seen(request, number, "difference")
    kind = params.word(request, "kind", set(KINDS)) or first_kind(delivery)
    drafts = delivery.drafts.filter(kind=kind).order_by("pk")
    shown = Paginator(drafts, A_PAGE).get_page(params.number(request, "page", 1))
    chosen = delivery.drafts.filter(pk=params.number(request, "draft")).first() or next(iter(shown), None)
    more: dict[str, Any] = {
        "kind": kind,
        "page": shown,
        "chosen": chosen,
        "sides": sides.of(chosen) if chosen else [],
        "pictures": pictures.before_and_after(chosen) if chosen else [],
        "standing": standing(delivery),
        "obstacle": obstacle_words(delivery),
        "accepted": list(delivery.acceptances.order_by("at")),
    }
    return render(request, "desk/difference.html", context(request, delivery, **more))


@require_safe
def frame(request: HttpRequest, number: int) -> HttpResponse:
    """A page of its own for a sandboxed frame: the delivery over what is published."""
    html = mapping.page(seen(request, number, "map"))
    if html is None:
        raise Problem("delivery-unknown")
    return HttpResponse(html, headers={"Content-Security-Policy": POLICY})


def first_kind(delivery: Delivery) -> str:
    return next((kind for kind in ("changed", "added", "removed") if delivery.difference.get(kind)), "added")


def standing(delivery: Delivery) -> dict[str, Any]:
    """How many features stand where the delivery speaks, before and after."""
    found = delivery.difference
    if not found:
        return {}
    before = found["changed"] + found["removed"] + found["same"]
    after = before + found["added"] - found["removed"]
    share = (after - before) / before if before else None
    return {"before": before, "after": after, "lost_percent": -share * 100 if share is not None else None}
