"""Jobs of the desk: kept in PostgreSQL, done by the worker that `./portal run` starts."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from pathlib import Path
from traceback import extract_tb

from asgiref.sync import sync_to_async
from django.db import InterfaceError, OperationalError, connections
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.jobs import Status

from desk import letters, sweeping, undoing, working
from desk.models import Delivery
from layers.queries.holding import holding

log = logging.getLogger("desk.jobs")
QUEUE = "desk"
# A job whose worker was killed is tried once more; then the delivery says that it failed.
MOST_ATTEMPTS = 2
# A database that went away is asked again so often; it is no fault of the delivery.
AGAIN = RetryStrategy(max_attempts=10, wait=3, retry_exceptions=(OperationalError, InterfaceError))


@app.task(queue=QUEUE, pass_context=True, retry=AGAIN)
def work(context: JobContext, number: int) -> None:
    """Bring a delivery from the state it is in to the next in which somebody has to look.

    Whoever finds another one at it leaves it: a second run could only get in the way."""
    try:
        with holding("delivery", number) as ours:
            if ours:
                work_at(number)
    except (OperationalError, InterfaceError):
        connections.close_all()
        raise


def work_at(number: int) -> None:
    try:
        delivery = Delivery.objects.get(pk=number)
        todo = "received" if delivery.state == "reading" else delivery.state
        if todo in working.WORK:
            working.WORK[todo](number)
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        # Where it went wrong, never its text: that may quote a value of the file.
        places = [
            f"{frame.name} ({Path(frame.filename).name}:{frame.lineno})" for frame in extract_tb(error.__traceback__)
        ]
        log.error("delivery %s failed: %s at %s", number, type(error).__name__, " > ".join(places[-6:]))
        working.fail(number)


@app.task(queue=QUEUE, pass_context=False, retry=AGAIN)
def undo(number: int) -> None:
    """Roll back or withdraw what two officers agreed on; safe to run again."""
    try:
        with holding("undoing", number) as ours:
            if ours:
                undoing.undo(number)
    except (OperationalError, InterfaceError):
        connections.close_all()
        raise


@app.task(queue=QUEUE, pass_context=False)
def write(number: int) -> None:
    """Tell the approvers by e-mail that a delivery waits for them."""
    letters.tell_of_waiting(number)


KIND_OF = {work.name: "delivery", undo.name: "undoing"}


@app.periodic(cron="* * * * * */5")
@app.task(queue=QUEUE, queueing_lock="desk-sweep", pass_context=False)
async def sweep_jobs(timestamp: int) -> None:
    """Jobs whose worker is gone go back into the queue, or their delivery fails: nobody waits for ever.

    A job of ours is dead when nobody holds what it works at, which shows at once; any other when its worker's heart
    has stopped for half a minute. Those come by the clock, so they are only struck off: a lock that a dead one keeps
    would keep every later one from starting. The sweep itself holds no lock for the same reason."""
    for job in await sync_to_async(sweeping.dead_jobs)(KIND_OF):
        if job.task_name == work.name and job.attempts >= MOST_ATTEMPTS:
            await sweeping.give_up(int(job.args["number"]))
        await app.job_manager.retry_job_by_id_async(job.pk, datetime.now(UTC))
    for stalled in await app.job_manager.get_stalled_jobs():
        if stalled.task_name not in KIND_OF:
            await app.job_manager.finish_job(stalled, status=Status.FAILED, delete_job=True)
    await sync_to_async(sweeping.hand_over_forgotten)(work.name)


@app.periodic(cron="* * * * *")
@app.task(queue=QUEUE, queueing_lock="desk-clean", pass_context=False)
def clean(timestamp: int) -> None:
    """Deliveries nobody moved on in time, originals older than a week, folders that belong to nothing."""
    sweeping.close_late()
    sweeping.delete_strays()
    sweeping.delete_old_originals()
