"""./portal manage demo [--parcels N] [--today YYYY-MM-DD]: fill the portal with the made-up province."""

from __future__ import annotations

import argparse
from datetime import date
from typing import IO, Any, cast

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from importers.demo import province
from layers.declare import Layer


class Command(BaseCommand):
    help = "Publish the demo province: real commune names, made-up parcels and zones, the same on every machine."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--parcels", type=int, default=20_000, help="how many parcels (default: 20000)")
        parser.add_argument("--today", type=date.fromisoformat, help="the day next month's permit is reckoned from")

    def handle(self, *args: Any, parcels: int, today: date | None, **options: Any) -> None:
        if parcels < province.SMALLEST:
            raise CommandError(f"The demo needs at least {province.SMALLEST} parcels.")
        try:
            if province.is_there(parcels):
                self.stdout.write(f"The demo of {parcels:,} parcels is there already.")
                return
        except province.DemoRefused as refusal:
            raise CommandError(str(refusal)) from None
        columns = (
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
        )
        with Progress(*columns, console=Console(file=cast(IO[str], self.stdout))) as bars:
            province.publish_demo(parcels, today or timezone.localdate(), *reporters(bars))
        self.stdout.write(f"The demo of {parcels:,} parcels is published.")


def reporters(bars: Progress) -> tuple[province.Tell, province.Advance]:
    """One bar a layer: how many of its rows are sent; the spinner turns while the database writes them."""

    def tell(layer: Layer, rows: int) -> None:
        finish()
        bars.add_task(str(layer.title), total=rows)

    def finish() -> None:
        for task in bars.tasks:
            bars.stop_task(task.id)

    def advance(rows: int) -> None:
        bars.advance(bars.tasks[-1].id, rows)

    return tell, advance
