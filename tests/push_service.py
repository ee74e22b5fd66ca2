"""A push service of our own, by https on this machine, and the browser whose key opens what is left with it."""

from __future__ import annotations

import ipaddress
import json
import ssl
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.utils import timezone

from contact import pushing

HOST, SECRET = "127.0.0.1", b"sixteen bytes 16"


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

        self.server = HTTPServer((HOST, 0), Handler)
        self.certificate = certified(folder)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate)
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.thread = threading.Thread(target=self.server.serve_forever)
        self.thread.start()

    @property
    def place(self) -> str:
        """As `PUSH_INSIDE` names it."""
        return f"{HOST}:{self.server.server_port}"

    @property
    def subscription(self) -> str:
        keys = {"p256dh": pushing.encoded(pushing.point(self.browser.public_key())), "auth": pushing.encoded(SECRET)}
        return json.dumps({"endpoint": f"https://{self.place}/send/abc", "expirationTime": None, "keys": keys})

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

    def close(self) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


def new_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def certified(folder: Path) -> Path:
    """A key and the certificate of the push service's address, in one file."""
    key, name, now = new_key(), x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HOST)]), timezone.now()
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(HOST))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, SHA256())
    )
    file = folder / "push.pem"
    own = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(own + made.public_bytes(Encoding.PEM))
    return file
