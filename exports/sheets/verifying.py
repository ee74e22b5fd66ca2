"""Is a sheet genuine, and is it still true? What was issued is stored; the answer is computed again, twice.

Once as of the sheet's own snapshot and day: the same bytes must come out, or the program has changed since. Once as of
today: what it says otherwise is what changed.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.utils import timezone

from exports.sheets import withdrawing
from exports.sheets.stored import Sheet
from exports.sheets.subjects import SUBJECTS
from layers.declare import Words
from layers.queries import snapshots
from layers.report import canonical
from layers.report.differing import Difference, differences


class Verdict(StrEnum):
    IDENTICAL = "identical"
    CHANGED = "data-changed"
    NEWER_PROGRAM = "newer-program"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    NOT_REPRODUCED = "not-reproduced"


@dataclass(frozen=True)
class Verified:
    """`is_intact`: the stored bytes are those that were issued. `gone`: there is no such parcel any more."""

    sheet: Sheet
    verdict: Verdict
    place: Words | None = None
    is_intact: bool = True
    newest: int = 0
    today: date | None = None
    gone: bool = False
    differences: tuple[Difference, ...] = ()


def verified(sheet: Sheet) -> Verified:
    if withdrawing.is_withdrawn(sheet):
        return Verified(sheet, Verdict.WITHDRAWN)
    if sheet.is_expired:
        return Verified(sheet, Verdict.EXPIRED)
    with snapshots.reading():
        return compared(sheet)


def compared(sheet: Sheet) -> Verified:
    subject = SUBJECTS[sheet.subject]
    stored: dict[str, Any] = json.loads(sheet.bytes_of_answer)
    place = subject.place(stored)
    newest, today = snapshots.newest() or sheet.snapshot, timezone.localdate()
    now = subject.answer(sheet.asked, newest, today)
    found = () if now is None else differences(stored, json.loads(canonical.dumps(now)), place)
    return Verified(
        sheet=sheet,
        verdict=Verdict.CHANGED if now is None or found else of_then(sheet),
        place=place,
        is_intact=hashlib.sha256(sheet.bytes_of_pdf).hexdigest() == sheet.pdf_sha256,
        newest=newest,
        today=today,
        gone=now is None,
        differences=found,
    )


def of_then(sheet: Sheet) -> Verdict:
    """What the same snapshot and day give today: the same bytes, or others of a newer program."""
    if is_reproduced(sheet):
        return Verdict.IDENTICAL
    return Verdict.NOT_REPRODUCED if sheet.release == settings.RELEASE else Verdict.NEWER_PROGRAM


def is_reproduced(sheet: Sheet) -> bool:
    """Whether computing the answer again gives the bytes that were issued, to the last one."""
    then = SUBJECTS[sheet.subject].answer(sheet.asked, sheet.snapshot, sheet.day)
    return then is not None and canonical.dumps(then) == sheet.bytes_of_answer
