"""Survey firms that may have files checked: with a program's key (`exports.api_keys`), one check at a time each."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from desk.models import FirmKey
from exports.api_keys.stored import ApiKey, digest, make

# Questions a minute that a firm's new key allows where strangers are not limited.
USUAL = 600
# A check whose process was killed gives its place back after this; no check lasts as long (`desk.apart`).
FORGOTTEN = timedelta(minutes=4)
# Each check is a process of its own that reads, measures and compares: a small machine bears this many.
MOST_AT_ONCE = 2


def allow(firm: str) -> str:
    """Let this firm have files checked: with a new key, told here and never again, or with the one it has (empty)."""
    known = ApiKey.objects.filter(name=firm).first()
    key = "" if known else make(firm, settings.RATE_PAGES or USUAL)
    FirmKey.objects.get_or_create(key=known or ApiKey.objects.get(name=firm))
    return key


def of(key: str) -> FirmKey | None:
    """Whose key this is; None when nobody's, ended, or one that is for asking only."""
    return FirmKey.objects.filter(key__sha256=digest(key), key__ended_at=None).first() if key else None


def begin(key: FirmKey) -> bool:
    """Take the one place this key has, if the machine has one left too."""
    with transaction.atomic():
        late = timezone.now() - FORGOTTEN
        standing = FirmKey.objects.select_for_update(of=("self",)).filter(key__ended_at=None)
        running = {other.pk for other in standing if other.running_since and other.running_since > late}
        if key.pk in running or len(running) >= MOST_AT_ONCE:
            return False
        FirmKey.objects.filter(pk=key.pk).update(running_since=timezone.now())
    return True


def finish(key: FirmKey) -> None:
    FirmKey.objects.filter(pk=key.pk).update(running_since=None)
