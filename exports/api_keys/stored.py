"""A key is 256 random bits, so its plain hash tells nothing; who holds it is a name the operator chose, no person's."""

from __future__ import annotations

import secrets
import time
from hashlib import sha256

from django.db import models
from django.utils import timezone

PREFIX = "gp_"
# How long a process may go on with what it read of a key, in seconds: an ended key stops within that.
REMEMBERED_S = 60.0


class ApiKey(models.Model):
    """`a_minute`: how many requests a minute its holder may make, from wherever they come."""

    name = models.CharField(max_length=80, unique=True)
    sha256 = models.CharField(max_length=64, unique=True)
    a_minute = models.IntegerField()
    made_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


def digest(key: str) -> str:
    return sha256(key.encode()).hexdigest()


def make(name: str, a_minute: int) -> str:
    """A new key; this is the only time it can be read."""
    key = PREFIX + secrets.token_urlsafe(32)
    ApiKey.objects.create(name=name, sha256=digest(key), a_minute=a_minute)
    return key


_remembered: dict[str, tuple[float, int | None]] = {}


def allowance(key: str) -> int | None:
    """How many requests a minute the key allows; None when there is no such key, or it was ended."""
    hashed, now = digest(key), time.monotonic()
    read_at, allowed = _remembered.get(hashed, (-REMEMBERED_S, None))
    if now - read_at >= REMEMBERED_S:
        allowed = ApiKey.objects.filter(sha256=hashed, ended_at=None).values_list("a_minute", flat=True).first()
        if len(_remembered) > 1_000:
            _remembered.clear()
        _remembered[hashed] = (now, allowed)
    return allowed
