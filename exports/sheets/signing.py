"""Signs a PDF (PAdES) and says whether a signature holds. Only the press and the examiner load this: it is heavy."""

from __future__ import annotations

import io
from contextlib import AbstractContextManager, nullcontext
from functools import cached_property
from typing import Any

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_private_key
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.timestamps.common_utils import TimestampRequestError
from pyhanko.sign.timestamps.requests_client import HTTPTimeStamper

FIELD = "Portal"
DIGEST = "sha256"
TIMESTAMP_SECONDS = 10


class NoKey(Exception):
    """The key cannot be opened; the words are for the operator's log."""


class NoTimestamp(Exception):
    """The timestamp authority of the settings gave none; the words are for the operator's log."""


class OpenedKey(SimpleSigner):
    """pyHanko opens its key for each signature and looks every time whether the numbers are prime: a tenth of a second,
    twice a sheet (once to learn the signature's size). An RSA key is opened once here; other kinds open quickly."""

    @cached_property
    def opened(self) -> Any:
        return load_der_private_key(self.signing_key.dump(), password=None)

    def sign_raw(self, data: bytes, digest_algorithm: str) -> bytes:
        mechanism = self.get_signature_mechanism_for_digest(digest_algorithm).signature_algo
        if isinstance(self.opened, RSAPrivateKey) and (mechanism, digest_algorithm) == ("rsassa_pkcs1v15", DIGEST):
            return self.opened.sign(data, PKCS1v15(), SHA256())
        return super().sign_raw(data, digest_algorithm)


class Signer:
    """Holds the opened key for the life of its process. `key` are the words of a `SigningKey`."""

    def __init__(self, key: dict[str, Any]) -> None:
        self.key = key
        self.timestamper = HTTPTimeStamper(key["timestamps"], timeout=TIMESTAMP_SECONDS) if key["timestamps"] else None
        self.simple = None if key["pkcs11_module"] else opened_file(key)
        with self.signer() as signer:
            self.certificate: bytes = signer.signing_cert.dump()

    @property
    def is_of_one_size(self) -> bool:
        return self.simple is None or isinstance(self.simple.opened, RSAPrivateKey)

    def signer(self) -> AbstractContextManager[Any]:
        return nullcontext(self.simple) if self.simple else opened_token(self.key)

    def sign(self, pdf: bytes, reason: str) -> bytes:
        """The PDF with a certifying signature over all of it: whoever changes or adds anything breaks it. Raises
        NoTimestamp: a sheet that lacks what its portal promises of every sheet is not issued."""
        told = PdfSignatureMetadata(
            field_name=FIELD,
            md_algorithm=DIGEST,
            reason=reason,
            subfilter=SigSeedSubFilter.PADES,
            certify=True,
            docmdp_permissions=MDPPerm.NO_CHANGES,
            # No room behind the signature: a bit there would stand under none. How long a timestamp or the signature of
            # an elliptic curve will be nobody knows before.
            tight_size_estimates=self.timestamper is None and self.is_of_one_size,
        )
        with self.signer() as signer:
            signing = PdfSigner(told, signer=signer, timestamper=self.timestamper)
            try:
                signed = signing.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), in_place=True)
            except TimestampRequestError as error:
                raise NoTimestamp(f"{self.key['timestamps']} gave no timestamp: {error}") from error
        return bytes(signed.getvalue())


def opened_file(key: dict[str, Any]) -> OpenedKey:
    password = key["password"].encode() or None
    found: SimpleSigner | None = SimpleSigner.load_pkcs12(key["pkcs12"], passphrase=password)
    if found is None or found.signing_cert is None:
        raise NoKey(f"{key['pkcs12']} is no PKCS #12 file, or its password is another")
    return OpenedKey(found.signing_cert, found.signing_key, found.cert_registry)


def opened_token(key: dict[str, Any]) -> AbstractContextManager[Any]:
    """A key that never leaves its token. The driver's Python side (python-pkcs11) is installed where one is used."""
    try:
        from pyhanko.config.pkcs11 import PKCS11SignatureConfig, TokenCriteria
        from pyhanko.sign.pkcs11 import PKCS11SigningContext
    except ImportError:
        raise NoKey("a token needs the Python package python-pkcs11: .venv/bin/pip install python-pkcs11") from None

    config = PKCS11SignatureConfig(
        module_path=key["pkcs11_module"],
        cert_label=key["pkcs11_label"],
        token_criteria=TokenCriteria(label=key["pkcs11_token"]),
        user_pin=key["pkcs11_pin"] or None,
    )
    context: AbstractContextManager[Any] = PKCS11SigningContext(config)
    return context
