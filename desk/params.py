"""From the words of a desk address to things; beside `geoportal/params.py` the only reader of `request.GET`."""

from __future__ import annotations

from django.http import HttpRequest


def word(request: HttpRequest, name: str, among: set[str] | None = None) -> str:
    """A short word of the address; empty when not given or not one of those known."""
    text = request.GET.get(name, "")[:60]
    return text if among is None or text in among else ""


def number(request: HttpRequest, name: str, usual: int = 0) -> int:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else usual
