"""./portal manage undecided_rates: how often the portal cannot decide, by theme and commune, for the coverage board."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from importers.publish import undecided


class Command(BaseCommand):
    help = "Compute the undecided rates of the newest snapshot for the coverage board (the worker does so as well)."

    def handle(self, *args: Any, **options: Any) -> None:
        snapshot = undecided.compute(tell=self.tell)
        if snapshot is None:
            self.stdout.write("Nothing is published, so there is nothing to compute.")
        else:
            self.stdout.write(f"The undecided rates of snapshot {snapshot} are there.")

    def tell(self, commune: str, done: int, of: int) -> None:
        self.stdout.write(f"{commune}: {done} of {of} communes", self.style.SUCCESS)
        self.stdout.flush()
