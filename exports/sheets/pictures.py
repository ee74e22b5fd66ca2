"""Draws the paths and words of a sheet's pictures: as WeasyPrint does, without what only other pictures need.

WeasyPrint takes a path apart number by number (for curves, units and markers) and lays a word out letter by letter (for
words that turn and are stretched), each in a stream of its own when it is centred. The map of a sheet has thousands of
corners and a hundred names: that was a fifth of the time of a sheet. Its paths are written the way a PDF wants them,
and its names stand straight; both are drawn here in one go. All other SVG is drawn by WeasyPrint.
"""

from __future__ import annotations

import re
import zlib
from functools import cache
from math import inf
from types import SimpleNamespace
from typing import Any

from weasyprint.css.properties import INITIAL_VALUES
from weasyprint.draw.text import draw_first_line
from weasyprint.matrix import Matrix
from weasyprint.pdf import pydyf
from weasyprint.svg import TAGS
from weasyprint.svg.text import Style, TextBox
from weasyprint.text.line_break import split_first_line

# Straight lines from place to place, and dots: "M1 2L3 4Z", "M1 2h0".
STRAIGHT = re.compile(r"(?:M[-.\d ]+(?:L[-.\d ]+)*(?:h0|Z)?)*")
PATH = TAGS["path"]
# 9, what pydyf asks for, makes a sheet 2 % smaller than 6 and takes three to four times as long.
LEVEL = 6


def install() -> None:
    """From now on WeasyPrint draws these two elements so in this process, and packs at that level."""
    TAGS["path"] = path
    TAGS["text"] = text
    pydyf.zlib = SimpleNamespace(compress=zlib.compress, compressobj=lambda level: zlib.compressobj(LEVEL))


def path(svg: Any, node: Any, font_size: float) -> None:
    words = node.get("d", "")
    if STRAIGHT.fullmatch(words) is None:
        PATH(svg, node, font_size)
        return
    svg.stream.stream += [operators(part) for part in words.split("M")[1:]]


def operators(part: str) -> bytes:
    """One ring, line or dot as operators of a PDF."""
    if part.endswith("h0"):
        return f"{part[:-2]} m\n{part[:-2]} l".encode()
    first, *further = part.removesuffix("Z").split("L")
    lines = "".join(f"\n{place} l" for place in further)
    return f"{first} m{lines}{chr(10) + 'h' if part.endswith('Z') else ''}".encode()


def text(svg: Any, node: Any, font_size: float) -> None:
    """Straight words from `x`, or around it where `data-anchor` says "middle"."""
    look = style(node.get("font-family", ""), int(node.get("font-weight", 400)), font_size)
    look.font_config = svg.font_config
    layout, _, _, width, *_ = split_first_line(node.text, look, svg.context, inf, 0)
    layout.reactivate(look)
    left = float(node.get("x", 0)) - (width / 2 if node.get("data-anchor") == "middle" else 0)
    fill, stroke = svg.set_graphical_state(node, font_size)
    svg.stream.begin_text()
    svg.fill_stroke(fill, stroke, text=True)
    draw_first_line(svg.stream, TextBox(layout, look), "none", "none", Matrix(d=-1, e=left, f=float(node.get("y", 0))))
    svg.stream.end_text()


@cache
def style(family: str, weight: int, size: float) -> Any:
    made = Style(INITIAL_VALUES)
    made["font_family"] = [one.strip() for one in family.split(",")]
    made["font_weight"], made["font_size"] = weight, size
    return made
