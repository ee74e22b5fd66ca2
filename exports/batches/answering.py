"""What the worker does with a batch: row by row, each answered once, whenever it is stopped and by however many."""

from __future__ import annotations

import logging
import time

from django.db import OperationalError
from django.utils import timezone, translation
from django.utils.translation import gettext

from exports.batches.asking import site
from exports.batches.condensed import condensed
from exports.batches.making import end
from exports.batches.stored import Batch, BatchRow
from layers.queries.snapshots import reading
from layers.report.site import report
from layers.sites.placing import Undecided
from layers.sites.troubles import SiteTrouble

log = logging.getLogger("exports.batches")
# So many rows of a batch in turn, then the next batch: a small one does not wait for a large one.
IN_TURN = 20
# A row that was begun so often and never came to an end brings the worker down.
MOST_TRIES = 3
QUERY_CANCELLED = "57014"


def work(seconds: float) -> bool:
    """Answer rows of the running batches, in turn, for about so long. True when some are left."""
    until = time.monotonic() + seconds
    while batches := list(Batch.objects.filter(state=Batch.RUNNING).order_by("made_at")):
        for batch in batches:
            if time.monotonic() >= until:
                return True
            turn(batch)
    return False


def turn(batch: Batch) -> None:
    """The next rows of a batch; without any it is done. One that was cancelled meanwhile stops within a turn."""
    rows = list(batch.rows.filter(answered_at=None).order_by("number")[:IN_TURN])
    for row in rows:
        answer(batch, row)
    if not rows:
        end(batch, Batch.DONE)


def answer(batch: Batch, row: BatchRow) -> None:
    """Answer a row, or say in one sentence why not. Where two workers did, the first word stands."""
    if not BatchRow.objects.filter(pk=row.pk, answered_at=None, tries=row.tries).update(tries=row.tries + 1):
        return  # another worker is at it
    with translation.override(batch.language):
        said = answered(batch, row) if row.tries < MOST_TRIES else {"error": too_heavy()}
    BatchRow.objects.filter(pk=row.pk, answered_at=None).update(answered_at=timezone.now(), **said)


def answered(batch: Batch, row: BatchRow) -> dict[str, object]:
    """The fields of a row that is through. Raises OperationalError when the database is away: it is asked again."""
    try:
        with reading():
            ground = site(row.asked, batch.snapshot)
            return {"answer": condensed(report(ground, batch.snapshot, batch.day)), "ground": ground.wkb}
    except SiteTrouble as trouble:
        if "named" in row.asked or "parcels" in row.asked:
            trouble.words["line"] = row.number  # the row's own, not that of a list with one line
        return {"error": trouble.sentence[:600]}
    except Undecided as undecided:
        sentence = gettext("Bảng tọa độ có thể nằm ở {count} nơi tùy kinh tuyến trục. Ghi thêm kinh tuyến trục.")
        return {"error": sentence.format(count=len(undecided.candidates))}
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", getattr(error.__cause__, "pgcode", "")) != QUERY_CANCELLED:
            raise
        return {"error": too_heavy()}
    except Exception as error:
        # Never its text: that may quote what was sent.
        log.exception("row %s of a batch: %s", row.number, type(error).__name__)
        return {"error": gettext("Cổng không trả lời được dòng này. Kiểm tra khu đất này ở trang “Kiểm tra khu đất”.")}


def too_heavy() -> str:
    return gettext("Khu đất này quá nặng để trả lời trong một lô. Chia nhỏ khu đất rồi gửi lại.")
