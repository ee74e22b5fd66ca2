"""The child process for one photo: one decoder, no network, no secrets. It writes a JPEG of its own to its pipe."""

from __future__ import annotations

import io
from pathlib import Path
from typing import BinaryIO

from importers.reader import stream
from importers.reader.formats.job import Job
from importers.reader.outcome import Refused
from importers.reader.photos import LONGEST_SIDE, MOST_PIXELS
from importers.reader.worker import confined

QUALITY = 82
PAPER = (255, 255, 255)


def main(arguments: list[str]) -> None:
    """Do the job saved at arguments[0]."""
    job = Job.load(Path(arguments[0]))
    confined(job.limits, lambda pipe: _work(job, pipe))


def _work(job: Job, pipe: BinaryIO) -> None:
    from PIL import Image, ImageOps, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS  # a second line: we refuse from the head, below
    try:
        with Image.open(job.files[""], formats=[job.format]) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise Refused("photo-pixels")
            opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG need not be decoded larger than it is drawn
            upright = ImageOps.exif_transpose(opened).convert("RGBA")
    except Image.DecompressionBombError:
        raise Refused("photo-pixels") from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError):
        raise Refused("photo-broken") from None
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    # A new picture takes the pixels over and nothing else: no EXIF, no profile, no comment, no second frame.
    anew = Image.new("RGB", upright.size, PAPER)
    anew.paste(upright, mask=upright.getchannel("A"))
    written = io.BytesIO()
    anew.save(written, "JPEG", quality=QUALITY, optimize=True)
    stream.write(pipe, stream.END, written.getvalue())
