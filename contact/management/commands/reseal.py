"""`./portal manage reseal`: what is sealed is sealed again with the newest key, so that older ones can go."""

from __future__ import annotations

from django.core.management.base import BaseCommand
from django.db import transaction

from contact import sealing
from contact.models import Follow, Mistake

# Model -> the fields that are sealed; a new sealed field is a word here.
SEALED = {Mistake: ("sealed_text", "sealed_photo", "sealed_contact"), Follow: ("sealed_address",)}


class Command(BaseCommand):
    help = "Seal again with the newest key of CONTACT_KEYS whatever an older one sealed."

    def handle(self, **options: object) -> None:
        done = lost = 0
        for model, names in SEALED.items():
            for number in model._default_manager.values_list("pk", flat=True).order_by("pk"):
                with transaction.atomic():
                    row = model._default_manager.select_for_update().filter(pk=number).first()
                    for name in names if row else ():
                        kept = getattr(row, name)
                        if not kept:
                            continue
                        try:
                            setattr(row, name, self.anew(kept))
                            done += 1
                        except sealing.Unsealable:
                            lost += 1
                    if row:
                        row.save(update_fields=names)
        self.stdout.write(f"Sealed again: {done}. No key opens: {lost}.")

    @staticmethod
    def anew(kept: str | bytes) -> str | bytes:
        if isinstance(kept, str):
            return sealing.reseal(kept.encode("ascii")).decode("ascii")
        return sealing.reseal(kept)
