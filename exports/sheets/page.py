"""The page that a sheet is printed from: words and numbers of the answer, the map, the code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import segno
from django.template.loader import render_to_string
from django.utils.translation import get_language

from exports.drawing import Corner, drawing
from exports.sheets import codes
from exports.sheets.keys import signing_key
from exports.sheets.scaled_map import scaled_map
from exports.sheets.stored import Sheet
from exports.sheets.subjects import SITE, Subject
from layers.queries.snapshots import is_demo
from layers.report.answers import Answer

# The procedure that gives what has legal force (the Ministry's decision on procedures of the land sector).
LEGAL_PROCEDURE = "1.012789"
MOST_BESIDE = 60


@dataclass(frozen=True)
class Page:
    title: str
    html: str
    drawn: frozenset[str]


def page(sheet: Sheet, subject: Subject, answer: Any, address: str) -> Page:
    """The whole page in the language that is active."""
    card = subject.card(answer)
    title = f"{subject.heading}: {subject.title(answer)}"
    verify = f"{address.rstrip('/')}/verify/{sheet.code}"
    key = signing_key()
    drawing_to_scale = scaled_map(card.polygons, card.bounds, sheet.asked.get("parcel"), sheet.snapshot)
    context = {
        "sheet": sheet,
        "language": get_language(),
        "title": title,
        "subject": subject,
        "of_site": subject is SITE,
        "name": subject.title(answer),
        "report": answer,
        "card": card,
        "map": drawing_to_scale,
        "circle": subject.circle(sheet.asked),
        "corners": halves(drawing(card).corners),
        "unassessed": unassessed(answer),
        "code": codes.written(sheet.code),
        "verify": verify,
        "qr": qr(verify),
        "procedure": LEGAL_PROCEDURE,
        "key": key,
        "demo": is_demo(),
    }
    return Page(title, render_to_string("sheets/sheet.html", context), drawing_to_scale.drawn)


def halves(corners: tuple[Corner, ...]) -> tuple[tuple[Corner, ...], tuple[Corner, ...]]:
    """The table of corners stands in two columns; one that would run over the page's end stays in one."""
    if len(corners) > MOST_BESIDE:
        return corners, ()
    middle = (len(corners) + 1) // 2
    return corners[:middle], corners[middle:]


def qr(text: str) -> str:
    """The QR code as the address of an SVG. Level M: a fold or a stain does not spoil it."""
    return str(segno.make(text, error="m", micro=False).svg_data_uri(border=0, dark="#12211d", encode_minimal=False))


def unassessed(answer: Any) -> list[Any]:
    """Themes with something that nobody could assess: with their layers and reasons, told once more at the end."""
    return [theme for theme in answer.themes if theme.answer is Answer.NOT_ASSESSED or any(gaps(theme))]


def gaps(theme: Any) -> list[Any]:
    return [finding for finding in (*theme.layers, *theme.compositions) if finding.reason is not None]
