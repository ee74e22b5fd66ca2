"""QR codes, drawn here: a code made elsewhere would tell somebody else what our visitors look at."""

from __future__ import annotations

import io

import segno

INK, PAPER = "#12211d", "#ffffff"
# Room for the modules of the largest code that a phone still reads from a screen (version 25, level L).
LONGEST = 1200


def qr_svg(text: str) -> bytes:
    """The code of a text as an SVG picture with its quiet border."""
    made = segno.make(text, error="l", boost_error=True, micro=False)
    stream = io.BytesIO()
    made.save(stream, kind="svg", scale=4, border=4, dark=INK, light=PAPER, xmldecl=False, omitsize=False)
    return stream.getvalue()
