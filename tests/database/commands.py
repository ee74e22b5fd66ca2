"""Running the portal's commands in tests."""

from __future__ import annotations

from io import StringIO

from django.core.management import call_command

from layers.revisions import Revision


def run(command: str, **options: object) -> str:
    said = StringIO()
    call_command(command, stdout=said, **options)
    return said.getvalue()


def revisions() -> int:
    return Revision.objects.count()
