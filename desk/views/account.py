"""What surrounds signing in: a session that has ended, and doors that are not open to the public."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache


@never_cache
def expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that came without a valid session or key: nothing was done with it."""
    return render(request, "desk/expired.html", status=403)


@never_cache
def closed(request: HttpRequest) -> HttpResponse:
    """Accounts and new passwords come from an administrator."""
    return render(request, "desk/closed.html")
