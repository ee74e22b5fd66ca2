"""./portal manage load_ground: publish the communes of both editions and how the old ones went into the new ones."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from importers import ground
from importers.publish import publish
from layers.ground.admin_units import ADMIN_SUCCESSIONS, ADMIN_UNITS


class Command(BaseCommand):
    help = "Publish the State's lists of communes that ship with the portal; a second run changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        delivery = ground.delivery(publisher="load_ground")
        units = ground.with_shapes(ground.communes(), ground.published_shapes())
        for layer, frame in ((ADMIN_UNITS, units), (ADMIN_SUCCESSIONS, ground.successions())):
            revision = publish(layer, [frame], delivery, whole_layer=True)
            if revision:
                self.stdout.write(f"{layer.slug}: {revision.added} added, {revision.changed} changed.")
            else:
                self.stdout.write(f"{layer.slug}: nothing to do.")
