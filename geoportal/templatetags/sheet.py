"""What a sheet on paper takes from the screen: its sentences; and figures of its map."""

from __future__ import annotations

from base64 import b64encode
from functools import cache

from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.translation import gettext

from geoportal import sentence, site_sentence
from geoportal.templatetags.portal import answer_words, reason_words
from layers.report.answers import Reason, Report
from layers.report.sites import SiteReport

register = template.Library()
NARROW = "\u202f"


@register.simple_tag
def sentences(report: Report | SiteReport) -> list[str]:
    return site_sentence.sentences(report) if isinstance(report, SiteReport) else sentence.sentences(report)


@register.simple_tag(takes_context=True)
def picture(context: Context, name: str, about: object, **attributes: str) -> str:
    """A template of an SVG as an image of its own; `about` is what a reading voice says of it."""
    said = {key: value for part in context.dicts for key, value in part.items()}
    return image(address(render_to_string(name, said)), str(about), attributes.get("class", ""))


@register.simple_tag(takes_context=True)
def reason(context: Context, why: Reason) -> str:
    """Why something was not assessed, said of the parcel or of the site that the sheet is about."""
    if context.get("of_site") and why is Reason.NOT_COVERED:
        return gettext("Một phần khu đất nằm ngoài vùng đã khảo sát. Điều đó không có nghĩa là không ảnh hưởng.")
    return reason_words(why)


@register.simple_tag
def icon(answer: str) -> str:
    """The shape of an answer; its word is what a reading voice says instead."""
    return image(icon_address(answer), answer_words(answer), "icon")


@cache
def icon_address(answer: str) -> str:
    return address(render_to_string("sheets/icon.svg", {"answer": answer}))


def address(svg: str) -> str:
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"


def image(source: str, about: str, kind: str) -> str:
    return format_html('<img src="{}" alt="{}" class="{}">', source, about, kind)


@register.filter
def grouped(metres: int) -> str:
    """A coordinate of the grid in groups of three: 2 262 300."""
    return f"{metres:,}".replace(",", NARROW)


@register.filter
def plus(one: float, other: float) -> str:
    return f"{one + other:g}"


@register.filter
def fingerprint(sha256: str) -> str:
    """A hash in groups of four, as eyes compare it."""
    return " ".join(sha256[i : i + 4] for i in range(0, len(sha256), 4))
