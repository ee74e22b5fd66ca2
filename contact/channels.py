"""The ways in which followers are told, one entry each. A further one is an entry and its adapter here.

SMS and Zalo have no common interface, and every provider signs its own contract, so both go through one: the portal
posts JSON to an address of the department's (`FOLLOW_WEBHOOK`), signed, and what stands there hands it to the provider.
"""

from __future__ import annotations

import hmac
import json
import logging
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contact import addresses, letters, pushing

log = logging.getLogger("contact.channels")

PATIENCE_S = 10


@dataclass(frozen=True)
class Message:
    """`short` is for channels where every sign costs. `end`: the address that ends it by one POST; "" before there is
    anything to end. `page`: the follow's private page. `key` is the same when the same message is sent again."""

    subject: str
    body: str
    short: str
    end: str
    key: str
    page: str = ""


@dataclass(frozen=True)
class Channel:
    """`address`: the address as it is kept, None when what was typed is none; a channel without needs none. `confirms`:
    whether the address has to say yes before it is told anything. `send` may raise Gone."""

    slug: str
    title: str | Promise
    address: Callable[[str], str | None] | None
    is_on: Callable[[], bool]
    send: Callable[[str, Message], bool]
    confirms: bool = True

    @property
    def needs_address(self) -> bool:
        return self.address is not None


def _email(address: str, message: Message) -> bool:
    headers = {"List-Unsubscribe": f"<{message.end}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return letters.send(address, message.subject, message.body, headers)


def _webhook(address: str, message: Message) -> bool:
    """One POST of {"to", "text", "key"}, with the HMAC-SHA256 of the body in X-Signature; any 2xx means taken."""
    body = json.dumps({"to": address, "text": message.short, "key": message.key}, ensure_ascii=False).encode()
    signature = hmac.new(settings.FOLLOW_WEBHOOK_SECRET.encode(), body, sha256).hexdigest()
    headers = {"Content-Type": "application/json; charset=utf-8", "X-Signature": f"sha256={signature}"}
    try:
        asked = urllib.request.Request(settings.FOLLOW_WEBHOOK, body, headers, method="POST")  # noqa: S310 (a setting)
        with urllib.request.urlopen(asked, timeout=PATIENCE_S) as answer:  # noqa: S310 (see above)
            return bool(200 <= answer.status < 300)
    except (OSError, ValueError) as error:
        log.warning("a message was not taken: %s", type(error).__name__)
        return False


def _push(address: str, message: Message) -> bool:
    """That an answer changed, and where to read which: no place stands in it, somebody may look over a shoulder."""
    title = gettext("Câu trả lời bạn theo dõi đã thay đổi")
    words = {"title": title, "body": gettext("Mở để xem trước là gì, nay là gì."), "page": urlsplit(message.page).path}
    return pushing.push(address, words)


CHANNELS: dict[str, Channel] = {
    channel.slug: channel
    for channel in (
        Channel("feed", _("Địa chỉ Atom riêng"), None, lambda: True, lambda address, message: True, confirms=False),
        # The browser asked its owner already.
        Channel(
            "push", _("Thông báo trên trình duyệt này"), pushing.subscription, pushing.is_on, _push, confirms=False
        ),
        Channel("email", _("Thư điện tử"), addresses.email, lambda: True, _email),
        Channel("webhook", _("Tin nhắn (SMS, Zalo)"), addresses.phone, lambda: bool(settings.FOLLOW_WEBHOOK), _webhook),
    )
}
