"""Nothing waits for ever: states have a patience, files a last day, and the job of a killed worker an end."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

from asgiref.sync import sync_to_async
from django.conf import settings
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateEvent, ProcrastinateJob

from desk import queueing, store, working
from desk.models import Delivery
from desk.moves import WrongMove, move
from desk.states import STATES
from layers.queries.holding import held

KEPT_ORIGINAL = timedelta(days=7)
# No file is on its way in, or being checked for a firm, for as long as this.
RECEIVING = timedelta(minutes=30)

# A job begins to hold what it works at within so long after it was fetched.
BEGINNING = timedelta(seconds=3)
# … and a delivery that a machine should work at has a job within so long.
FORGOTTEN = timedelta(seconds=20)

give_up = sync_to_async(working.fail)


def dead_jobs(kinds: Mapping[str, str]) -> list[ProcrastinateJob]:
    """Jobs that count as running though nobody works at their delivery or undoing any more (`kinds`: by task)."""
    begun = ProcrastinateEvent.objects.filter(type="started", at__gt=timezone.now() - BEGINNING)
    running = ProcrastinateJob.objects.filter(status="doing", task_name__in=kinds).exclude(
        pk__in=begun.values("job_id")
    )
    found = list(running.order_by("pk"))
    busy = {kind: held(kind) for kind in set(kinds.values())} if found else {}
    return [job for job in found if int(job.args["number"]) not in busy[kinds[job.task_name]]]


def hand_over_forgotten(task: str) -> int:
    """Give a new job to deliveries that wait for the machine and have none: the database went away in between."""
    waiting = [state.code for state in STATES.values() if state.works]
    long_ago = timezone.now() - FORGOTTEN
    late = list(Delivery.objects.filter(state__in=waiting, state_since__lt=long_ago))
    if not late:
        return 0
    jobs = ProcrastinateJob.objects.filter(task_name=task, status__in=("todo", "doing"))
    known = {int(args["number"]) for args in jobs.values_list("args", flat=True)}
    forgotten = [delivery for delivery in late if delivery.pk not in known]
    for delivery in forgotten:
        queueing.hand_over(delivery)
    return len(forgotten)


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
    """Folders no delivery speaks of, files that never arrived whole: their process was killed. How many."""
    known = set(Delivery.objects.exclude(folder="").values_list("folder", flat=True))
    strays = [folder for folder in long_there(store.root()) if folder.name not in known]
    for folder in strays:
        store.delete(folder.name)
    unfinished = long_there(Path(settings.FILE_UPLOAD_TEMP_DIR))
    for file in unfinished:
        file.unlink(missing_ok=True)
    return len(strays) + len(unfinished)


def long_there(folder: Path) -> list[Path]:
    long_ago = (timezone.now() - RECEIVING).timestamp()
    return [entry for entry in folder.glob("*") if entry.exists() and entry.stat().st_mtime < long_ago]


def delete_old_originals() -> int:
    """Files whose columns nobody confirmed within a week."""
    day = timezone.now() - KEPT_ORIGINAL
    old = Delivery.objects.filter(received_at__lt=day, original_gone_at__isnull=True).exclude(folder="")
    for delivery in old:
        store.delete_original(delivery.folder)
        Delivery.objects.filter(pk=delivery.pk).update(original_gone_at=timezone.now())
    return len(old)
