"""Nothing waits for ever: states have a patience, files a last day, and the job of a killed worker an end."""

from __future__ import annotations

from datetime import timedelta

from asgiref.sync import sync_to_async
from django.utils import timezone

from desk import store, working
from desk.models import Delivery
from desk.moves import WrongMove, move
from desk.states import STATES

KEPT_ORIGINAL = timedelta(days=7)
# No file is on its way in, or being checked for a firm, for as long as this.
RECEIVING = timedelta(minutes=30)

give_up = sync_to_async(working.fail)


def close_late() -> int:
    """Move on every delivery whose state has lasted longer than its patience; how many."""
    closed = 0
    for state in STATES.values():
        if state.patience is None:
            continue
        late = Delivery.objects.filter(state=state.code, state_since__lt=timezone.now() - state.patience)
        for delivery in late:
            closed += close(delivery, state.late)
    return closed


def close(delivery: Delivery, to: str) -> int:
    try:
        move(delivery, to, why={"code": "too-late"})
    except WrongMove:
        return 0
    working.close(delivery)
    return 1


def delete_strays() -> int:
    """Folders no delivery speaks of: a process was killed while it received or checked a file."""
    known = set(Delivery.objects.exclude(folder="").values_list("folder", flat=True))
    long_ago = (timezone.now() - RECEIVING).timestamp()
    folders = [entry for entry in store.root().iterdir() if entry.stat().st_mtime < long_ago]
    strays = [entry.name for entry in folders if entry.name not in known]
    for name in strays:
        store.delete(name)
    return len(strays)


def delete_old_originals() -> int:
    """Files whose columns nobody confirmed within a week."""
    day = timezone.now() - KEPT_ORIGINAL
    old = Delivery.objects.filter(received_at__lt=day, original_gone_at__isnull=True).exclude(folder="")
    for delivery in old:
        store.delete_original(delivery.folder)
        Delivery.objects.filter(pk=delivery.pk).update(original_gone_at=timezone.now())
    return len(old)
