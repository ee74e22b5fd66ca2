"""A ZIP archive judged by its directory, before anything in it is unpacked."""

import stat
import struct
import unicodedata
import zipfile
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from importers.reader.limits import MEGABYTE, Limits
from importers.reader.outcome import Refused

_END_SIGNATURE, _ENTRY_SIGNATURE, _LOCAL_SIGNATURE = b"PK\x05\x06", b"PK\x01\x02", b"PK\x03\x04"
_END = struct.Struct("<4s4H2LH")
_LONGEST_COMMENT = 65_535
_LOCAL_SIZE = 30
_ENCRYPTED = 0x1
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_NESTED = {".zip", ".7z", ".rar", ".gz", ".tgz", ".tar", ".bz2", ".xz", ".kmz"}
_RATIO_FREE = {".dbf", ".gpkg"}
_NO_BOMB = MEGABYTE  # two thousand of these still fit the limit of the whole
_SAFE_NAME_LENGTH = 120


def safe_name(name: str) -> str:
    """A name from outside made fit to show: no control, direction or unassigned signs, not too long."""
    shown = "".join("\N{REPLACEMENT CHARACTER}" if unicodedata.category(s)[0] == "C" else s for s in name)
    return shown if len(shown) <= _SAFE_NAME_LENGTH else shown[:_SAFE_NAME_LENGTH] + "…"


def check(archive: Path, limits: Limits) -> list[zipfile.ZipInfo]:
    """The files of an archive that is safe to unpack; raises Refused with the first reason why it is not."""
    _check_directory(archive, limits)
    try:
        with zipfile.ZipFile(archive) as opened:
            entries = opened.infolist()
    except (zipfile.BadZipFile, NotImplementedError, UnicodeDecodeError, ValueError, struct.error, OSError):
        raise Refused("archive-broken") from None
    for entry in entries:
        _check_entry(entry, limits)
    _check_together(entries, limits)
    return [entry for entry in entries if not entry.is_dir()]


def _check_directory(archive: Path, limits: Limits) -> None:
    """Count the entries before zipfile makes an object of each; the archive must fill the whole file."""
    with archive.open("rb") as file:
        if file.read(4) not in (_LOCAL_SIGNATURE, _END_SIGNATURE):
            raise Refused("archive-prefix")
        size = file.seek(0, 2)
        file.seek(max(0, size - _LONGEST_COMMENT - _END.size))
        tail = file.read()
        at = tail.rfind(_END_SIGNATURE)
        if at < 0 or len(tail) - at < _END.size:
            raise Refused("archive-broken")
        _, _, _, _, count, length, offset, comment = _END.unpack_from(tail, at)
        if len(tail) - at - _END.size != comment:
            raise Refused("archive-prefix")
        # 0xFFFF and 0xFFFFFFFF stand for "see ZIP64": such an archive is beyond our limits anyway.
        if length > limits.directory:
            raise Refused("archive-directory", limit=limits.directory // MEGABYTE)
        end = size - len(tail) + at
        if offset + length != end:
            raise Refused("archive-prefix")
        if max(count, _count_entries(file, offset, length)) > limits.entries:
            raise Refused("archive-entries", limit=limits.entries)


def _count_entries(file: BinaryIO, offset: int, length: int) -> int:
    """Entries by their signatures, because the number written at the end of an archive may lie."""
    file.seek(offset)
    return file.read(length).count(_ENTRY_SIGNATURE)


def _check_entry(entry: zipfile.ZipInfo, limits: Limits) -> None:
    name = entry.orig_filename
    shown = safe_name(name)
    suffix = PurePosixPath(name.lower()).suffix
    if "\\" in name or name.startswith("/") or name[1:2] == ":" or ".." in name.split("/") or "\0" in name:
        raise Refused("archive-path", member=shown)
    if entry.flag_bits & _ENCRYPTED:
        raise Refused("archive-encrypted", member=shown)
    if not _is_plain(entry):
        raise Refused("archive-link", member=shown)
    if entry.compress_type not in _METHODS:
        raise Refused("archive-method", member=shown)
    if suffix in _NESTED:
        raise Refused("archive-nested", member=shown)
    if entry.file_size > limits.unpacked or _is_bomb(entry, suffix, limits):
        raise Refused("archive-bomb", member=shown)


def _is_plain(entry: zipfile.ZipInfo) -> bool:
    kind = stat.S_IFMT(entry.external_attr >> 16)
    return kind == 0 or (stat.S_ISDIR(kind) if entry.is_dir() else stat.S_ISREG(kind))


def _is_bomb(entry: zipfile.ZipInfo, suffix: str, limits: Limits) -> bool:
    if entry.file_size <= (limits.ratio_free if suffix in _RATIO_FREE else _NO_BOMB):
        return False
    return entry.file_size > limits.ratio * max(1, entry.compress_size)


def _check_together(entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    if sum(entry.file_size for entry in entries) > limits.unpacked:
        raise Refused("archive-too-large", limit=limits.unpacked // MEGABYTE)
    seen: set[str] = set()
    for entry in entries:
        key = unicodedata.normalize("NFC", entry.orig_filename).casefold()
        if key in seen:
            raise Refused("archive-duplicate", member=safe_name(entry.orig_filename))
        seen.add(key)
    _check_no_overlap(entries)


def _check_no_overlap(entries: list[zipfile.ZipInfo]) -> None:
    """Entries that share bytes are a bomb whose ratio looks honest."""
    reached = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < reached:
            raise Refused("archive-bomb", member=safe_name(entry.orig_filename))
        reached = entry.header_offset + _LOCAL_SIZE + entry.compress_size
