"""Handing a delivery to the worker, in the same transaction as the state that it waits in."""

from __future__ import annotations

from django.conf import settings

from desk.models import Delivery, Undoing


def hand_over(delivery: Delivery) -> None:
    from desk.jobs import work  # the job's module needs the queue's app to be ready

    work.defer(number=delivery.pk)


def write_to_approvers(delivery: Delivery) -> None:
    """Once the delivery waits for them; nothing where no address is set."""
    if settings.DESK_MAIL:
        from desk.jobs import write

        write.defer(number=delivery.pk)


def hand_over_undoing(undoing: Undoing) -> None:
    from desk.jobs import undo

    undo.defer(number=undoing.pk)
