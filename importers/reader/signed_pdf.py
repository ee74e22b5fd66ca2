"""A PDF from anyone: whether its signature holds, looked at in the confined child. Nothing of the file is kept.

Whose certificate signed it is told by the certificate's fingerprint; whether that is one of ours, the caller knows.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from importers.reader import sandbox, stream
from importers.reader.formats.job import Job
from importers.reader.limits import GIGABYTE, MEGABYTE, Limits
from importers.reader.outcome import Refused

SHEET = Limits(file=10 * MEGABYTE, stream=MEGABYTE, processor=10, wall=20, memory=GIGABYTE, written=0)
_START = (
    "import sys; sys.path.append(sys.argv[1]); from importers.reader.signed_pdf_worker import main; main(sys.argv[2:])"
)


@dataclass(frozen=True)
class Signature:
    """`is_whole`: nothing was altered under the signature, and nothing was added beside it."""

    is_whole: bool
    certificate_sha256: str


def examine(content: bytes, *, limits: Limits = SHEET) -> Signature | None:
    """The file's first signature; None when it has none. Raises Refused, with words in refusals.py."""
    if not content:
        raise Refused("file-empty")
    if len(content) > limits.file:
        raise Refused("pdf-too-large", limit=limits.file // MEGABYTE)
    if not content.startswith(b"%PDF-"):
        raise Refused("pdf-format")
    scratch = Path(tempfile.mkdtemp(prefix="geoportal-pdf-"))
    try:
        file = scratch / "sheet"
        file.write_bytes(content)
        Job("pdf", {"": file}, None, frozenset(), limits).save(scratch / "job.json")
        with sandbox.Child(scratch / "job.json", scratch, limits, _START) as child:
            return _told(child)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _told(child: sandbox.Child) -> Signature | None:
    for kind, payload in child.frames():
        if kind == stream.REFUSAL:
            code = str(json.loads(payload)["code"])
            raise Refused("pdf-broken" if code == "reader-failed" else code)
        if kind == stream.END:
            said = json.loads(payload)
            return Signature(said["is_whole"], said["certificate_sha256"]) if said else None
    raise child.died()
