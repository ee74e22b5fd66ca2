"""Jobs of the desk: kept in PostgreSQL, done by the worker that `./portal run` starts."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from pathlib import Path
from traceback import extract_tb

from procrastinate import JobContext
from procrastinate.contrib.django import app

from desk import sweeping, undoing, working
from desk.models import Delivery

log = logging.getLogger("desk.jobs")
QUEUE = "desk"
# A job whose worker was killed is tried once more; then the delivery says that it failed.
MOST_ATTEMPTS = 2


@app.task(queue=QUEUE, pass_context=True)
def work(context: JobContext, number: int) -> None:
    """Bring a delivery from the state it is in to the next in which somebody has to look."""
    try:
        delivery = Delivery.objects.get(pk=number)
        todo = "received" if delivery.state == "reading" else delivery.state
        if todo in working.WORK:
            working.WORK[todo](number)
    except Exception as error:
        # Where it went wrong, never its text: that may quote a value of the file.
        places = [
            f"{frame.name} ({Path(frame.filename).name}:{frame.lineno})" for frame in extract_tb(error.__traceback__)
        ]
        log.error("delivery %s failed: %s at %s", number, type(error).__name__, " > ".join(places[-6:]))
        working.fail(number)


@app.task(queue=QUEUE, pass_context=False)
def undo(number: int) -> None:
    """Roll back or withdraw what two officers agreed on; safe to run again."""
    undoing.undo(number)


@app.periodic(cron="* * * * * */15")
@app.task(queue=QUEUE, queueing_lock="desk-sweep", pass_context=False)
async def sweep_jobs(timestamp: int) -> None:
    """Jobs whose worker is gone go back into the queue, or their delivery fails: nobody waits for ever.

    It holds no lock of its own: one that a killed worker held would keep every later sweep from starting."""
    for job in await app.job_manager.get_stalled_jobs(queue=QUEUE):
        if job.task_name == work.name and job.attempts >= MOST_ATTEMPTS:
            await sweeping.give_up(int(str(job.task_kwargs["number"])))
        await app.job_manager.retry_job(job, retry_at=datetime.now(UTC))


@app.periodic(cron="* * * * *")
@app.task(queue=QUEUE, queueing_lock="desk-clean", pass_context=False)
def clean(timestamp: int) -> None:
    """Deliveries nobody moved on in time, originals older than a week, folders that belong to nothing."""
    sweeping.close_late()
    sweeping.delete_strays()
    sweeping.delete_old_originals()
