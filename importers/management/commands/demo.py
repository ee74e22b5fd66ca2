"""./portal manage demo [--parcels N] [--today YYYY-MM-DD]: fill the portal with the made-up province."""

from __future__ import annotations

import argparse
from datetime import date
from typing import IO, Any, cast

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from importers.demo import province, spread
from layers.declare import Layer
from layers.report.answers import STRENGTH

COLUMNS = (
    SpinnerColumn(),
    TextColumn("{task.description}"),
    BarColumn(),
    MofNCompleteColumn(),
    TimeElapsedColumn(),
    TimeRemainingColumn(),
)


class Command(BaseCommand):
    help = "Publish the demo province: real commune names, made-up parcels and zones, the same on every machine."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--parcels", type=int, default=20_000, help="how many parcels (default: 20000)")
        parser.add_argument("--today", type=date.fromisoformat, help="the day next month's permit is reckoned from")

    def handle(self, *args: Any, parcels: int = 20_000, today: date | None = None, **options: Any) -> None:
        day = today or timezone.localdate()
        if parcels < province.SMALLEST:
            raise CommandError(f"The demo needs at least {province.SMALLEST} parcels.")
        try:
            if province.is_there(parcels):
                self.stdout.write(f"The demo of {parcels:,} parcels is there already.")
                return
        except province.DemoRefused as refusal:
            raise CommandError(str(refusal)) from None
        with Progress(*COLUMNS, console=Console(file=cast(IO[str], self.stdout))) as bars:
            province.publish_demo(parcels, day, *reporters(bars))
        self.stdout.write(f"The demo of {parcels:,} parcels is published.")
        self.tell_answers(day)

    def tell_answers(self, day: date) -> None:
        for theme, answers in spread.by_theme(day).items():
            shares = (f"{answer.value} {answers[answer] / answers.total():.0%}" for answer in STRENGTH)
            self.stdout.write(f"{theme}, a sample of {answers.total()} parcels: {', '.join(shares)}.")


def reporters(bars: Progress) -> tuple[province.Tell, province.Advance]:
    """One bar a layer: how many of its rows are sent; it turns on while the database compares and writes them."""

    def tell(layer: Layer, rows: int) -> None:
        for task in bars.tasks:
            bars.update(task.id, completed=task.total)
            bars.stop_task(task.id)
        bars.add_task(str(layer.title), total=rows)

    def advance(rows: int) -> None:
        bars.advance(bars.tasks[-1].id, rows)

    return tell, advance
