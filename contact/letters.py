"""Letters by e-mail, in the reader's language. A letter that cannot be sent is logged without its address."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext

from contact import addresses

if TYPE_CHECKING:
    from contact.mistakes import Status

log = logging.getLogger("contact.letters")


def address_in(contact: str) -> str | None:
    """The e-mail address that somebody left; None when it was a telephone number or nothing."""
    return addresses.email(contact)


def send(address: str, subject: str, body: str, headers: dict[str, str] | None = None) -> bool:
    """Hand one letter to the mail server; False, and a line in the log without the address, when it did not take it."""
    # Many programs that answer by themselves keep silent when told that a program wrote.
    letter = EmailMessage(subject, body, to=[address], headers={"Auto-Submitted": "auto-generated", **(headers or {})})
    try:
        return bool(letter.send())
    except Exception as error:  # smtplib, sockets and back ends each have their own, and texts with the address in them
        log.warning("a letter was not sent: %s", type(error).__name__)
        return False


def tell_answer(address: str, status: Status, language: str) -> bool:
    """That a reported mistake was answered, with the answer and the way to its page."""
    with translation.override(language):
        subject = gettext("Trả lời về sai sót bạn đã báo")
        body = render_to_string("contact/answer.txt", {"status": status, "portal": settings.PUBLIC_ADDRESS})
    return send(address, subject, body)
