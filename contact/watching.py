"""The answers that are followed, computed again every day: what changed, by new data or because a day came, in words.

Two answers are compared by what they say, never by their snapshot, day or release (`layers.report.differing`).
"""

from __future__ import annotations

import logging
from datetime import date
from typing import Any

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation

from contact.models import Change, Watched
from contact.subjects import KINDS, Twin
from layers.declare import Words
from layers.queries import snapshots
from layers.queries.snapshots import reading
from layers.report.differing import differences

log = logging.getLogger("contact.watching")

LANGUAGES = ("vi", "en")
Both = dict[str, str]


def watch(kind: str, reference: str) -> Watched:
    """The watched answer of a subject, computed now if nobody followed it before. Raises KeyError without a subject."""
    if found := Watched.objects.filter(kind=kind, reference=reference).first():
        return found
    with reading():
        snapshot = snapshots.newest()
        title = KINDS[kind].title(reference, snapshot) if snapshot else None
        twin = KINDS[kind].twin(reference, snapshot, timezone.localdate()) if snapshot and title else None
    if snapshot is None or twin is None or title is None:
        raise KeyError(reference)
    values = {
        "title": {"vi": title.vi, "en": title.en},
        "twin": twin,
        "snapshot": snapshot,
        "day": timezone.localdate(),
        "checked_at": timezone.now(),
    }
    made, _ = Watched.objects.get_or_create(kind=kind, reference=reference, defaults=values)
    return made


def title_of(kind: str, reference: str) -> Words | None:
    """What a subject is called today; None when there is none."""
    with reading():
        snapshot = snapshots.newest()
        return KINDS[kind].title(reference, snapshot) if snapshot else None


def check_all(day: date | None = None) -> int:
    """Compute every watched answer again; how many changed. One that fails is logged and holds up no other."""
    changed = 0
    for number in Watched.objects.order_by("id").values_list("id", flat=True):
        try:
            changed += check(number, day or timezone.localdate())
        except Exception:  # whatever it was, the next subject is another
            log.exception("a followed answer could not be computed")
    return changed


def check(number: int, day: date) -> bool:
    """Compute one again and keep the change, old and new, if it says something else. All or nothing."""
    watched = Watched.objects.filter(id=number).first()
    if watched is None:
        return False
    with reading():
        snapshot = snapshots.newest()
        if snapshot is None:
            return False
        twin = KINDS[watched.kind].twin(watched.reference, snapshot, day)
        words = _words_gone(watched, snapshot) if twin is None else _words_changed(watched, twin)
    with transaction.atomic():
        if words:
            now = timezone.now()
            Change.objects.create(watched=watched, found_at=now, snapshot=snapshot, day=day, words=words)
        said = {"twin": twin or {}, "snapshot": snapshot, "day": day, "checked_at": timezone.now()}
        Watched.objects.filter(id=number).update(**said)
    return bool(words)


def _words_changed(watched: Watched, twin: Twin) -> Both | None:
    """Old and new in both languages; None when both say the same."""
    if not watched.twin:
        return {language: _rendered("contact/back.txt", language, {}) for language in LANGUAGES}
    said = Words(watched.title["vi"], watched.title["en"])
    found = differences(watched.twin, twin, said)
    if not found:
        return None
    return {language: _rendered("contact/differences.txt", language, {"differences": found}) for language in LANGUAGES}


def _words_gone(watched: Watched, snapshot: int) -> Both | None:
    """That the subject is no longer there, told once, with what became of it."""
    if not watched.twin:
        return None
    successors = KINDS[watched.kind].gone(watched.reference, snapshot)
    return {language: _rendered("contact/gone.txt", language, {"successors": successors}) for language in LANGUAGES}


def _rendered(template: str, language: str, context: dict[str, Any]) -> str:
    with translation.override(language):
        return render_to_string(template, context).strip()
