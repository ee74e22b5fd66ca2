"""./portal manage api_key add NAME [--a-minute N] | end NAME | list: keys of programs that ask more often."""

from __future__ import annotations

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from exports.api_keys.stored import ApiKey, make


class Command(BaseCommand):
    help = "Make, end or list the keys of programs. A key is shown once, when it is made; only its hash is kept."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("action", choices=["add", "end", "list"])
        parser.add_argument("name", nargs="?", default="", help="what the key is called: an office or a firm")
        parser.add_argument("--a-minute", type=int, default=6_000, help="requests a minute (default: 6000)")

    def handle(self, *args: Any, action: str, name: str = "", a_minute: int = 6_000, **options: Any) -> None:
        if action == "list":
            return self.list()
        if not name:
            raise CommandError("The key needs a name.")
        return self.add(name, a_minute) if action == "add" else self.end(name)

    def add(self, name: str, a_minute: int) -> None:
        if a_minute < 1:
            raise CommandError("A key allows at least one request a minute.")
        if ApiKey.objects.filter(name=name).exists():
            raise CommandError(f"There is a key called {name} already.")
        self.stdout.write(f"{make(name, a_minute)}\nSend it as “Authorization: Bearer …”. It is not shown again.")

    def end(self, name: str) -> None:
        if not ApiKey.objects.filter(name=name, ended_at=None).update(ended_at=timezone.now()):
            raise CommandError(f"No key called {name} is in use.")
        self.stdout.write(f"The key {name} ends within a minute.")

    def list(self) -> None:
        for key in ApiKey.objects.order_by("name"):
            ended = f", ended {key.ended_at:%Y-%m-%d}" if key.ended_at else ""
            self.stdout.write(f"{key.name}: {key.a_minute} a minute, made {key.made_at:%Y-%m-%d}{ended}")
