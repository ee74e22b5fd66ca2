"""`./portal manage contact_key`: a new key for CONTACT_KEYS."""

from __future__ import annotations

from cryptography.fernet import Fernet
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Print a new key for CONTACT_KEYS. Put it in front of those that are there, then run reseal."
    requires_system_checks = ()

    def handle(self, **options: object) -> None:
        self.stdout.write(Fernet.generate_key().decode())
