"""Keys of survey firms: shown once, kept as a hash, one check at a time each."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from desk.models import FirmKey

PREFIX = "kt_"
# A check whose process was killed gives its place back after this; no check lasts as long (`desk.apart`).
FORGOTTEN = timedelta(minutes=4)
# Each check is a process of its own that reads, measures and compares: a small machine bears this many.
MOST_AT_ONCE = 2


def digest(key: str) -> str:
    """256 random bits cannot be guessed from their hash, so a fast one without salt is enough."""
    return hashlib.sha256(key.encode()).hexdigest()


def make(firm: str) -> str:
    """A new key of this firm. It is told here and never again."""
    key = PREFIX + secrets.token_urlsafe(32)
    FirmKey.objects.create(firm=firm, digest=digest(key))
    return key


def of(key: str) -> FirmKey | None:
    """Whose key this is; None when nobody's, or ended."""
    return FirmKey.objects.filter(digest=digest(key), ended_at=None).first() if key else None


def begin(key: FirmKey) -> bool:
    """Take the one place this key has, if the machine has one left too."""
    with transaction.atomic():
        late = timezone.now() - FORGOTTEN
        standing = FirmKey.objects.select_for_update().filter(ended_at=None)
        running = {other.pk for other in standing if other.running_since and other.running_since > late}
        if key.pk in running or len(running) >= MOST_AT_ONCE:
            return False
        FirmKey.objects.filter(pk=key.pk).update(running_since=timezone.now())
    return True


def finish(key: FirmKey) -> None:
    FirmKey.objects.filter(pk=key.pk).update(running_since=None)
