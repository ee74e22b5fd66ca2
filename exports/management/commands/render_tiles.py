"""Render the newest revisions' tiles now, with a progress bar; the worker does the same in the background."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.core.management.base import BaseCommand
from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from exports.archives import render
from layers import catalogue
from layers.queries import snapshots, tiles


class Command(BaseCommand):
    help = "Render the tiles of every layer's newest revision into an archive."

    def handle(self, *args: Any, **options: Any) -> None:
        revisions = tiles.revisions_at(snapshots.newest() or 0)
        columns = (SpinnerColumn(), TextColumn("{task.description}"), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns) as progress:
            for layer in catalogue.mapped():
                if layer.slug in revisions and not render.is_rendered(layer, revisions[layer.slug]):
                    task = progress.add_task(layer.slug, total=None)
                    render.render(layer, revisions[layer.slug], partial(progress.advance, task))
