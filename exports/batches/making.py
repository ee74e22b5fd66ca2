"""Making a batch, ending it, and forgetting it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac

from exports.batches.asking import Asked
from exports.batches.stored import Batch, BatchRow
from exports.sheets.codes import new_code
from layers.withdrawals import Withdrawal

MOST_ROWS = 10_000
LONGEST_NAME = 200
AT_ONCE = 1_000


class AlreadyRunning(Exception):
    """This client has a batch that is not done yet."""


@dataclass(frozen=True)
class Wanted:
    """`client`: the address or key of whoever asks; only a keyed hash of it is kept, while the batch runs."""

    client: str
    snapshot: int
    day: date
    language: str


def make(wanted: Wanted, rows: Sequence[tuple[str, Asked]]) -> Batch:
    """Keep the rows (name, site as asked) and hand them to the worker, all or nothing. Raises AlreadyRunning."""
    if not 0 < len(rows) <= MOST_ROWS:
        raise ValueError(f"{len(rows)} rows")
    try:
        with transaction.atomic():
            batch = Batch.objects.create(
                code=new_code(),
                client=salted_hmac("exports.batches", wanted.client, algorithm="sha256").hexdigest(),
                snapshot=wanted.snapshot,
                day=wanted.day,
                language=wanted.language,
                release=settings.RELEASE,
                made_at=timezone.now(),
            )
            made = [
                BatchRow(batch=batch, number=number, name=name[:LONGEST_NAME], asked=asked)
                for number, (name, asked) in enumerate(rows, 1)
            ]
            BatchRow.objects.bulk_create(made, batch_size=AT_ONCE)
    except IntegrityError:
        raise AlreadyRunning from None
    hand_over()
    return batch


def hand_over() -> None:
    """Wake the worker now; were this lost, it looks by itself every few seconds."""
    from procrastinate.exceptions import AlreadyEnqueued

    from exports.jobs import answer_batches  # the job's module needs the queue's app to be ready

    try:
        with transaction.atomic():
            answer_batches.configure().defer(timestamp=0)
    except AlreadyEnqueued:
        return


def end(batch: Batch, state: str) -> None:
    """Done or cancelled; what was answered by then stays. Who sent it is forgotten."""
    Batch.objects.filter(pk=batch.pk, state=Batch.RUNNING).update(state=state, ended_at=timezone.now(), client="")


def goes_at(batch: Batch) -> datetime:
    return batch.made_at + timedelta(days=settings.BATCH_DAYS)


def kept() -> QuerySet[Batch]:
    """Batches that may still be seen."""
    return Batch.objects.filter(made_at__gte=timezone.now() - timedelta(days=settings.BATCH_DAYS))


def expire(now: datetime) -> int:
    """Delete batches, rows and all, older than the days of the setting; how many there were."""
    old = Batch.objects.filter(made_at__lt=now - timedelta(days=settings.BATCH_DAYS))
    codes = list(old.values_list("code", flat=True))
    old.delete()
    return len(codes)


def forget_withdrawn() -> int:
    """Delete batches of a snapshot in which something was public that had to go: rather one too many."""
    gone = 0
    for one in Withdrawal.objects.all():
        showing = Batch.objects.filter(snapshot__gte=one.since, snapshot__lt=one.number)
        gone += showing.count()
        showing.delete()
    return gone
