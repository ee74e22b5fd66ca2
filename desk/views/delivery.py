"""One delivery: where it stands, and what may be done with it now."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from desk import rights, working
from desk.models import Delivery
from desk.queueing import hand_over, write_to_approvers
from desk.states import SENT_AGAIN
from desk.views.common import DOING, context, edited, go, officer_of, rights_of, seen
from geoportal.problems import Problem
from geoportal.templatetags.portal import number as number_words

LONGEST_WORDS = 500


@require_safe
def page(request: HttpRequest, number: int) -> HttpResponse:
    """The page where the work is: to wait, to confirm, or to look at what was found."""
    delivery = seen(request, number)
    if delivery.state == "choosing":
        return redirect("desk-understood", number)
    if delivery.state in ("checked", "waiting"):
        return redirect("desk-findings" if delivery.state == "checked" else "desk-difference", number)
    return told(request, delivery)


def told(request: HttpRequest, delivery: Delivery) -> HttpResponse:
    """Where it stands, and each step of it; an end beside the way with its reason, and the way on."""
    last = delivery.steps.last()
    more = {
        "last_words": last.note if last and delivery.state == "returned" else "",
        "may_send_again": delivery.state in SENT_AGAIN and delivery.sender_id == officer_of(request).user.pk,
    }
    return render(request, "desk/delivery.html", context(request, delivery, **more))


@require_safe
def record(request: HttpRequest, number: int) -> HttpResponse:
    """Every step of it, and who took it."""
    return told(request, seen(request, number))


@require_safe
def state(request: HttpRequest, number: int) -> JsonResponse:
    """For the page that waits: the state, what is being done, and how much of it."""
    delivery = seen(request, number)
    doing = str(DOING.get(delivery.doing, ""))
    return JsonResponse({"state": delivery.state, "doing": doing, "share": delivery.done_share})


@require_POST
def cancel(request: HttpRequest, number: int) -> HttpResponse:
    delivery = edited(request, number)
    go(delivery, "cancelled", officer_of(request))
    working.close(delivery)
    return redirect("desk")


@require_POST
def send(request: HttpRequest, number: int) -> HttpResponse:
    """To the approver; impossible while one finding is open or nothing would change."""
    delivery = edited(request, number)
    if obstacles(delivery):
        raise Problem("delivery-blocked")
    message = request.POST.get("message", "").strip()[:LONGEST_WORDS]
    said = {"message": message, "sent_at": timezone.now(), "moved_on": False}
    with transaction.atomic():
        go(delivery, "waiting", officer_of(request), note=message, **said)
        write_to_approvers(delivery)
    return redirect("desk-record", number)


def obstacles(delivery: Delivery) -> dict[str, int]:
    """How many findings of each severity keep it from being sent."""
    found = {"block": 0, "decide": 0}
    for severity in delivery.faults.filter(is_open=True).values_list("severity", flat=True):
        found[severity] += 1
    return {severity: count for severity, count in found.items() if count}


def obstacle_words(delivery: Delivery) -> str:
    """What the button says: nothing, or why it cannot be pressed."""
    found = obstacles(delivery)
    said = []
    if found.get("block"):
        said.append(_("{count} lỗi chặn").format(count=number_words(found["block"])))
    if found.get("decide"):
        said.append(_("{count} điều chờ quyết định").format(count=number_words(found["decide"])))
    if said:
        return _("còn {what}").format(what=_(" và ").join(said))
    if delivery.difference and not any(delivery.difference[kind] for kind in ("added", "changed", "removed")):
        return _("không có gì thay đổi")
    return ""


def approver_of(request: HttpRequest, number: int) -> Delivery:
    delivery = seen(request, number)
    if not rights.may_approve(officer_of(request).user, rights_of(request), delivery):
        raise Problem("own-delivery" if delivery.sender_id == officer_of(request).user.pk else "not-allowed")
    return delivery


@require_POST
def approve(request: HttpRequest, number: int) -> HttpResponse:
    delivery = approver_of(request, number)
    officer = officer_of(request)
    if request.POST.get("digest", "") != delivery.digest:
        raise Problem("delivery-moved")
    with transaction.atomic():
        now = timezone.now()
        go(delivery, "publishing", officer, approver=officer.user, approved_at=now, moved_on=False)
        hand_over(delivery)
    return redirect("desk-record", number)


@require_POST
def give_back(request: HttpRequest, number: int) -> HttpResponse:
    delivery = approver_of(request, number)
    reason = request.POST.get("reason", "").strip()[:LONGEST_WORDS]
    if not reason:
        raise Problem("reason-missing")
    go(delivery, "returned", officer_of(request), note=reason)
    working.close(delivery)
    return redirect("desk-record", number)
