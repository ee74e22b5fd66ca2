"""How a verdict of the rules looks: one of four drawings, told apart by hatch and line before colour.

The colours of the four answers are theirs alone; these are others.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

from django.utils.translation import gettext_lazy as _

from layers import codes
from layers.declare import Hatch, Layer, LegendClass, Symbol, Words


@dataclass(frozen=True)
class Style:
    words: object
    fill: str
    line: str
    hatch: Hatch
    dash: tuple[float, ...]
    width: float
    opacity: float


# By the code of the verdict; empty: no rule, which is never white.
STYLES: dict[str, Style] = {
    "forbidden": Style(_("Cấm"), "#8a1c3a", "#6d0f2a", "cross", (), 2.2, 0.35),
    "on-condition": Style(_("Được khi có điều kiện"), "#c99a2e", "#7a5a0c", "dots", (5, 2), 1.6, 0.25),
    "allowed": Style(_("Được phép"), "#3d7ea6", "#1f5474", "none", (), 1.4, 0.3),
    "": Style(_("Chưa đánh giá"), "#6b7280", "#4a5560", "diagonal", (2, 2), 1.4, 0.15),
}
SYMBOLS: dict[str, Symbol] = {"forbidden": "plus", "on-condition": "diamond", "allowed": "ring", "": "square"}


def look(layer: Layer, kind: str, verdict: str) -> LegendClass:
    """One class of a layer, drawn as the rules say of it."""
    style = STYLES[verdict]
    own = {entry.value: entry.title for entry in layer.legend}
    return LegendClass(
        title=own.get(kind) or kind_words(layer, kind) or layer.title,
        fill=style.fill,
        line=style.line,
        value=kind or None,
        hatch=style.hatch,
        symbol=SYMBOLS[verdict],
        dash=style.dash,
        width=style.width,
        opacity=style.opacity,
    )


def legend_class(layer: Layer, kind: str, verdict: str) -> dict[str, object]:
    """The same as the map and the legend take it (see `layers.public.legend_json`)."""
    found = look(layer, kind, verdict)
    return asdict(found) | {"title": {"vi": found.title.vi, "en": found.title.en}, "dash": list(found.dash)}


def kind_words(layer: Layer, kind: str) -> Words | None:
    lists = [field.codes for field in layer.public_fields if field.name == layer.tinted_by and field.codes]
    return codes.label(lists[0], kind) if lists and kind else None
