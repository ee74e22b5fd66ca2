"""What every page needs to know: the release, the snapshot it speaks of, and whether the data are made up."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from layers.queries import snapshots


def portal(request: HttpRequest) -> dict[str, object]:
    return {
        "release": settings.RELEASE,
        "demo": snapshots.is_demo(),
        "snapshot": snapshots.newest(),
        "today": timezone.localdate(),
    }
