"""A delivery goes from state to state: only as the table allows, each step written down."""

from __future__ import annotations

from django.db import DEFAULT_DB_ALIAS, transaction
from django.utils import timezone

from desk.models import Delivery, Step
from desk.states import MAY_FOLLOW, STATES


class WrongMove(Exception):
    """Somebody else was faster, or the table forbids it."""


def move(
    delivery: Delivery, to: str, *, who: str = "", note: str = "", using: str = DEFAULT_DB_ALIAS, **values: object
) -> None:
    """Bring the delivery into a state, set `values` with it, and write the step. Raises WrongMove."""
    with transaction.atomic(using=using):
        standing = Delivery.objects.using(using).select_for_update().get(pk=delivery.pk)
        if to not in MAY_FOLLOW.get(standing.state, frozenset()):
            raise WrongMove(f"{standing.state} -> {to}")
        changes = {"state": to, "state_since": timezone.now(), "doing": "", "done_share": 0.0, **values}
        Delivery.objects.using(using).filter(pk=delivery.pk).update(**changes)
        Step.objects.using(using).create(delivery_id=delivery.pk, state=to, who=who, note=note[:500])
    for name, value in changes.items():
        setattr(delivery, name, value)


def tell(delivery: Delivery, doing: str, share: float) -> None:
    """What the machine is doing now, for whoever looks at the page."""
    Delivery.objects.filter(pk=delivery.pk).update(doing=doing, done_share=share)


def is_ended(delivery: Delivery) -> bool:
    return STATES[delivery.state].ended
