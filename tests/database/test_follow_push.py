"""Web push, tried with a push service of our own: what arrives, what it tells, and when it ends."""

from __future__ import annotations

import json
import socket
import ssl
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.test import Client
from django.utils import timezone

from contact import following, pushing, watching
from contact.models import Follow
from layers.ground.parcels import PARCELS
from tests.database.province import FIELD, deliver, parcel, standing, zone

pytestmark = pytest.mark.django_db(databases="__all__")

HOST, SECRET = "push.example.org", b"sixteen bytes 16"
ENDPOINT = f"https://{HOST}/send/abc"


class PushService:
    """Takes what is left with it, and answers with `status`. It knows a browser, whose key opens it."""

    def __init__(self, folder: Path) -> None:
        self.status, self.taken, self.browser = 201, list[tuple[dict[str, str], bytes]](), new_key()
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                service.taken.append((dict(self.headers), self.rfile.read(int(self.headers["Content-Length"]))))
                self.send_response(service.status)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.certificate = certified(folder)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate)
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True)

    @property
    def subscription(self) -> str:
        keys = {"p256dh": pushing.encoded(pushing.point(self.browser.public_key())), "auth": pushing.encoded(SECRET)}
        return json.dumps({"endpoint": ENDPOINT, "expirationTime": None, "keys": keys})

    def opened(self, body: bytes) -> dict[str, str]:
        """A message as the browser opens it."""
        salt, sender, text = body[:16], body[21 : 21 + body[20]], body[21 + body[20] :]
        shared = self.browser.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender))
        own = pushing.point(self.browser.public_key())
        material = pushing.derived(shared, SECRET, b"WebPush: info\0" + own + sender, 32)
        key = pushing.derived(material, salt, b"Content-Encoding: aes128gcm\0", 16)
        nonce = pushing.derived(material, salt, b"Content-Encoding: nonce\0", 12)
        told: dict[str, str] = json.loads(AESGCM(key).decrypt(nonce, text, None).rstrip(b"\x02"))
        return told


def new_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def certified(folder: Path) -> Path:
    """A key and the certificate of the push service's name, in one file."""
    key, name, now = new_key(), x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HOST)]), timezone.now()
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, SHA256())
    )
    file = folder / "push.pem"
    own = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(own + made.public_bytes(Encoding.PEM))
    return file


@pytest.fixture
def service(settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[PushService]:
    settings.PUSH_KEY = pushing.new_key()
    own = PushService(tmp_path)
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", own.server.server_port))]
    resolve = socket.getaddrinfo
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda host, *more, **by: found if host == HOST else resolve(host, *more, **by)
    )
    monkeypatch.setattr(pushing, "is_public", lambda address: True)
    monkeypatch.setattr(pushing, "trusted", lambda: ssl.create_default_context(cafile=str(own.certificate)))
    thread = threading.Thread(target=own.server.serve_forever)
    thread.start()
    yield own
    own.server.shutdown()
    thread.join()
    own.server.server_close()


@pytest.fixture
def follow(service: PushService, client: Client) -> Follow:
    deliver(PARCELS, parcel(123))
    address = f"/follow/new/parcel/{standing(123).feature_id}"
    reply = client.post(address, {"channel": "push", "address": service.subscription})
    [made] = Follow.objects.all()
    assert reply["Location"] == f"/follow/{made.token}"
    return made


def change() -> None:
    deliver("groundwater-zones", zone("groundwater-zones", "near", FIELD))
    watching.check_all()


def test_a_browser_follows_at_once_and_its_address_lies_sealed(follow: Follow, service: PushService) -> None:
    assert follow.confirmed_at is not None
    assert service.taken == []
    assert HOST not in follow.sealed_address


def test_a_change_is_told_without_any_place_and_leads_to_the_private_page(follow: Follow, service: PushService) -> None:
    change()
    assert (following.tell_all(), following.tell_all()) == (1, 0)
    [(headers, body)] = service.taken
    told = service.opened(body)
    assert told["page"] == f"/follow/{follow.token}"
    assert told["title"] == "Câu trả lời bạn theo dõi đã thay đổi"
    assert not [name for name in ("123", "Thửa", "Vùng", "Xã") if name in told["title"] + told["body"]]
    assert (headers["Content-Encoding"], headers["Authorization"][:8]) == ("aes128gcm", "vapid t=")


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_ended_it_itself_is_forgotten(follow: Follow, service: PushService, status: int) -> None:
    service.status = status
    change()
    assert following.tell_all() == 0
    assert not Follow.objects.exists()


def test_a_service_that_is_busy_is_asked_again(follow: Follow, service: PushService) -> None:
    change()
    service.status = 503
    assert following.tell_all() == 0
    service.status = 201
    assert following.tell_all() == 1


def test_the_same_browser_is_not_told_twice_and_what_is_no_browser_is_refused(
    follow: Follow, service: PushService, client: Client
) -> None:
    address = f"/follow/new/parcel/{standing(123).feature_id}"
    again = client.post(address, {"channel": "push", "address": service.subscription})
    assert (again.status_code, "đã theo dõi câu trả lời này" in again.content.decode()) == (422, True)
    inside = service.subscription.replace(HOST, "127.0.0.1")
    assert client.post(address, {"channel": "push", "address": inside}).status_code == 422
    assert Follow.objects.count() == 1


def test_the_way_is_offered_only_with_a_key(service: PushService, client: Client, settings: Any) -> None:
    deliver(PARCELS, parcel(123))
    address = f"/follow/new/parcel/{standing(123).feature_id}"
    assert f'data-push="{pushing.public_key()}" hidden' in client.get(address).content.decode()
    settings.PUSH_KEY = ""
    assert "data-push" not in client.get(address).content.decode()
