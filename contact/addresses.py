"""E-mail addresses and telephone numbers as people type them."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

LONGEST = 254
_PHONE = re.compile(r"(?:\+|00)?[0-9]{8,15}")


def email(typed: str) -> str | None:
    """The address without blanks round it; None when it is none."""
    address = typed.strip()
    try:
        validate_email(address)
    except ValidationError:
        return None
    return address if len(address) <= LONGEST and address.isascii() else None


def phone(typed: str) -> str | None:
    """Digits with an optional plus; None when it is no number one could call."""
    digits = re.sub(r"[\s().-]", "", typed)
    return digits if _PHONE.fullmatch(digits) else None
