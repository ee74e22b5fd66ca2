"""`./portal manage push_key`: a new key for PUSH_KEY."""

from __future__ import annotations

from django.core.management.base import BaseCommand

from contact import pushing


class Command(BaseCommand):
    help = "Print a new key for PUSH_KEY. Whoever follows by another key has to ask again."
    requires_system_checks = ()

    def handle(self, **options: object) -> None:
        self.stdout.write(pushing.new_key())
