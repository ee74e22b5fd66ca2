"""What the worker (`./portal worker`) does after a publication besides rendering tiles."""

from __future__ import annotations

from procrastinate.contrib.django import app

from importers.publish import stretches, undecided


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="undecided-rates", lock="undecided-rates", pass_context=False)
def undecided_rates(timestamp: int) -> None:
    """Compute the undecided rates when something new was published; a job that is late is made up for by the next."""
    if undecided.is_due():
        undecided.compute()


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="stretches", lock="stretches", pass_context=False)
def find_stretches(timestamp: int) -> None:
    """Find what is worth measuring in each layer whose answers may have changed since the last look."""
    if stretches.stale():
        stretches.compute()
