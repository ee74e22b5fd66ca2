"""A photo from anyone: decoded in the confined child, drawn anew, without anything a camera or a hand wrote beside it.

Only JPEG, PNG and WebP, told by their first bytes. The child has no network, no secrets and little memory and time; a
picture with too many pixels is refused from its head, before one of them is decoded.
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from pathlib import Path

from importers.reader import sandbox, stream
from importers.reader.formats.job import Job
from importers.reader.limits import GIGABYTE, MEGABYTE, Limits
from importers.reader.outcome import Refused

PHOTO = Limits(
    file=12 * MEGABYTE,
    stream=2 * MEGABYTE,
    processor=10,
    wall=20,
    memory=GIGABYTE,
    written=0,
)
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 1_600
FORMATS = {
    "jpeg": re.compile(rb"\xff\xd8\xff"),
    "png": re.compile(rb"\x89PNG\r\n\x1a\n"),
    "webp": re.compile(rb"RIFF....WEBP", re.DOTALL),
}
_START = "import sys; sys.path.append(sys.argv[1]); from importers.reader.photo_worker import main; main(sys.argv[2:])"


def redraw(content: bytes, *, limits: Limits = PHOTO) -> bytes:
    """The photo as a JPEG of ours, at most LONGEST_SIDE pixels wide and high, upright, without metadata.

    Raises Refused, with words in refusals.py. Nothing is left on disk, whatever happens.
    """
    if not content:
        raise Refused("file-empty")
    if len(content) > limits.file:
        raise Refused("photo-too-large", limit=limits.file // MEGABYTE)
    kind = format_of(content)
    scratch = Path(tempfile.mkdtemp(prefix="geoportal-photo-"))
    try:
        file = scratch / "photo"
        file.write_bytes(content)
        Job(kind, {"": file}, None, frozenset(), limits).save(scratch / "job.json")
        with sandbox.Child(scratch / "job.json", scratch, limits, _START) as child:
            return _drawn(child)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def format_of(content: bytes) -> str:
    """jpeg, png or webp by the first bytes; raises Refused."""
    for kind, sign in FORMATS.items():
        if sign.match(content):
            return kind
    raise Refused("photo-format")


def _drawn(child: sandbox.Child) -> bytes:
    for kind, payload in child.frames():
        if kind == stream.REFUSAL:
            code = str(json.loads(payload)["code"])
            raise Refused("photo-broken" if code == "reader-failed" else code, limit=MOST_PIXELS // 1_000_000)
        if kind == stream.END and FORMATS["jpeg"].match(payload):
            return payload
    raise child.died()
