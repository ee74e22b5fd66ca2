"""Mistakes that the public reports, from the form to the case closed.

The public's side: `receive(Told(...)) -> code` and `status(code) -> Status | None`, which has no private word in it.

The desk's side, for pages of officers only (they check rights themselves):

    queue()                      cases that wait for somebody, the oldest first, each a `Case`
    case(number)                 one of them, open or closed; KeyError when there is none
    photo(number)                the JPEG's bytes, or None; never to be served publicly
    look_at(number, officer)     somebody looks at it: the public status says so
    answer(number, officer, words)  the public answer; whoever left an e-mail address is told
    close(number, officer)       done: contact and photo are wiped at once, code and answer stay

Each of the last three raises `Closed` when the case is closed. What was written stays sealed; an answered case that is
left alone is closed after `ANSWERED_DAYS`, a closed one is deleted after `CLOSED_DAYS` (`contact.jobs`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.contrib.gis.geos import GEOSGeometry
from django.db import transaction
from django.utils import timezone

from contact import letters, public_codes, sealing
from contact.models import Mistake

ANSWERED_DAYS, CLOSED_DAYS = 30, 730


class State(StrEnum):
    RECEIVED = "received"
    LOOKING = "looking"
    ANSWERED = "answered"
    CLOSED = "closed"


STEPS = tuple(State)


class Closed(Exception):
    """The case is closed: nothing is added to it."""


@dataclass(frozen=True)
class Told:
    """A report as it came in, checked. `place`: a shape in degrees; `photo`: a JPEG drawn anew by the reader."""

    text: str
    language: str = "vi"
    subject_layer: str = ""
    subject_id: int | None = None
    subject: str = ""
    snapshot: int | None = None
    place: GEOSGeometry | None = None
    photo: bytes | None = None
    contact: str = ""


@dataclass(frozen=True)
class Status:
    """What everybody who has the code may see. `moments`: when each state was reached, as far as it was."""

    code: str
    state: State
    subject_layer: str
    subject_id: int | None
    subject: str
    answer: str
    moments: tuple[tuple[State, datetime | None], ...]


@dataclass(frozen=True)
class Case:
    """What the desk sees. `text` is None when no key of ours opens it any more; `contact` is wiped on closing."""

    number: int
    status: Status
    snapshot: int | None
    place: GEOSGeometry | None
    text: str | None
    contact: str
    has_photo: bool
    officer: str
    received_at: datetime


def receive(told: Told) -> str:
    """Keep a report; its public code."""
    kept = Mistake.objects.create(
        code=public_codes.new_code(),
        language=told.language,
        subject_layer=told.subject_layer,
        subject_id=told.subject_id,
        subject=told.subject[:300],
        snapshot=told.snapshot,
        place=told.place,
        sealed_text=sealing.seal(told.text),
        sealed_photo=sealing.seal_bytes(told.photo) if told.photo else None,
        sealed_contact=sealing.seal(told.contact) if told.contact else "",
        received_at=timezone.now(),
    )
    return kept.code


def status(code: str) -> Status | None:
    """The public state of a case, by its code however typed; None when there is none."""
    understood = public_codes.understood(code)
    kept = Mistake.objects.filter(code=understood).defer("sealed_photo").first() if understood else None
    return _status(kept) if kept else None


def queue(states: Sequence[State] = STEPS[:-1]) -> list[Case]:
    found = Mistake.objects.filter(state__in=states).order_by("received_at", "id")
    return [_case(kept) for kept in found]


def case(number: int) -> Case:
    return _case(_of(number))


def photo(number: int) -> bytes | None:
    sealed = _of(number).sealed_photo
    return sealing.unseal_bytes(bytes(sealed)) if sealed else None


def look_at(number: int, officer: str) -> None:
    _move(number, State.LOOKING, officer, {"looked_at": timezone.now()})


def answer(number: int, officer: str, words: str) -> None:
    kept = _move(number, State.ANSWERED, officer, {"answer": words.strip(), "answered_at": timezone.now()})
    if address := letters.address_in(_opened(kept.sealed_contact) or ""):
        told = _status(kept)
        transaction.on_commit(lambda: letters.tell_answer(address, told, kept.language))


def close(number: int, officer: str) -> None:
    wiped = {"sealed_contact": "", "sealed_photo": None}
    _move(number, State.CLOSED, officer, {"closed_at": timezone.now(), **wiped})


def tidy(now: datetime) -> int:
    """Close what was answered long ago, delete what was closed long ago; how many cases that were."""
    answered = Mistake.objects.filter(state=State.ANSWERED, answered_at__lt=now - timedelta(days=ANSWERED_DAYS))
    numbers = list(answered.values_list("id", flat=True))
    for number in numbers:
        close(number, "")
    gone, _ = Mistake.objects.filter(state=State.CLOSED, closed_at__lt=now - timedelta(days=CLOSED_DAYS)).delete()
    return len(numbers) + gone


def _of(number: int) -> Mistake:
    try:
        return Mistake.objects.get(id=number)
    except Mistake.DoesNotExist:
        raise KeyError(number) from None


def _move(number: int, state: State, officer: str, changes: dict[str, object]) -> Mistake:
    """One step of a case under its own lock. A case that was answered may be looked at and answered again."""
    with transaction.atomic():
        kept = Mistake.objects.select_for_update().filter(id=number).first()
        if kept is None:
            raise KeyError(number)
        if kept.state == State.CLOSED:
            raise Closed
        for name, value in {"state": state.value, "officer": officer or kept.officer, **changes}.items():
            setattr(kept, name, value)
        kept.save()
    return kept


def _status(kept: Mistake) -> Status:
    moments = (kept.received_at, kept.looked_at, kept.answered_at, kept.closed_at)
    return Status(
        code=public_codes.shown(kept.code),
        state=State(kept.state),
        subject_layer=kept.subject_layer,
        subject_id=kept.subject_id,
        subject=kept.subject,
        answer=kept.answer,
        moments=tuple(zip(STEPS, moments, strict=True)),
    )


def _case(kept: Mistake) -> Case:
    return Case(
        number=kept.pk,
        status=_status(kept),
        snapshot=kept.snapshot,
        place=kept.place,
        text=_opened(kept.sealed_text),
        contact=_opened(kept.sealed_contact) or "",
        has_photo=kept.sealed_photo is not None,
        officer=kept.officer,
        received_at=kept.received_at,
    )


def _opened(sealed: str) -> str | None:
    try:
        return sealing.unseal(sealed) if sealed else None
    except sealing.Unsealable:
        return None
