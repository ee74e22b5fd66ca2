"""Sessions, accounts and protected forms at the desk, and only there: a public page has no cookie and no session."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware

ROOM = "/desk/"


def is_at_the_desk(request: HttpRequest) -> bool:
    return request.path_info.startswith(ROOM)


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

    def process_view(  # type: ignore[override]
        self, request: HttpRequest, callback: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        return super().process_view(request, callback, args, kwargs) if is_at_the_desk(request) else None

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        return super().process_response(request, response) if is_at_the_desk(request) else response
