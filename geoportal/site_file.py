"""A site from a file that a visitor sends: map formats by the confined reader, lists of corners or parcels as text.

Nothing is kept: the file is read, answered and gone.
"""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile

from importers.reader.outcome import Refused
from importers.reader.outlines import Sent, outlines
from importers.reader.refusals import REFUSALS
from layers.sites import corners, listed, placing, sent
from layers.sites.site import Site
from layers.sites.troubles import SiteTrouble

TEXTS = (".csv", ".txt", ".tsv")
LARGEST_TEXT = 1_000_000


class FileTrouble(SiteTrouble):
    """Why a file is not read, in the reader's own words."""

    def __init__(self, refused: Refused) -> None:
        super().__init__(refused.code, **refused.detail)

    @property
    def sentence(self) -> str:
        words = REFUSALS[self.code]
        return f"{words.sentence} {words.advice}".format(**self.words)


def opened(file: UploadedFile[Any]) -> Sent | str:
    """What a file holds: outlines, or the text of a list. A child process takes its time, so this is done before the
    page's transaction begins. Raises SiteTrouble."""
    name = file.name or ""
    try:
        if not file.size:
            raise Refused("file-empty")
        return text_of(file) if name.lower().endswith(TEXTS) else outlines(name, file.chunks())
    except Refused as refused:
        raise FileTrouble(refused) from None


def site(found: Sent | str, system: int | None, snapshot: int) -> Site:
    """The site of an opened file. `system`: an EPSG code the visitor chose. Raises SiteTrouble and Undecided."""
    if isinstance(found, str):
        return of_text(found, system, snapshot)
    return sent.site(found.areas, found.lines, found.epsg, system)


def text_of(file: UploadedFile[Any]) -> str:
    if (file.size or 0) > LARGEST_TEXT:
        raise SiteTrouble("too-much-text", limit=LARGEST_TEXT)
    raw = file.read()
    try:
        return str(raw.decode("utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"))
    except UnicodeDecodeError:
        raise SiteTrouble("file-columns") from None


def of_text(text: str, system: int | None, snapshot: int) -> Site:
    """A table of corners where lines hold coordinates; else a list of parcels."""
    if corners.is_table(text):
        return placing.site(corners.read(text), system)
    return listed.site(listed.typed(text), snapshot)
