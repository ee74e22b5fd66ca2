"""The key that sheets are signed with: by setting a file (PKCS #12) or a token (PKCS #11), else one made for show.

The demonstration key is made by the portal into its data folder, once. It proves that a sheet was not altered since,
and nothing about who issued it; the sheet says so.
"""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import NoEncryption, pkcs12
from django.conf import settings
from django.utils import timezone

DEMONSTRATION = "demonstration.p12"
DEMONSTRATION_NAME = "Khóa thử nghiệm của cổng (demonstration key)"
DEMONSTRATION_DAYS = 3650


@dataclass(frozen=True)
class SigningKey:
    """Where the key is. Either `pkcs12`, a file and its password, or `pkcs11_module`, a token's driver."""

    pkcs12: str
    password: str
    pkcs11_module: str
    pkcs11_token: str
    pkcs11_label: str
    pkcs11_pin: str
    timestamps: str
    is_demonstration: bool

    def as_words(self) -> dict[str, object]:
        return asdict(self)


def signing_key() -> SigningKey:
    """The key of the settings; the demonstration key, made if need be, when they name none."""
    is_demonstration = not (settings.SHEET_KEY_FILE or settings.SHEET_PKCS11_MODULE)
    file = str(demonstration_file()) if is_demonstration else settings.SHEET_KEY_FILE
    return SigningKey(
        pkcs12=file,
        password="" if is_demonstration else settings.SHEET_KEY_PASSWORD,
        pkcs11_module=settings.SHEET_PKCS11_MODULE,
        pkcs11_token=settings.SHEET_PKCS11_TOKEN,
        pkcs11_label=settings.SHEET_PKCS11_LABEL,
        pkcs11_pin=settings.SHEET_PKCS11_PIN,
        timestamps=settings.SHEET_TIMESTAMPS,
        is_demonstration=is_demonstration,
    )


def demonstration_file() -> Path:
    file = Path(settings.DATA_DIR) / "sheets" / DEMONSTRATION
    if not file.is_file():
        file.parent.mkdir(parents=True, exist_ok=True)
        put_once(file, demonstration_key())
    return file


def put_once(file: Path, content: bytes) -> None:
    """Two processes may find no key at the same moment: the first to link its file wins, both then use that one."""
    own = file.with_name(f"{file.name}.{os.getpid()}")
    with os.fdopen(os.open(own, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as written:
        written.write(content)
    try:
        os.link(own, file)
    except FileExistsError:
        pass
    finally:
        own.unlink()


def demonstration_key() -> bytes:
    """A key of its own and a certificate that it signed itself, as PKCS #12 without a password."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=3072)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, DEMONSTRATION_NAME)])
    now = timezone.now()
    usage = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign", "encipher_only",
         "decipher_only"),
        False,
    )  # fmt: skip
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=DEMONSTRATION_DAYS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(digital_signature=True, content_commitment=True, **usage), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    return pkcs12.serialize_key_and_certificates(b"sheets", key, made, None, NoEncryption())
