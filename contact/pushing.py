"""Web push: a message sealed for one browser (RFC 8291), from a sender it knows (RFC 8292), left with its push service.

A push service is an address that a stranger's browser named, so the door is narrow: https only, no redirect, and only
to a machine of the public internet, the very address that was looked at. A service of the department's own, inside its
network, is called only when the setting `PUSH_INSIDE` names its host and port.
"""

from __future__ import annotations

import ipaddress
import json
import logging
import os
import socket
import ssl
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from http.client import HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

log = logging.getLogger("contact.pushing")

PATIENCE_S, KEPT_S, TOKEN_S = 10, 3 * 86_400, 12 * 3_600
LONGEST, RECORD = 2_000, 4_096
GONE = (404, 410)


class Gone(Exception):
    """The browser no longer takes messages there: whoever followed has ended it himself."""


def encoded(value: bytes) -> str:
    return urlsafe_b64encode(value).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def is_on() -> bool:
    return bool(settings.PUSH_KEY)


def private_key() -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(decoded(settings.PUSH_KEY), "big"), ec.SECP256R1())


def new_key() -> str:
    """A new private key as PUSH_KEY takes it."""
    return encoded(ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value.to_bytes(32, "big"))


def point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def public_key() -> str:
    """What a browser is told of the sender; "" where there is none."""
    return encoded(point(private_key().public_key())) if is_on() else ""


def subscription(typed: str) -> str | None:
    """A browser's subscription as it is kept: its endpoint and its two keys. None when it is none."""
    try:
        said: dict[str, Any] = json.loads(typed)
        endpoint, keys = str(said["endpoint"]), {name: str(said["keys"][name]) for name in ("p256dh", "auth")}
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), decoded(keys["p256dh"]))
        parts = urlsplit(endpoint)
        is_fitting = parts.scheme == "https" and parts.hostname and not parts.username
        may_be_called = is_ours(parts.hostname, parts.port) or (
            parts.port in (None, 443) and may_be_public(str(parts.hostname))
        )
        whole = len(endpoint) <= LONGEST and endpoint.isascii() and len(decoded(keys["auth"])) == 16
    except (ValueError, KeyError, TypeError):
        return None
    if not (is_fitting and whole and may_be_called):
        return None
    return json.dumps({"endpoint": endpoint, "keys": keys}, sort_keys=True)


def is_ours(host: str | None, port: int | None) -> bool:
    """Whether the operator named this very service as one of his own network."""
    return f"{host}:{port or 443}" in settings.PUSH_INSIDE


def may_be_public(host: str) -> bool:
    """Whether a name could be one of the public internet; what it stands for is looked at before every message."""
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return "." in host and not host.endswith((".local", ".internal", ".localhost"))


def is_public(address: str) -> bool:
    return ipaddress.ip_address(address.split("%")[0]).is_global


def sealed(message: bytes, keys: dict[str, str], own: ec.EllipticCurvePrivateKey, salt: bytes) -> bytes:
    """The message as only that browser opens it (RFC 8291, section 3.4; one record of RFC 8188)."""
    theirs = decoded(keys["p256dh"])
    shared = own.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), theirs))
    ours = point(own.public_key())
    material = derived(shared, decoded(keys["auth"]), b"WebPush: info\0" + theirs + ours, 32)
    key = derived(material, salt, b"Content-Encoding: aes128gcm\0", 16)
    nonce = derived(material, salt, b"Content-Encoding: nonce\0", 12)
    head = salt + RECORD.to_bytes(4, "big") + bytes([len(ours)]) + ours
    return head + AESGCM(key).encrypt(nonce, message + b"\x02", None)


def derived(material: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=SHA256(), length=length, salt=salt, info=info).derive(material)


def introduced(endpoint: str, now: float) -> str:
    """Who sends, signed for that push service alone (RFC 8292, section 2)."""
    parts = urlsplit(endpoint)
    said = {"aud": f"{parts.scheme}://{parts.netloc}", "exp": int(now) + TOKEN_S, "sub": settings.PUSH_CONTACT}
    head = {"typ": "JWT", "alg": "ES256"}
    text = ".".join(encoded(json.dumps(part, separators=(",", ":")).encode()) for part in (head, said))
    numbers = decode_dss_signature(private_key().sign(text.encode(), ec.ECDSA(SHA256())))
    return f"vapid t={text}.{encoded(b''.join(one.to_bytes(32, 'big') for one in numbers))}, k={public_key()}"


class Door(HTTPSConnection):
    """A connection to the public internet only: the address that was looked at is the one it is opened to."""

    def connect(self) -> None:
        found = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)
        named = is_ours(self.host, self.port)
        if not found or not (named or all(is_public(str(address[0])) for *_, address in found)):
            raise OSError("not an address of the public internet")
        host, port, *_ = found[0][4]
        plain = socket.create_connection((str(host), int(port)), PATIENCE_S)
        self.sock = trusted().wrap_socket(plain, server_hostname=self.host)


def trusted() -> ssl.SSLContext:
    return ssl.create_default_context()


def push(address: str, payload: dict[str, str]) -> bool:
    """Leave a message with a browser's push service; whether it was taken. Raises Gone."""
    said = json.loads(address)
    parts = urlsplit(said["endpoint"])
    own, salt = ec.generate_private_key(ec.SECP256R1()), os.urandom(16)
    body = sealed(json.dumps(payload, ensure_ascii=False).encode(), said["keys"], own, salt)
    headers = {
        "Authorization": introduced(said["endpoint"], time.time()),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(KEPT_S),
    }
    door = Door(str(parts.hostname), parts.port, timeout=PATIENCE_S)
    try:
        door.request("POST", parts.path + (f"?{parts.query}" if parts.query else ""), body, headers)
        status = door.getresponse().status
    except (OSError, HTTPException) as error:
        log.warning("a message was not taken: %s", type(error).__name__)
        return False
    finally:
        door.close()
    if status in GONE:
        raise Gone
    return 200 <= status < 300
