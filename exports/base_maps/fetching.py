"""One careful look at somebody else's server: limited in time and size, and led astray by no redirect."""

from __future__ import annotations

import ipaddress
import socket
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from http.client import HTTPException, HTTPMessage
from typing import IO
from urllib.parse import urlsplit

from django.utils.translation import gettext_noop

from exports.base_maps.refused import Refused

PATIENCE_S, MOST_BYTES, CHUNK = 15.0, 8 * 2**20, 65_536
TOO_SLOW = gettext_noop("{host} không trả lời xong trong {seconds} giây.")
AGENT = "geoportal (add_basemap)"


@dataclass(frozen=True)
class Answer:
    body: bytes
    status: int
    content_type: str


class Redirects(urllib.request.HTTPRedirectHandler):
    """A public server must not send us to a machine inside our own network; to itself it may."""

    def redirect_request(
        self,
        request: urllib.request.Request,
        file: IO[bytes],
        code: int,
        message: str,
        headers: HTTPMessage,
        target: str,
    ) -> urllib.request.Request | None:
        there, here = urlsplit(target), urlsplit(request.full_url)
        if there.scheme not in ("http", "https"):
            raise Refused(gettext_noop("{host} chuyển hướng sang địa chỉ không phải http(s)."), host=here.hostname)
        if there.hostname != here.hostname and not is_public(there.hostname or ""):
            raise Refused(
                gettext_noop("{host} chuyển hướng vào mạng nội bộ ({target}); không đi theo."),
                host=here.hostname,
                target=there.hostname,
            )
        return super().redirect_request(request, file, code, message, headers, target)


def is_public(host: str) -> bool:
    """Whether every address of a host lies in the public internet."""
    try:
        found = socket.getaddrinfo(host, None)
    except OSError:
        return False
    return all(ipaddress.ip_address(str(address[0]).split("%")[0]).is_global for *_, address in found)


def fetch(address: str, headers: dict[str, str] | None = None, patience_s: float = PATIENCE_S) -> Answer:
    """The answer of an address, whatever its status. Raises Refused when there is none in time, or too much of it."""
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise Refused(gettext_noop("“{address}” không phải địa chỉ http(s)."), address=address[:80])
    request = urllib.request.Request(address, headers={"User-Agent": AGENT, **(headers or {})})  # noqa: S310  (http(s))
    deadline = time.monotonic() + patience_s
    opener = urllib.request.build_opener(Redirects)
    try:
        with opener.open(request, timeout=patience_s) as stream:
            return Answer(read(stream, deadline, parts.hostname), stream.status, stream.headers.get_content_type())
    except urllib.error.HTTPError as problem:
        with problem:
            body = problem.read(CHUNK)
        return Answer(body, problem.code, problem.headers.get_content_type())
    except TimeoutError:
        raise Refused(TOO_SLOW, host=parts.hostname, seconds=round(patience_s)) from None
    except (OSError, HTTPException) as problem:
        if isinstance(getattr(problem, "reason", None), TimeoutError):
            raise Refused(TOO_SLOW, host=parts.hostname, seconds=round(patience_s)) from None
        why = getattr(problem, "reason", problem)
        raise Refused(gettext_noop("Không nối được với {host}: {why}."), host=parts.hostname, why=why) from None


def read(stream: IO[bytes], deadline: float, host: str) -> bytes:
    body = bytearray()
    while chunk := stream.read(CHUNK):
        body += chunk
        if len(body) > MOST_BYTES:
            raise Refused(gettext_noop("{host} gửi hơn {most} MB; dừng lại."), host=host, most=MOST_BYTES // 2**20)
        if time.monotonic() > deadline:
            raise TimeoutError
    return bytes(body)
