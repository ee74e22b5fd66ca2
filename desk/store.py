"""Where delivered files lie: a folder outside anything served or backed up, for the portal's own user alone.

A delivery has a folder of an unguessable name: `original/` until its columns are confirmed, `kept` (public columns
only) until the delivery has ended. Names of the sender's are never names of files."""

from __future__ import annotations

import hashlib
import re
import secrets
import shutil
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

SUFFIX = re.compile(r"\.[a-z0-9]{1,9}")


def root() -> Path:
    folder = settings.DATA_DIR / "desk"
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    return Path(folder)


def new_folder() -> str:
    name = secrets.token_hex(16)
    (root() / name / "original").mkdir(parents=True, mode=0o700)
    (root() / name).chmod(0o700)
    return name


def suffix_of(name: str) -> str:
    suffix = PurePosixPath(name.lower().replace("\\", "/")).suffix
    return suffix if SUFFIX.fullmatch(suffix) else ".bin"


def receive(folder: str, uploads: Iterable[UploadedFile[Any]]) -> tuple[str, int]:
    """Write what was sent under our own names; SHA-256 and size. Of several parts: the hash over their hashes."""
    size = 0
    for upload in uploads:
        target = root() / folder / "original" / f"delivery{suffix_of(str(upload.name))}"
        with target.open("xb") as file:
            target.chmod(0o600)
            for block in upload.chunks():
                file.write(block)
                size += len(block)
    return digest(folder), size


def originals(folder: str) -> list[Path]:
    return sorted((root() / folder / "original").glob("*"))


def digest(folder: str) -> str:
    parts = []
    for file in originals(folder):
        with file.open("rb") as opened:
            parts.append((file.suffix, hashlib.file_digest(opened, "sha256").hexdigest()))
    if len(parts) == 1:
        return parts[0][1]
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def original(folder: str) -> Path | None:
    """What the reader is given: the one file, or the folder of loose parts. None when it was deleted."""
    files = originals(folder)
    if not files:
        return None
    return files[0] if len(files) == 1 else files[0].parent


def kept(folder: str) -> Path:
    return root() / folder / "kept"


def delete_original(folder: str) -> None:
    if folder:
        shutil.rmtree(root() / folder / "original", ignore_errors=True)


def delete(folder: str) -> None:
    if folder:
        shutil.rmtree(root() / folder, ignore_errors=True)
