"""Jobs of the worker (`./portal worker`): kept in PostgreSQL by procrastinate, no further service."""

from __future__ import annotations

from procrastinate.contrib.django import app

from exports.archives import render
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
