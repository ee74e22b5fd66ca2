"""A letter to the approvers when a delivery waits for them: only where it is, so that a mailbox holds nothing of it."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from contact import letters
from desk.models import Delivery


def tell_of_waiting(number: int) -> int:
    """To every address of DESK_MAIL, while the delivery still waits; to how many. No name of a person or a file."""
    delivery = Delivery.objects.get(pk=number)
    if delivery.state != "waiting":
        return 0
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("Đợt nộp {number} chờ phê duyệt").format(number=number)
        body = _("Lớp “{layer}”: đợt nộp {number} chờ một cán bộ xem và phê duyệt.\n\n{address}\n").format(
            layer=delivery.layer.title,
            number=number,
            address=settings.PUBLIC_ADDRESS + reverse("desk-difference", args=[number]),
        )
    return sum(letters.send(address, subject, body) for address in settings.DESK_MAIL)
