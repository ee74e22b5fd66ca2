"""Pages without a map: where one types, and what this portal is."""

from __future__ import annotations

import unicodedata

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from layers.glossary import terms
from layers.queries import examples, snapshots


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    return render(request, "home.html", {"examples": typed_examples()})


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "about.html")


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    return render(request, "glossary.html", {"terms": terms()})


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    return render(request, "help.html")


def typed_examples() -> list[str]:
    """What people type: the numbers of today, the old ones without marks, a commune."""
    snapshot = snapshots.newest()
    numbers = examples.parcel(snapshot) if snapshot else None
    if numbers is None or not numbers.commune:
        return []
    typed = gettext("thửa {parcel} tờ {sheet} {commune}")
    old = f"to {numbers.old_sheet_no} thua {numbers.old_parcel_no} {unmarked(numbers.old_commune)}"
    today = typed.format(parcel=numbers.parcel_no, sheet=numbers.sheet_no, commune=numbers.commune)
    return [today, old, numbers.commune]


def unmarked(name: str) -> str:
    """A name as typed on a keyboard without Vietnamese: đ and marks gone, small letters."""
    letters = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
