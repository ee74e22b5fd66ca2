"""The door: what may come in at all. Everything is copied and hashed once; only the copy is read afterwards."""

import errno
import hashlib
import os
import stat
from pathlib import Path
from typing import BinaryIO

from importers.reader.limits import MEGABYTE, Limits
from importers.reader.outcome import Refused


def receive(path: Path, copy: Path, limits: Limits) -> str:
    """Copy one file, counting real bytes, and return its SHA-256.

    The copy is what is read, so a file that grows or is replaced meanwhile cannot differ from its hash.
    Raises Refused when the file is missing, not a plain file, empty or too large.
    """
    with _open_plain(path) as source, copy.open("xb") as target:
        digest, size = hashlib.sha256(), 0
        while block := source.read(MEGABYTE):
            size += len(block)
            if size > limits.file:
                raise Refused("file-too-large", limit=limits.file // MEGABYTE)
            digest.update(block)
            target.write(block)
    if size == 0:
        raise Refused("file-empty")
    return digest.hexdigest()


def is_full(error: OSError) -> bool:
    """Whether it is our disk that has no room, and not the file that is wrong."""
    return error.errno in (errno.ENOSPC, errno.EDQUOT)


def _open_plain(path: Path) -> BinaryIO:
    try:
        # Without O_NONBLOCK a named pipe would hold us for ever before we see that it is one.
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except (OSError, ValueError):
        raise Refused("file-missing") from None
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise Refused("file-not-plain")
    return os.fdopen(handle, "rb")
