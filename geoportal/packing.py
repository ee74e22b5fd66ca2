"""Answers as JSON, compressed for whoever takes it."""

from __future__ import annotations

import gzip

from django.http import HttpRequest, HttpResponse

# The usual level 6 takes more than twice as long for a fifth less: 1.25 ms and 13.5 kB instead of 0.5 ms and 16.7 kB.
QUICK = 1


def takes_gzip(request: HttpRequest) -> bool:
    return "gzip" in request.headers.get("Accept-Encoding", "")


def open_json(request: HttpRequest, body: bytes) -> HttpResponse:
    """A JSON document that programs of any host may read."""
    headers = {"Access-Control-Allow-Origin": "*", "Vary": "Accept-Encoding"}
    if takes_gzip(request):
        body = gzip.compress(body, QUICK, mtime=0)
        headers["Content-Encoding"] = "gzip"
    return HttpResponse(body, content_type="application/json; charset=utf-8", headers=headers)
