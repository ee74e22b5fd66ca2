"""What was published, by whom and from which delivery; undoing and withdrawing it, each by two officers."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desk import params, rights
from desk.models import APPROVER, EDITOR, Undoing
from desk.queueing import hand_over_undoing
from desk.views.common import officer_of, rights_of
from desk.views.delivery import LONGEST_WORDS
from geoportal.problems import Problem
from layers import catalogue
from layers.declare import Layer
from layers.revisions import Revision
from layers.versioned import NOW

A_PAGE = 40

# While one of these stands, the same is not asked for again; after a no or a refusal it may be.
ON_ITS_WAY = ("waiting", "working", "done")


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Every revision, newest first; of one layer when asked."""
    slug = params.word(request, "layer", {layer.slug for layer in catalogue.every()})
    revisions = Revision.objects.order_by("-number")
    if slug:
        revisions = revisions.filter(layer=slug)
    shown = Paginator(revisions, A_PAGE).get_page(params.number(request, "page", 1))
    context = {"page": shown, "layers": catalogue.every(), "slug": slug, "waiting": waiting(request)}
    return render(request, "desk/history.html", context)


def waiting(request: HttpRequest) -> list[Undoing]:
    """Requests to undo or withdraw that this officer may approve, or asked for."""
    user, held = officer_of(request).user, rights_of(request)
    listed = Undoing.objects.filter(state="waiting").select_related("asked_by__officer")
    return [one for one in listed if one.asked_by_id == user.pk or rights.covers(held, APPROVER, one.layer_slug)]


def revision_of(number: int) -> Revision:
    revision = Revision.objects.filter(number=number).first()
    if revision is None:
        raise Problem("revision-unknown")
    return revision


@require_http_methods(["GET", "HEAD", "POST"])
def revision(request: HttpRequest, number: int) -> HttpResponse:
    """One revision, and the form to take it back."""
    found = revision_of(number)
    if request.method == "POST":
        return ask(request, Undoing(kind="roll-back", layer_slug=found.layer, number=number))
    layer, held = catalogue.get(found.layer), rights_of(request)
    undoings = Undoing.objects.filter(kind="roll-back", number=number).order_by("-asked_at")
    context = {
        "revision": found,
        "layer": layer,
        "features": features_of(layer, number),
        "undoings": undoings,
        "may_ask": rights.covers(held, EDITOR, found.layer) and not undoings.filter(state__in=ON_ITS_WAY).exists(),
    }
    return render(request, "desk/revision.html", context)


def features_of(layer: Layer, number: int) -> list[dict[str, Any]]:
    """Some features that the revision opened and that still stand, by their key."""
    rows = layer.model._default_manager.filter(NOW, since=number).order_by("feature_id")
    return [
        {"id": row.feature_id, "key": " / ".join(str(getattr(row, name)) for name in layer.key)} for row in rows[:25]
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def feature(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Every version of one feature: since when, until when, by which revision; and the form to withdraw it."""
    layer = next((known for known in catalogue.every() if known.slug == slug), None)
    versions = versions_of(layer, number) if layer else []
    if layer is None or not versions:
        raise Problem("place-unknown")
    if request.method == "POST":
        return ask(request, Undoing(kind="withdraw", layer_slug=slug, feature_id=number))
    undoings = Undoing.objects.filter(kind="withdraw", layer_slug=slug, feature_id=number).order_by("-asked_at")
    context = {
        "layer": layer,
        "feature_id": number,
        "versions": versions,
        "undoings": undoings,
        "may_ask": rights.covers(rights_of(request), EDITOR, slug)
        and not undoings.filter(state__in=ON_ITS_WAY).exists(),
    }
    return render(request, "desk/feature.html", context)


def versions_of(layer: Layer, number: int) -> list[dict[str, Any]]:
    rows = list(layer.model._default_manager.filter(feature_id=number).order_by("-since", "-row_id"))
    numbers = {row.since for row in rows} | {row.until for row in rows if row.until}
    revisions = Revision.objects.in_bulk(numbers)
    return [
        {
            "key": " / ".join(str(getattr(row, name)) for name in layer.key),
            "since": revisions.get(row.since),
            "until": revisions.get(row.until) if row.until else None,
            "is_withdrawn": row.since == row.until,
        }
        for row in rows
    ]


def ask(request: HttpRequest, undoing: Undoing) -> HttpResponse:
    """An officer asks, with a reason; another one approves before anything happens."""
    if not rights.covers(rights_of(request), EDITOR, undoing.layer_slug):
        raise Problem("not-allowed")
    undoing.reason = request.POST.get("reason", "").strip()[:LONGEST_WORDS]
    if not undoing.reason:
        raise Problem("reason-missing")
    undoing.asked_by = officer_of(request).user
    undoing.save()
    return redirect("desk-undoing", undoing.pk)


@require_safe
def undoing(request: HttpRequest, number: int) -> HttpResponse:
    one = Undoing.objects.select_related("asked_by__officer", "decided_by__officer").filter(pk=number).first()
    if one is None:
        raise Problem("delivery-unknown")
    may = one.state == "waiting" and rights.covers(rights_of(request), APPROVER, one.layer_slug)
    may = may and one.asked_by_id != officer_of(request).user.pk
    more = {"name": name_of(one), "refused_by": refused_by(one.refusal)}
    return render(request, "desk/undoing.html", {"undoing": one, "may_approve": may, **more})


def name_of(one: Undoing) -> str:
    """What would be withdrawn, as it is called now; nothing where it is gone."""
    versions = versions_of(one.layer, one.feature_id) if one.feature_id else []
    return "" if not versions or versions[0]["is_withdrawn"] else str(versions[0]["key"])


def refused_by(refusal: dict[str, Any]) -> list[dict[str, Any]]:
    """What stands in the way, each in words; later revisions so that they can be opened."""
    keys = refusal.get("keys", [])
    if refusal.get("code") == "built-upon":
        return [{"revision": int(number), "layer": layer, "words": name} for number, layer, name in keys]
    return [{"words": " · ".join(key)} for key in keys]


@require_POST
def decide(request: HttpRequest, number: int) -> HttpResponse:
    """The second officer says yes (the worker does it) or no."""
    user = officer_of(request).user
    with transaction.atomic():
        one = Undoing.objects.select_for_update().filter(pk=number, state="waiting").first()
        if one is None:
            raise Problem("delivery-moved")
        if one.asked_by_id == user.pk:
            raise Problem("own-delivery")
        if not rights.covers(rights_of(request), APPROVER, one.layer_slug):
            raise Problem("not-allowed")
        one.decided_by, one.decided_at = user, timezone.now()
        one.state = "working" if request.POST.get("decision") == "yes" else "declined"
        one.save()
        if one.state == "working":
            hand_over_undoing(one)
    return redirect("desk-undoing", number)
