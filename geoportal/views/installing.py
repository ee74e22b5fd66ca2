"""What makes the portal an application on a phone: its manifest, its service worker, its page without a network."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

ICONS = (("img/icon-192.png", "192x192", "any"), ("img/icon-512.png", "512x512", "any maskable"))
# What the page without a network is made of; nothing else is ever kept.
KEPT = (
    *(f"css/{name}.css" for name in ("tokens", "fonts", "base", "frame", "cards", "offline")),
    *(f"js/{name}.js" for name in ("offline", "vn2000", "numbers", "visited")),
    "img/brand.svg",
    *(
        f"vendor/be-vietnam-pro-5.3.0/files/be-vietnam-pro-{subset}-{weight}-normal.woff2"
        for subset in ("latin", "vietnamese")
        for weight in (400, 600)
    ),
)


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """Name, colours and icons for the home screen."""
    told = {
        "id": "/",
        "name": gettext("Cổng bản đồ đất đai – môi trường"),
        "short_name": gettext("Bản đồ đất đai"),
        "lang": get_language(),
        "start_url": reverse("home"),
        "scope": "/",
        "display": "standalone",
        "background_color": "#f5f7f4",
        "theme_color": "#0b5d4b",
        "icons": [
            {"src": static(name), "sizes": sizes, "type": "image/png", "purpose": purpose}
            for name, sizes, purpose in ICONS
        ],
    }
    response = JsonResponse(told, json_dumps_params={"ensure_ascii": False}, content_type="application/manifest+json")
    response["Cache-Control"] = "no-cache"
    return response


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The script that answers when there is no network. It changes with every release, and then everything it keeps."""
    addresses = [reverse("offline"), *(static(name) for name in KEPT)]
    words = f"const RELEASE = {json.dumps(settings.RELEASE)}\nconst OFFLINE = {json.dumps(addresses)}\n"
    response = HttpResponse(words + source(), content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response


@cache
def source() -> str:
    return Path(str(finders.find("js/service-worker.js"))).read_text(encoding="utf-8")


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """What a visitor reads when his phone has no network: this page knows nobody and no data."""
    return render(request, "offline.html")
