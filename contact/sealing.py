"""What people entrust to us (addresses, what they write, photos) lies sealed in the database: Fernet, authenticated.

The keys are `CONTACT_KEYS`, the newest first; without any, one is derived from SECRET_KEY, which `./portal` keeps in
its data folder. The newest key seals, every key opens; the derived one opens too, so a portal may move to keys of its
own. To change keys put the new one in front, run `./portal manage reseal`, drop the old one (`docs/operations.md`).
"""

from __future__ import annotations

import base64
import hmac
from functools import cache
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

PURPOSE = b"geoportal: what people entrust to us, 1"


class Unsealable(Exception):
    """No key of ours opens it: the key it was sealed with is gone."""


def seal(text: str) -> str:
    return seal_bytes(text.encode()).decode("ascii")


def unseal(sealed: str) -> str:
    """The text again. Raises Unsealable."""
    return unseal_bytes(sealed.encode("ascii", "replace")).decode()


def seal_bytes(content: bytes) -> bytes:
    return _keys().encrypt(content)


def unseal_bytes(sealed: bytes) -> bytes:
    """The bytes again. Raises Unsealable."""
    try:
        return _keys().decrypt(bytes(sealed))
    except InvalidToken:
        raise Unsealable from None


def reseal(sealed: bytes) -> bytes:
    """The same under the newest key. Raises Unsealable."""
    try:
        return _keys().rotate(bytes(sealed))
    except InvalidToken:
        raise Unsealable from None


def fingerprint(text: str) -> str:
    """The same for the same text under the same SECRET_KEY, and nothing that leads back to it: to count, never to
    find."""
    return hmac.new(_derived(), text.strip().casefold().encode(), sha256).hexdigest()


def check_keys() -> None:
    """Raise ImproperlyConfigured with a sentence when nothing could be sealed so that it can be opened tomorrow."""
    _keys()
    if settings.BEHIND_PROXY and not (settings.CONTACT_KEYS or settings.SECRET_KEY_LASTS):
        raise ImproperlyConfigured(
            "Nothing would open tomorrow what people entrust to us today: set CONTACT_KEYS (./portal manage contact_key"
            " makes one) or SECRET_KEY."
        )


def _keys() -> MultiFernet:
    return _opened(tuple(settings.CONTACT_KEYS), str(settings.SECRET_KEY))


@cache
def _opened(own: tuple[str, ...], secret: str) -> MultiFernet:
    try:
        fernets = [Fernet(key) for key in own]
    except ValueError:
        raise ImproperlyConfigured(
            "A key in CONTACT_KEYS is not one: each is 32 bytes in URL-safe base64, as ./portal manage contact_key"
            " prints."
        ) from None
    return MultiFernet([*fernets, Fernet(base64.urlsafe_b64encode(_derived_from(secret)))])


def _derived() -> bytes:
    return _derived_from(str(settings.SECRET_KEY))


@cache
def _derived_from(secret: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(secret.encode())
