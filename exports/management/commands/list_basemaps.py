"""list_basemaps: which base maps visitors may choose besides the portal's own."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext

from exports.models import BaseMap


class Command(BaseCommand):
    help = "List the base maps that were added."

    def handle(self, *args: Any, **options: Any) -> None:
        bases = list(BaseMap.objects.all())
        for base in bases:
            self.stdout.write(f"{base.name}\t{base.kind}\t{base.title_vi}\t{base.address}")
        if not bases:
            self.stdout.write(gettext("Chỉ có nền của cổng."))
