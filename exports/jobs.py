"""Jobs of the worker (`./portal worker`): kept in PostgreSQL by procrastinate, no further service."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from exports.archives import render
from exports.batches import answering, making
from exports.sheets import withdrawing
from layers import catalogue
from layers.queries import snapshots, tiles, withdrawn


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="render-tiles", lock="render-tiles", pass_context=False)
def render_tiles(timestamp: int) -> None:
    """Render what was published since the last look. A job that is late or lost is made up for by the next one."""
    snapshot = snapshots.newest()
    if snapshot is None:
        return
    for slug, number in withdrawn.newest_by_layer().items():
        render.forget_withdrawn(catalogue.get(slug), number)
    for slug, revision in tiles.revisions_at(snapshot).items():
        layer = catalogue.get(slug)
        if layer in catalogue.mapped() and not render.is_rendered(layer, revision):
            render.render(layer, revision)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="withdraw-sheets", lock="withdraw-sheets", pass_context=False)
def withdraw_sheets(timestamp: int) -> None:
    """Blank the stored sheets that show what was withdrawn, and those whose time is over."""
    withdrawing.withdraw_all()
    withdrawing.expire(timezone.now())


# A job answers rows for so long, then makes room for the others of the worker: an officer's file among them.
TURN_S = 5.0


@app.periodic(cron="* * * * * */10")
@app.task(queue="batches", queueing_lock="answer-batches", pass_context=False)
def answer_batches(timestamp: int) -> None:
    """Answer rows of the batches that run. What is to be done stands in their rows, so a job that is killed loses at
    most the row it was at, and the next one goes on; it holds no lock, which a killed worker would keep."""
    if answering.work(TURN_S):
        making.hand_over()


@app.periodic(cron="* * * * *")
@app.task(queue="batches", queueing_lock="clean-batches", pass_context=False)
def clean_batches(timestamp: int) -> None:
    """Batches whose time is over, or that show what was withdrawn."""
    making.expire(timezone.now())
    making.forget_withdrawn()
