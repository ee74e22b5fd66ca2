"""Following an answer: asked for, confirmed, told, ended. Nobody is told anything before he has confirmed.

A feed is active at once; its address is its only secret. Addresses lie sealed, leave with the follow, and stand in no
feed, page or log.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext

from contact import public_codes, sealing
from contact.channels import CHANNELS, Message
from contact.models import Change, Follow, Watched
from contact.pushing import Gone
from contact.watching import watch

# An address that did not ask gets at most so many letters a day that ask it to confirm.
MOST_ASKED_A_DAY = 3
CONFIRM_DAYS = 3
IN_FEED = 30


@dataclass(frozen=True)
class Asked:
    """Who wants to be told of what. `address` is checked by the channel already; `origin`: https://portal.example."""

    kind: str
    reference: str
    channel: str
    address: str
    language: str
    origin: str


def ask(asked: Asked) -> Follow | None:
    """Begin a follow: a feed and a browser are there at once, an address gets a letter that asks it to confirm. None:
    that address already follows, or was asked too often; the caller says the same to everybody. Raises KeyError without
    a subject."""
    mark = sealing.fingerprint(f"{asked.channel} {asked.address}") if asked.address else ""
    watched = watch(asked.kind, asked.reference)
    with transaction.atomic():
        # Who ends the last follow of it at this moment takes it away.
        if not Watched.objects.select_for_update().filter(pk=watched.pk).exists():
            watched.save(force_insert=True)
        if mark and not _may_ask(mark, watched):
            return None
        now = timezone.now()
        follow = Follow.objects.create(
            watched=watched,
            token=public_codes.new_token(),
            channel=asked.channel,
            sealed_address=sealing.seal(asked.address) if asked.address else "",
            mark=mark,
            language=asked.language,
            origin=asked.origin,
            asked_at=now,
            confirmed_at=None if CHANNELS[asked.channel].confirms else now,
            told=watched.changes.aggregate(last=Max("id"))["last"] or 0,
        )
    if follow.confirmed_at is None:
        send(follow, _confirming(follow))
    return follow


def _may_ask(mark: str, watched: Watched) -> bool:
    own = Follow.objects.filter(mark=mark)
    if own.filter(watched=watched, confirmed_at__isnull=False).exists():
        return False
    since = timezone.now() - timedelta(days=1)
    return own.filter(confirmed_at=None, asked_at__gte=since).count() < MOST_ASKED_A_DAY


def by_token(token: str) -> Follow | None:
    return Follow.objects.select_related("watched").filter(token=token).first()


def confirm(follow: Follow) -> None:
    """The address said yes. Once is enough; a second time changes nothing."""
    Follow.objects.filter(pk=follow.pk, confirmed_at=None).update(confirmed_at=timezone.now())


def end(follow: Follow) -> None:
    """Gone, with its address; what nobody follows any more is no longer computed."""
    watched = follow.watched
    with transaction.atomic():
        Watched.objects.select_for_update().filter(pk=watched.pk).first()
        follow.delete()
        if not watched.follows.exists():
            watched.delete()


def changes_for(follow: Follow) -> list[Change]:
    """What changed since the follow began, the newest first."""
    return list(follow.watched.changes.filter(found_at__gte=follow.asked_at).order_by("-id")[:IN_FEED])


def tell_all() -> int:
    """Tell every confirmed follower what he was not told yet; how many messages were taken. What a server did not take
    is due again the next time."""
    due = Follow.objects.filter(confirmed_at__isnull=False, watched__changes__isnull=False).exclude(channel="feed")
    return sum(_tell(number) for number in due.order_by("id").values_list("id", flat=True).distinct())


def _tell(number: int) -> bool:
    with transaction.atomic():
        # Two workers at once: one tells, the other finds nobody.
        locked = Follow.objects.select_for_update(skip_locked=True, of=("self",)).select_related("watched")
        follow = locked.filter(pk=number).first()
        changes = list(follow.watched.changes.filter(id__gt=follow.told).order_by("id")) if follow else []
        if not follow or not changes:
            return False
        try:
            if not send(follow, _telling(follow, changes)):
                return False
        except Gone:
            end(follow)
            return False
        follow.told = changes[-1].pk
        follow.save(update_fields=["told"])
    return True


def tidy() -> int:
    """Forget those who never confirmed, and what nobody follows."""
    unconfirmed = Follow.objects.filter(confirmed_at=None, asked_at__lt=timezone.now() - timedelta(days=CONFIRM_DAYS))
    gone, _ = unconfirmed.delete()
    Watched.objects.filter(follows=None).delete()
    return gone


def send(follow: Follow, message: Message) -> bool:
    channel = CHANNELS[follow.channel]
    if not channel.is_on():
        return False
    try:
        address = sealing.unseal(follow.sealed_address)
    except sealing.Unsealable:
        return False
    with translation.override(follow.language):
        return channel.send(address, message)


def address_of(follow: Follow, page: str = "") -> str:
    """The absolute address of the follow's private page, or one below it."""
    return f"{settings.PUBLIC_ADDRESS.rstrip('/') or follow.origin}/follow/{follow.token}{page}"


def title_of(follow: Follow) -> str:
    return str(follow.watched.title[follow.language])


def _confirming(follow: Follow) -> Message:
    with translation.override(follow.language):
        title = title_of(follow)
        subject = gettext("Xác nhận theo dõi: {title}").format(title=title)
        body = render_to_string("contact/confirm.txt", _words(follow))
        short = gettext("Xác nhận theo dõi {title}: {link}").format(title=title, link=address_of(follow))
    return Message(subject, body, short, address_of(follow, "/end"), f"confirm-{follow.pk}")


def _telling(follow: Follow, changes: list[Change]) -> Message:
    with translation.override(follow.language):
        title = title_of(follow)
        subject = gettext("Câu trả lời đã thay đổi: {title}").format(title=title)
        body = render_to_string("contact/changed.txt", _words(follow) | {"changes": changes})
        short = gettext("{title}: câu trả lời đã thay đổi. {link}").format(title=title, link=address_of(follow))
    return Message(
        subject, body, short, address_of(follow, "/end"), f"change-{follow.pk}-{changes[-1].pk}", address_of(follow)
    )


def _words(follow: Follow) -> dict[str, Any]:
    return {"follow": follow, "title": title_of(follow), "page": address_of(follow), "days": CONFIRM_DAYS}
