"""remove_basemap NAME: offer it no longer; a file kept for it is deleted."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext

from exports.base_maps import archive
from exports.models import BaseMap


class Command(BaseCommand):
    help = "Take a base map away again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name")

    def handle(self, *args: Any, **options: Any) -> None:
        base = BaseMap.objects.filter(name=options["name"]).first()
        if base is None:
            raise CommandError(gettext("Không có nền “{name}”.").format(name=options["name"]))
        archive.remove(base.name, int(base.added_at.timestamp()))
        base.delete()
        self.stdout.write(gettext("Đã gỡ nền “{name}”.").format(name=base.name))
