"""What holds for every answer: how long it took, what a browser may load, whose language, how often one may ask."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Lock

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from exports.api_keys.stored import allowance, digest
from geoportal.problems import Problem, respond

Get = Callable[[HttpRequest], HttpResponse]


def policy(*hosts: str) -> str:
    """MapLibre draws into blobs and data images; everything else comes from this host only, and the pictures of base
    maps from the `hosts` of those that were added."""
    pictures = " ".join(("", *hosts))
    return "; ".join(
        (
            "default-src 'self'",
            f"img-src 'self' data: blob:{pictures}",
            *([f"connect-src 'self'{pictures}"] if hosts else []),
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'self'",
        )
    )


CSP = policy()


def timing(get_response: Get) -> Get:
    """Server time of each answer in `Server-Timing`, for the browser's tools and our own bench."""

    def middleware(request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        response = get_response(request)
        response["Server-Timing"] = f"app;dur={(time.perf_counter() - started) * 1000:.2f}"
        return response

    return middleware


def security_headers(get_response: Get) -> Get:
    def middleware(request: HttpRequest) -> HttpResponse:
        is_program = request.path.startswith("/api/")
        response = preflight() if is_program and request.method == "OPTIONS" else get_response(request)
        hosts = getattr(request, "picture_hosts", ())
        response.headers.setdefault("Content-Security-Policy", policy(*hosts) if hosts else CSP)
        if is_program:  # read by programs of any host, without credentials
            response.headers.setdefault("Access-Control-Allow-Origin", "*")
            response.headers.setdefault("Access-Control-Expose-Headers", "Retry-After")
        response.headers.setdefault("Permissions-Policy", "geolocation=(self), camera=(), microphone=()")
        return response

    return middleware


def preflight() -> HttpResponse:
    """What a browser asks before a page of another host may post JSON or show its key: it may, without credentials."""
    return HttpResponse(
        status=204,
        headers={
            "Access-Control-Allow-Methods": "GET, POST, OPTIONS",
            "Access-Control-Allow-Headers": "Content-Type, Authorization",
            "Access-Control-Max-Age": "86400",
        },
    )


def language(get_response: Get) -> Get:
    """Vietnamese unless asked otherwise: `?lang=en` wins and is remembered in a cookie."""
    known = dict(settings.LANGUAGES)

    def middleware(request: HttpRequest) -> HttpResponse:
        asked = request.GET.get("lang")
        chosen = asked if asked in known else request.COOKIES.get("lang", settings.LANGUAGE_CODE)
        chosen = chosen if chosen in known else settings.LANGUAGE_CODE
        with translation.override(chosen):
            request.LANGUAGE_CODE = chosen
            response = get_response(request)
        response.headers.setdefault("Content-Language", chosen)
        if asked in known:
            response.set_cookie("lang", chosen, max_age=31536000, samesite="Lax")
        return response

    return middleware


class Buckets:
    """A token bucket per client and kind, in this process's memory (so a limit holds per worker process).

    A bucket refills evenly over a minute. When there are very many clients the full ones are forgotten: they
    would start full again anyway.
    """

    def __init__(self, most: int = 20_000) -> None:
        self.most, self.lock = most, Lock()
        self.tokens: dict[tuple[str, str], tuple[float, float]] = {}

    def wait(self, client: str, kind: str, a_minute: int) -> float:
        """Take one token; 0 when there was one, else the seconds until there is."""
        now = time.monotonic()
        with self.lock:
            left, seen = self.tokens.get((client, kind), (float(a_minute), now))
            left = min(float(a_minute), left + (now - seen) * a_minute / 60)
            if left < 1:
                return (1 - left) * 60 / a_minute
            if len(self.tokens) >= self.most:
                self.forget_full(now, a_minute)
            self.tokens[client, kind] = (left - 1, now)
        return 0.0

    def forget_full(self, now: float, a_minute: int) -> None:
        self.tokens = {key: (left, seen) for key, (left, seen) in self.tokens.items() if now - seen < 60}


def client_of(request: HttpRequest) -> str:
    if settings.BEHIND_PROXY:
        return str(request.headers.get("X-Real-IP", request.META["REMOTE_ADDR"]))
    return str(request.META["REMOTE_ADDR"])


# Which setting limits which kind of address.
LIMITS = {
    "tiles": "RATE_TILES",
    "sign-in": "RATE_SIGN_IN",
    "sheets": "RATE_SHEETS",
    "letters": "RATE_LETTERS",
    "prechecks": "RATE_PRECHECKS",
    "batches": "RATE_BATCHES",
    "pages": "RATE_PAGES",
}


def kind_of(request: HttpRequest) -> str:
    """Which limit holds. Passwords and codes that are tried have one of their own, and sheets: each is laid out, signed
    and kept; and forms that are sent: each makes work for an officer or writes to a stranger; and files to be checked
    before they are delivered: each is a process of its own, or a key that somebody tries."""
    if request.path.startswith("/tiles/"):
        return "tiles"
    if request.method == "POST" and request.path.startswith("/desk/account/"):
        return "sign-in"
    if request.path.endswith("/sheet.pdf") or request.path.startswith(("/api/sheets", "/verify")):
        return "sheets"
    # To end a follow must always work: a mail provider does it for many people from one address.
    is_ending = request.path.endswith("/end")
    if request.method == "POST" and request.path.startswith(("/mistakes/", "/follow/")) and not is_ending:
        return "letters"
    if request.method == "POST" and request.path.startswith("/precheck"):
        return "prechecks"
    if request.method == "POST" and request.path in ("/check/batch", "/api/batches"):
        return "batches"
    return "pages"


def key_of(request: HttpRequest) -> str:
    """The key a program sends with a question to the API; empty without one."""
    scheme, _, key = request.headers.get("Authorization", "").partition(" ")
    return key.strip()[:200] if request.path.startswith("/api/") and scheme.lower() == "bearer" else ""


def rate_limit(get_response: Get) -> Get:
    buckets = Buckets()

    def middleware(request: HttpRequest) -> HttpResponse:
        kind = kind_of(request)
        limit = getattr(settings, LIMITS[kind])
        if limit and not request.path.startswith(("/health", "/static/")):
            client = client_of(request)
            if key := key_of(request):
                allowed = allowance(key)
                if allowed is None:
                    # Who tries keys is counted as the stranger he is.
                    wait = buckets.wait(client, kind, limit)
                    return respond(request, Problem("too-many-requests" if wait else "key-unknown"))
                client, limit = f"key {digest(key)}", allowed
            wait = buckets.wait(client, kind, limit)
            if wait:
                response = respond(request, Problem("too-many-requests"))
                response["Retry-After"] = str(int(wait) + 1)
                return response
        return get_response(request)

    return middleware
