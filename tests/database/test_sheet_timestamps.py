"""Timestamps on sheets (RFC 3161), with an authority of our own: what a sheet carries, and what is said without one."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import keys, tsp  # type: ignore[import-untyped]
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID
from django.test import Client
from django.utils import timezone
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from exports.models import Sheet
from exports.sheets.press import press
from tests.database.sheet_ground import words_of

pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.usefixtures("sheet_ground")]


@dataclass
class Authority:
    """Answers as `answers` says; `asked` counts."""

    stamper: DummyTimeStamper
    address: str = ""
    answers: bool = True
    asked: list[bytes] = field(default_factory=list)

    def answer(self, question: bytes) -> bytes:
        self.asked.append(question)
        found: bytes = self.stamper.request_tsa_response(tsp.TimeStampReq.load(question)).dump()
        return found


def stamper() -> DummyTimeStamper:
    key, now = rsa.generate_private_key(public_exponent=65537, key_size=2048), timezone.now()
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Tổ chức cấp dấu thời gian thử")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        .sign(key, hashes.SHA256())
    )
    own = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return DummyTimeStamper(asn1.Certificate.load(made.public_bytes(Encoding.DER)), keys.PrivateKeyInfo.load(own))


@pytest.fixture
def authority(settings: Any) -> Iterator[Authority]:
    own = Authority(stamper())

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            said = own.answer(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200 if own.answers else 503)
            self.send_header("Content-Type", "application/timestamp-reply" if own.answers else "text/html")
            self.end_headers()
            self.wfile.write(said if own.answers else b"<h1>busy</h1>")

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    own.address = settings.SHEET_TIMESTAMPS = f"http://127.0.0.1:{server.server_port}/"
    press.close()
    yield own
    press.close()
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_sheet_carries_the_authoritys_time_and_none_is_issued_while_it_gives_none(
    authority: Authority, client: Client, address: str, tmp_path: Path
) -> None:
    authority.answers = False
    refused = client.get(address)
    assert refused.status_code == 503
    assert "tổ chức cấp dấu thời gian không trả lời" in refused.content.decode()
    assert not Sheet.objects.exists()

    authority.answers = True
    pdf = client.get(address).content
    [signature] = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    roots = ValidationContext(trust_roots=[signature.signer_cert, authority.stamper.tsa_cert])
    with ThreadPoolExecutor(1) as apart:  # after tests in the browser an event loop runs in this thread
        told = apart.submit(validate_pdf_signature, signature, roots, ts_validation_context=roots).result()
    assert (told.intact, told.valid, told.coverage) == (True, True, SignatureCoverageLevel.ENTIRE_FILE)
    stamp = told.timestamp_validity
    assert stamp is not None
    assert (stamp.intact, stamp.valid, stamp.trusted) == (True, True, True)
    assert abs((stamp.timestamp - timezone.now()).total_seconds()) < 24 * 3_600
    assert Sheet.objects.get().is_timestamped
    assert "có, của một tổ chức cấp dấu thời gian" in words_of(pdf, tmp_path)
