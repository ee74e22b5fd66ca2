"""Signs a PDF (PAdES) and says whether a signature holds. Only the press and the examiner load this: it is heavy."""

from __future__ import annotations

import io
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.timestamps.common_utils import TimestampRequestError
from pyhanko.sign.timestamps.requests_client import HTTPTimeStamper

FIELD = "Portal"
TIMESTAMP_SECONDS = 10


class NoKey(Exception):
    """The key cannot be opened; the words are for the operator's log."""


class NoTimestamp(Exception):
    """The timestamp authority of the settings gave none; the words are for the operator's log."""


class Signer:
    """Holds the opened key for the life of its process. `key` are the words of a `SigningKey`."""

    def __init__(self, key: dict[str, Any]) -> None:
        self.key = key
        self.timestamper = HTTPTimeStamper(key["timestamps"], timeout=TIMESTAMP_SECONDS) if key["timestamps"] else None
        self.simple = None if key["pkcs11_module"] else opened_file(key)
        with self.signer() as signer:
            self.certificate: bytes = signer.signing_cert.dump()

    def signer(self) -> AbstractContextManager[Any]:
        return nullcontext(self.simple) if self.simple else opened_token(self.key)

    def sign(self, pdf: bytes, reason: str) -> bytes:
        """The PDF with a certifying signature over all of it: whoever changes or adds anything breaks it. Raises
        NoTimestamp: a sheet that lacks what its portal promises of every sheet is not issued."""
        told = PdfSignatureMetadata(
            field_name=FIELD,
            md_algorithm="sha256",
            reason=reason,
            subfilter=SigSeedSubFilter.PADES,
            certify=True,
            docmdp_permissions=MDPPerm.NO_CHANGES,
            # No room behind the signature: a bit there would stand under none. A timestamp's size nobody knows before.
            tight_size_estimates=self.timestamper is None,
        )
        with self.signer() as signer:
            signing = PdfSigner(told, signer=signer, timestamper=self.timestamper)
            try:
                signed = signing.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), in_place=True)
            except TimestampRequestError as error:
                raise NoTimestamp(f"{self.key['timestamps']} gave no timestamp: {error}") from error
        return bytes(signed.getvalue())


def opened_file(key: dict[str, Any]) -> SimpleSigner:
    password = key["password"].encode() or None
    signer: SimpleSigner | None = SimpleSigner.load_pkcs12(key["pkcs12"], passphrase=password)
    if signer is None:
        raise NoKey(f"{key['pkcs12']} is no PKCS #12 file, or its password is another")
    return signer


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
