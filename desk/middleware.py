"""Sessions, accounts and protected forms at the desk, and only there: a public page has no cookie and no session."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware

from geoportal.arriving import forget
from geoportal.problems import Problem, respond
from importers.reader.limits import MEGABYTE, OFFICER

ROOM, SIGNING_IN = "/desk/", "/desk/account/"


def is_at_the_desk(request: HttpRequest) -> bool:
    return request.path_info.startswith(ROOM)


def is_delivery(request: HttpRequest) -> bool:
    return request.method == "POST" and request.content_type == "multipart/form-data"


def unwelcome(request: HttpRequest) -> Problem | None:
    """At the door, before a byte is taken: a file of somebody not signed in, or larger than we read."""
    length = str(request.META.get("CONTENT_LENGTH") or "0")
    signing_in = request.path_info.startswith(SIGNING_IN)
    if not (signing_in or request.user.is_authenticated):
        return Problem("session-over")
    limit = MEGABYTE if signing_in else OFFICER.file
    if not length.isdigit() or int(length) > limit + MEGABYTE:
        return Problem("file-too-large", limit=limit // MEGABYTE)
    return None


def cut_off(request: HttpRequest) -> Problem | None:
    """Take the form now: one that does not arrive whole has no token either, and would be told something else."""
    try:
        request.POST  # noqa: B018  (reading it is what takes it)
    except UnreadablePostError:
        forget(request)
        return Problem("form-cut")
    return None


class Sessions(SessionMiddleware):
    def process_request(self, request: HttpRequest) -> None:
        if is_at_the_desk(request):
            super().process_request(request)

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        return super().process_response(request, response) if is_at_the_desk(request) else response


class Officers(AuthenticationMiddleware):
    def process_request(self, request: HttpRequest) -> None:
        if is_at_the_desk(request):
            super().process_request(request)


class Forms(CsrfViewMiddleware):
    """A form of the public's changes nothing that a session would have to protect; a form of the desk does."""

    def process_request(self, request: HttpRequest) -> None:
        if is_at_the_desk(request):
            super().process_request(request)

    def process_view(  # type: ignore[override]  # narrower, on purpose
        self, request: HttpRequest, callback: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        if not is_at_the_desk(request):
            return None
        problem = (unwelcome(request) or cut_off(request)) if is_delivery(request) else None
        if problem:
            return respond(request, problem)
        return super().process_view(request, callback, args, kwargs)

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        return super().process_response(request, response) if is_at_the_desk(request) else response
