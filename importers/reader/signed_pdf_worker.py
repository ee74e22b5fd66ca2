"""The child process for one PDF: reads its signature and nothing else, no network, no secrets."""

from __future__ import annotations

import hashlib
import io
import json
from pathlib import Path
from typing import Any, BinaryIO

from importers.reader import stream
from importers.reader.formats.job import Job
from importers.reader.outcome import Refused
from importers.reader.worker import confined


def main(arguments: list[str]) -> None:
    """Do the job saved at arguments[0]."""
    job = Job.load(Path(arguments[0]))
    confined(job.limits, lambda pipe: _work(job, pipe))


def _work(job: Job, pipe: BinaryIO) -> None:
    stream.write(pipe, stream.END, json.dumps(_signature(job.files[""].read_bytes())).encode())


def _signature(content: bytes) -> dict[str, Any] | None:
    """What is said of the first signature. A file changed so much that its structure is broken is refused."""
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.general import SigningError
    from pyhanko.sign.validation.errors import SignatureValidationError

    try:
        signatures = PdfFileReader(io.BytesIO(content)).embedded_signatures
        if not signatures:
            return None
        certificate = signatures[0].signer_cert.dump()
        return {"is_whole": _is_whole(signatures[0]), "certificate_sha256": hashlib.sha256(certificate).hexdigest()}
    except (PdfError, SignatureValidationError, SigningError, ValueError, KeyError, TypeError, OSError):
        raise Refused("pdf-broken") from None


def _is_whole(signature: Any) -> bool:
    """Whether the signature is right for every byte of the file. Whom to trust is not asked here."""
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.status import SignatureCoverageLevel
    from pyhanko_certvalidator import ValidationContext

    own = ValidationContext(trust_roots=[signature.signer_cert], allow_fetching=False)
    status = validate_pdf_signature(signature, signer_validation_context=own, skip_diff=True)
    return bool(status.intact and status.valid and status.coverage == SignatureCoverageLevel.ENTIRE_FILE)
