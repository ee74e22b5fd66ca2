"""A body arrives whole or not at all: one that is cut off, or comes in drops, ends as an error and not as half a file.

Django takes what it gets until the connection ends for the whole form: half a table would be read as a whole one."""

from __future__ import annotations

import io
import socket
from collections.abc import Callable, Iterable
from threading import Timer
from typing import Any, Protocol

Environment = dict[str, Any]
Application = Callable[[Environment, Callable[..., Any]], Iterable[bytes]]
# Seconds that any body has, bytes a second that a long one must keep up, and what none outlasts: before the desk's
# sweep takes what lies there half arrived for forgotten (`desk.sweeping.RECEIVING`).
AT_LEAST, SLOWEST, AT_MOST = 120.0, 50_000, 25 * 60.0


class CutOff(OSError):
    """The connection ended, or was ended, before the body did. Django answers it as `UnreadablePostError`."""


class Stream(Protocol):
    def read(self, size: int = ..., /) -> bytes: ...


class Whole(io.IOBase):
    """What the server reads of a body of `length` bytes. Raises CutOff where it ends early or has lasted too long.

    `patience` in seconds; then nothing more is taken from the `connection`."""

    def __init__(self, stream: Stream, length: int, connection: socket.socket | None, patience: float) -> None:
        self._stream, self._left = stream, length
        self._timer = Timer(patience, hang_up, [connection]) if connection else None
        if self._timer:
            self._timer.daemon = True
            self._timer.start()

    def read(self, size: int = -1) -> bytes:
        wanted = self._left if size < 0 else min(size, self._left)
        data = self._stream.read(wanted) if wanted else b""
        self._left -= len(data)
        if len(data) < wanted:
            raise CutOff("the body ended early")
        if not self._left:
            self.stop()
        return data

    def stop(self) -> None:
        if self._timer:
            self._timer.cancel()


def hang_up(connection: socket.socket) -> None:
    """Nothing more is taken from this client; the answer can still go out."""
    try:
        connection.shutdown(socket.SHUT_RD)
    except OSError:
        return  # it has gone by itself


def patience_for(length: int) -> float:
    return min(AT_MOST, AT_LEAST + length / SLOWEST)


def whole(application: Application) -> Application:
    """The application, given bodies that are whole."""

    def guarded(environ: Environment, start_response: Callable[..., Any]) -> Iterable[bytes]:
        length = str(environ.get("CONTENT_LENGTH") or "0")
        if not length.isdigit() or not int(length):
            return application(environ, start_response)
        connection = environ.get("gunicorn.socket")
        body = Whole(environ["wsgi.input"], int(length), connection, patience_for(int(length)))
        try:
            return application(environ | {"wsgi.input": body}, start_response)
        finally:
            body.stop()

    return guarded
