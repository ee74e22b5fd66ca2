"""Forms of the public that make work for somebody: protected against other sites, without a session or an account.

The token's cookie is our own: it lives as long as the browser is open, and is set only by a page with such a form.
"""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware
from django.utils.cache import patch_vary_headers
from django.utils.decorators import decorator_from_middleware

from geoportal.problems import Problem, respond

COOKIE = "form"
_SECRET = re.compile(r"[A-Za-z0-9]{32}")  # as Django makes them


class PublicForms(CsrfViewMiddleware):
    """Django's protection, with a cookie of its own: the desk's has the desk's path."""

    def _get_secret(self, request: HttpRequest) -> str | None:
        secret = request.COOKIES.get(COOKIE, "")
        return secret if _SECRET.fullmatch(secret) else None

    def process_request(self, request: HttpRequest) -> None:
        if secret := self._get_secret(request):
            request.META["CSRF_COOKIE"] = secret

    def _set_csrf_cookie(self, request: HttpRequest, response: HttpResponseBase) -> None:
        response.set_cookie(
            COOKIE, request.META["CSRF_COOKIE"], secure=settings.CSRF_COOKIE_SECURE, httponly=True, samesite="Lax"
        )
        patch_vary_headers(response, ("Cookie",))

    def _reject(self, request: HttpRequest, reason: str) -> HttpResponse:
        return respond(request, Problem("form-expired"))


protected = decorator_from_middleware(PublicForms)


# So much is read to its end, so that the words beside too large a photo are not lost; more is not read at all.
MOST_READ = 512 * 2**20


def refuse_endless(request: HttpRequest) -> None:
    """Raise Problem before anything is read of what has no end."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if length.isdigit() and int(length) > MOST_READ:
        raise Problem("form-too-large")


class OneFile(FileUploadHandler):
    """Takes one file of the field `field` into memory, up to `most` bytes; what is longer is passed over, and the
    words of the form stay. Other files are passed over too."""

    def __init__(self, request: HttpRequest, most: int, field: str = "photo") -> None:
        super().__init__(request)
        self.field = field
        self.most, self.parts, self.size = most, list[bytes](), 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        if self.field_name != self.field or self.parts:
            raise SkipFile
        self.size = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.size += len(raw_data)
        if self.size <= self.most:
            self.parts.append(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile[bytes]:
        """The file; empty with its true size when it was too long."""
        content = b"".join(self.parts) if self.size <= self.most else b""
        self.parts = [content] if content else []
        file = SimpleUploadedFile(self.field, content)
        file.size = file_size
        return file
