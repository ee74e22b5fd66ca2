"""Issues a sheet: made once for a subject, snapshot, day, language and release; handed out again from then on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation

from exports.sheets import codes, withdrawing
from exports.sheets.page import page
from exports.sheets.press import Printed, press
from exports.sheets.stored import Certificate, Sheet
from exports.sheets.subjects import Asked, Subject
from layers.queries.snapshots import reading
from layers.report.canonical import dumps

REASON = "Portal information sheet / Phiếu thông tin tham khảo"


@dataclass(frozen=True)
class Wanted:
    """What somebody asks for. `address` is the portal's own, as people type it; it stands in the QR code."""

    subject: Subject
    asked: Asked
    snapshot: int
    day: date
    language: str
    address: str

    @property
    def identity(self) -> dict[str, object]:
        return {
            "subject": self.subject.slug,
            "key": self.subject.key(self.asked),
            "snapshot": self.snapshot,
            "day": self.day,
            "language": self.language,
            "release": settings.RELEASE,
        }


def issued(wanted: Wanted) -> Sheet | None:
    """The sheet, made if it is not there. None when the snapshot has no such subject. Raises PressFailed."""
    found = Sheet.kept().filter(**wanted.identity).first()
    if found is not None and not withdrawing.is_withdrawn(found):
        return found
    with reading():
        answer = wanted.subject.answer(wanted.asked, wanted.snapshot, wanted.day)
        if answer is None:
            return None
    # First the turn at the press, then the transaction: it must not idle while others print.
    with press.turn() as printing, transaction.atomic():
        # Whoever asks for the same in another process waits here, on the row's uniqueness, and then finds it made.
        fresh = {"code": codes.new_code(), "asked": wanted.asked, "issued_at": timezone.now(), "pdf": b""}
        sheet, is_new = Sheet.kept().get_or_create(**wanted.identity, defaults=fresh)
        if is_new:
            fill(sheet, wanted, answer, printing)
        return sheet


def fill(sheet: Sheet, wanted: Wanted, answer: Any, printing: Callable[..., Printed]) -> None:
    twin = dumps(answer)
    with translation.override(wanted.language):
        laid_out = page(sheet, wanted.subject, answer, wanted.address)
    printed = printing(
        html=laid_out.html, title=laid_out.title, twin=twin, reason=REASON, moment=sheet.issued_at.isoformat()
    )
    sheet.answer, sheet.pdf = twin, printed.pdf
    sheet.tells = sorted(laid_out.drawn | withdrawing.told(json.loads(twin)))
    sheet.pdf_sha256 = hashlib.sha256(printed.pdf).hexdigest()
    sheet.certificate, sheet.is_timestamped = certificate(printed), printed.is_timestamped
    sheet.save()


def certificate(printed: Printed) -> Certificate:
    read = x509.load_der_x509_certificate(printed.certificate)
    return Certificate.objects.get_or_create(
        sha256=hashlib.sha256(printed.certificate).hexdigest(),
        defaults={
            "pem": read.public_bytes(Encoding.PEM).decode(),
            "holder": read.subject.rfc4514_string()[:300],
            "valid_until": read.not_valid_after_utc,
            "is_demonstration": printed.is_demonstration,
        },
    )[0]
