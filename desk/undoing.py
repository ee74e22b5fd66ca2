"""What the worker does when two officers have agreed to take something back."""

from __future__ import annotations

from desk.models import Undoing
from importers.publish import Delivery, PublishRefused, alone, roll_back, withdraw
from importers.publish.publishing import CONNECTION
from layers.revisions import Revision


def undo(number: int) -> None:
    """working -> done or refused, in one transaction with what it does; nothing when it was done already."""
    one = Undoing.objects.select_related("asked_by__officer", "decided_by__officer").get(pk=number)
    if one.state != "working" or one.decided_by is None:
        return
    try:
        with alone():
            revision = do(one)
            Undoing.objects.using(CONNECTION).filter(pk=number).update(state="done", revision=revision.number)
    except PublishRefused as refusal:
        told = {"code": refusal.code, "keys": [list(key) for key in refusal.keys[:50]]}
        Undoing.objects.filter(pk=number).update(state="refused", refusal=told)


def do(one: Undoing) -> Revision:
    assert one.decided_by is not None  # noqa: S101  (asked by `undo`)
    told = Delivery("", "", one.asked_by.officer.name, one.decided_by.officer.name, one.reason)
    if one.kind == "withdraw":
        return withdraw(one.layer, one.feature_id or 0, reason=one.reason, delivery=told)
    return roll_back(one.number or 0, told)
