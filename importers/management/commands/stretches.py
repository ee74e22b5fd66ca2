"""./portal manage stretches: which stretches of zones' borders are worth measuring, for the officers' list."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from importers.publish import stretches


class Command(BaseCommand):
    help = "Find the stretches of borders whose measuring makes answers certain (the worker does so as well)."

    def handle(self, *args: Any, **options: Any) -> None:
        snapshot = stretches.compute(tell=self.tell)
        if snapshot is None:
            self.stdout.write("Nothing is published, so there is nothing to measure.")
        else:
            self.stdout.write(f"The stretches of snapshot {snapshot} are there.")

    def tell(self, layer: str, answers: int, certain: int) -> None:
        self.stdout.write(f"{layer}: {answers} undecided, {certain} certain by measuring", self.style.SUCCESS)
        self.stdout.flush()
