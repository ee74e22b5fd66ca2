"""What runs in the press: from HTML to a signed PDF/A-3 with the answer's JSON inside. Knows no Django."""

from __future__ import annotations

import gc
import json
import logging
import os
import sys
import traceback
from base64 import b64decode, b64encode
from datetime import datetime
from pathlib import Path
from typing import Any

from weasyprint import CSS, HTML, Attachment
from weasyprint.logger import LOGGER
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher

from exports.sheets import pictures
from exports.sheets.signing import NoTimestamp, Signer

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "geoportal" / "static"
FONTS = STATIC / "vendor" / "be-vietnam-pro-5.3.0" / "files"
# The colours are the screen's; the rest of the screen's style is not for paper.
OWN = Path(__file__).parent / "css"
STYLES = (STATIC / "css" / "tokens.css", *(OWN / f"{name}.css" for name in ("fonts", "sheet", "map", "themes")))
TWIN = "phieu-thong-tin.json"


class Unprintable(Exception):
    """A picture or a font could not be drawn. A sheet without its map would be a wrong sheet."""


# What WeasyPrint complains of while it prints; by itself it goes on without what it could not draw.
told: list[str] = []


class Listening(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        told.append(record.getMessage())


class OnlyOurs(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Nothing is fetched but the portal's fonts and the pictures that the page itself holds; what stands in a page
    cannot make the press open anything else."""

    def fetch(self, url: str, headers: Any = None) -> Any:
        if not url.startswith((FONTS.as_uri() + "/", "data:image/svg+xml")):
            raise FatalURLFetchingError(f"not fetched: {url[:80]}")
        return super().fetch(url, headers)


class Layout:
    """Fonts and styles are read once and used for every sheet."""

    def __init__(self) -> None:
        pictures.install()
        LOGGER.handlers = [Listening(level=logging.ERROR)]
        self.fetcher = OnlyOurs(allowed_protocols=("file", "data"))
        self.fonts = FontConfiguration()
        self.styles = [CSS(filename=file, font_config=self.fonts, url_fetcher=self.fetcher) for file in STYLES]

    def pdf(self, words: dict[str, Any]) -> bytes:
        """The unsigned PDF. Raises Unprintable when the library says that something is missing on it."""
        told.clear()
        moment = datetime.fromisoformat(words["moment"])
        twin = Attachment(
            string=b64decode(words["twin"]),
            name=TWIN,
            description=words["title"],
            created=moment,
            modified=moment,
            relationship="Data",
            url_fetcher=self.fetcher,
        )
        page = HTML(string=words["html"], base_url=STATIC.as_uri() + "/", url_fetcher=self.fetcher)
        pdf = page.write_pdf(
            stylesheets=self.styles,
            font_config=self.fonts,
            attachments=[twin],
            pdf_variant="pdf/a-3a",
        )
        if told:
            raise Unprintable("; ".join(told)[:500])
        return bytes(pdf)


def main() -> None:
    """The first line tells the key, each further line a sheet; each is answered with a line."""
    # Whatever a library prints must not get between the answers.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    gc.disable()
    signer: Signer | None = None
    layout: Layout | None = None
    for line in sys.stdin:
        said: dict[str, object] = {}
        try:
            words = json.loads(line)
            if signer is None or layout is None:
                signer, layout = Signer(words), Layout()
            else:
                said = sheet(words, signer, layout)
        except NoTimestamp as error:
            said = {"error": str(error), "lacks": "timestamp"}
        except Exception as error:
            said = {"error": f"{error!r} at {traceback.extract_tb(error.__traceback__)[-1]}"[:1000]}
        answers.write(json.dumps(said) + "\n")
        answers.flush()
        # Between two sheets, when nobody waits: during one the collector would walk through it again and again.
        gc.collect()


def sheet(words: dict[str, Any], signer: Signer, layout: Layout) -> dict[str, object]:
    signed = signer.sign(layout.pdf(words), words["reason"])
    return {"pdf": b64encode(signed).decode(), "certificate": b64encode(signer.certificate).decode()}
