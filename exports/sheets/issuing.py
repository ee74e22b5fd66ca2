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
from django.db import IntegrityError, transaction
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
    if (found := stored(wanted)) is not None:
        return found
    with reading():
        answer = wanted.subject.answer(wanted.asked, wanted.snapshot, wanted.day)
    if answer is None:
        return None
    with press.turn() as printing:
        # Who waited for his turn beside somebody who asked for the same finds it made.
        return stored(wanted) or kept(printed(wanted, answer, printing), wanted)


def stored(wanted: Wanted) -> Sheet | None:
    found = Sheet.kept().filter(**wanted.identity).first()
    return None if found is None or withdrawing.is_withdrawn(found) else found


def printed(wanted: Wanted, answer: Any, printing: Callable[..., Printed]) -> Sheet:
    """A new sheet, not yet kept. No transaction is open meanwhile: printing may take its time."""
    sheet = Sheet(**wanted.identity, code=codes.new_code(), asked=wanted.asked, issued_at=timezone.now())
    twin = dumps(answer)
    with translation.override(wanted.language):
        laid_out = page(sheet, wanted.subject, answer, wanted.address)
    made = printing(
        html=laid_out.html, title=laid_out.title, twin=twin, reason=REASON, moment=sheet.issued_at.isoformat()
    )
    sheet.answer, sheet.pdf = twin, made.pdf
    sheet.tells = sorted(laid_out.drawn | withdrawing.told(json.loads(twin)))
    sheet.pdf_sha256 = hashlib.sha256(made.pdf).hexdigest()
    sheet.certificate, sheet.is_timestamped = certificate(made), made.is_timestamped
    return sheet


def kept(sheet: Sheet, wanted: Wanted) -> Sheet:
    """The sheet, stored; the one that another process stored in the meantime, if it was quicker."""
    try:
        with transaction.atomic():
            sheet.save(force_insert=True)
    except IntegrityError:
        return Sheet.kept().get(**wanted.identity)
    return sheet


def certificate(printed: Printed) -> Certificate:
    read = x509.load_der_x509_certificate(printed.certificate)
    return Certificate.objects.get_or_create(
        sha256=hashlib.sha256(printed.certificate).hexdigest(),
        defaults={
            "pem": read.public_bytes(Encoding.PEM).decode(),
            "holder": holder(read.subject)[:300],
            "valid_until": read.not_valid_after_utc,
            "is_demonstration": printed.is_demonstration,
        },
    )[0]


def holder(name: x509.Name) -> str:
    """Who signs, as a person reads it: the common name, else all of the name."""
    common = name.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
    return str(common[0].value) if common else name.rfc4514_string()
