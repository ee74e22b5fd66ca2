"""Jobs of the worker (`./portal worker`): kept in PostgreSQL by procrastinate, no further service."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from exports.archives import render
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
