"""Which addresses of tiles must not be answered any more, because something they showed was withdrawn."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from django.db import OperationalError
from django.db.models import Max

from layers.withdrawals import Withdrawal

# Every tile asks; the database is asked again after so many seconds.
REMEMBERED_S = 5.0


@dataclass
class Remembered:
    """The newest withdrawal of each layer, and when that was asked (None: never)."""

    newest: dict[str, int] = field(default_factory=dict)
    asked_at: float | None = None


_remembered = Remembered()


def is_gone(slug: str, revision: int) -> bool:
    """Whether a layer's tiles of that revision may still show something that was withdrawn since."""
    return revision < newest_by_layer().get(slug, 0)


def newest_by_layer() -> dict[str, int]:
    """The number of each layer's newest withdrawal. While the database is away, what was last known."""
    now = time.monotonic()
    if _remembered.asked_at is None or now - _remembered.asked_at >= REMEMBERED_S:
        try:
            found = Withdrawal.objects.order_by().values_list("layer").annotate(newest=Max("number"))
            _remembered.newest = dict(found)
        except OperationalError:
            if _remembered.asked_at is None:
                raise
        _remembered.asked_at = now
    return _remembered.newest


def withdrawal_of(slug: str, feature_id: int) -> Withdrawal | None:
    """That a feature was withdrawn, whatever snapshot is asked for: it holds for none."""
    return Withdrawal.objects.filter(layer=slug, feature_id=feature_id).first()


def forget() -> None:
    """Ask again next time; for whoever has just withdrawn something in this process."""
    _remembered.asked_at = None
