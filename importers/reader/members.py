"""From a delivered path to the few files of one layer, under names of our own."""

import hashlib
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from importers.reader import container, sniff
from importers.reader.limits import MEGABYTE, Limits
from importers.reader.outcome import Refused
from importers.reader.receive import is_full, receive

SHAPEFILE_PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
LAYER_SUFFIXES = tuple(suffix for suffix in sniff.SUFFIXES if suffix != ".zip")


@dataclass(frozen=True)
class Delivery:
    """One layer laid out in the scratch folder: `files` by suffix, `format` as sniffed."""

    format: str
    files: dict[str, Path]
    members: tuple[str, ...]
    ignored: tuple[str, ...]
    sha256: str
    size: int
    sublayer: str | None  # what is left to choose inside the file


@dataclass(frozen=True)
class Member:
    """A file inside an archive or folder, not yet opened. `fetch` writes it to a path of ours."""

    name: str
    fetch: Callable[[Path], None]

    @property
    def suffix(self) -> str:
        return PurePosixPath(self.name.lower()).suffix

    @property
    def stem(self) -> str:
        return str(PurePosixPath(self.name).with_suffix(""))

    @property
    def hidden(self) -> bool:
        parts = PurePosixPath(self.name).parts
        return "__MACOSX" in parts or any(part.startswith(".") for part in parts)


def lay_out(path: Path, scratch: Path, sublayer: str | None, limits: Limits) -> Delivery:
    """Copy what is delivered into `scratch` and choose the layer. Raises Refused."""
    if path.is_dir():
        return _from_files(_plain_files(path, limits), scratch, sublayer, limits)
    if path.suffix.lower() == ".shp" and path.is_file():
        siblings = [file for file in _plain_files(path.parent, limits) if _belongs(file, path)]
        return _from_files(siblings, scratch, sublayer, limits)
    received = scratch / "received"
    sha256 = receive(path, received, limits)
    size = received.stat().st_size
    kind = sniff.identify(_head(received), path.suffix)
    if kind == sniff.ZIP:
        entries = container.check(received, limits)
        with zipfile.ZipFile(received) as archive:
            members = [Member(entry.orig_filename, _unpacker(archive, entry)) for entry in entries]
            return _chosen(members, scratch, sublayer, sha256, size, limits)
    if kind == sniff.SPREADSHEET:
        container.check(received, limits)
    name = container.safe_name(path.name)
    return Delivery(kind, {path.suffix.lower(): received}, (name,), (), sha256, size, sublayer)


def _belongs(file: Path, shape: Path) -> bool:
    return file.stem == shape.stem and file.suffix.lower() in SHAPEFILE_PARTS


def _plain_files(folder: Path, limits: Limits) -> list[Path]:
    files: list[Path] = []
    for file in folder.iterdir():
        if file.is_file() and not file.is_symlink():
            files.append(file)
        if len(files) > limits.entries:
            raise Refused("archive-entries", limit=limits.entries)
    return sorted(files)


def _from_files(files: list[Path], scratch: Path, sublayer: str | None, limits: Limits) -> Delivery:
    """Loose files: each is received by itself; the hash is that of the list of their hashes."""
    hashes: list[str] = []

    def fetcher(file: Path) -> Callable[[Path], None]:
        def fetch(target: Path) -> None:
            hashes.append(f"{file.suffix.lower()} {receive(file, target, limits)}\n")

        return fetch

    chosen = _chosen([Member(file.name, fetcher(file)) for file in files], scratch, sublayer, "", 0, limits)
    size = sum(file.stat().st_size for file in chosen.files.values())
    if size > limits.file:
        raise Refused("file-too-large", limit=limits.file // MEGABYTE)
    sha256 = hashlib.sha256("".join(sorted(hashes)).encode()).hexdigest()
    return Delivery(chosen.format, chosen.files, chosen.members, chosen.ignored, sha256, size, chosen.sublayer)


def _chosen(
    members: list[Member], scratch: Path, sublayer: str | None, sha256: str, size: int, limits: Limits
) -> Delivery:
    lead, left = _choose(members, sublayer)
    parts = [lead] if lead.suffix != ".shp" else _shapefile_parts(lead, members)
    files: dict[str, Path] = {}
    for part in parts:
        folder = scratch / part.suffix[1:]  # apart, so that GDAL finds no table beside the shapes
        folder.mkdir()
        files[part.suffix] = folder / f"layer{part.suffix}"
        part.fetch(files[part.suffix])
    kind = sniff.identify(_head(files[lead.suffix]), lead.suffix)
    if kind == sniff.SPREADSHEET:
        container.check(files[lead.suffix], limits)
    taken = {part.name for part in parts}
    names = tuple(container.safe_name(part.name) for part in parts)
    ignored = tuple(container.safe_name(member.name) for member in members if member.name not in taken)
    return Delivery(kind, files, names, ignored, sha256, size, left)


def _choose(members: list[Member], sublayer: str | None) -> tuple[Member, str | None]:
    """The member that leads a layer, and the choice left inside it. Never silently the first of several."""
    shown = [member for member in members if not member.hidden]
    maps = [member for member in shown if member.suffix in LAYER_SUFFIXES]
    others = any(member.suffix in (*sniff.UNREAD, *SHAPEFILE_PARTS) for member in shown)
    leads = maps or ([] if others else [member for member in shown if member.suffix in sniff.TABLE_SUFFIXES])
    if not leads:
        raise _no_layer(members)
    if len(leads) == 1:
        return leads[0], None if sublayer == _title(leads[0]) else sublayer
    wanted = [lead for lead in leads if sublayer in (_title(lead), container.safe_name(lead.name))]
    if len(wanted) == 1:
        return wanted[0], None
    listed = ", ".join(container.safe_name(lead.name) for lead in leads[:50])
    raise Refused("layer-choose" if sublayer is None else "layer-unknown", layers=listed)


def _title(member: Member) -> str:
    return container.safe_name(PurePosixPath(member.stem).name)


def _no_layer(members: list[Member]) -> Refused:
    for member in members:
        if member.suffix in sniff.UNREAD and not member.hidden:
            return Refused(sniff.UNREAD[member.suffix])
        if member.name == "[Content_Types].xml":
            return Refused("unread-table")
    if any(member.suffix in SHAPEFILE_PARTS for member in members):
        return Refused("shp-missing")
    return Refused("layer-none")


def _shapefile_parts(lead: Member, members: list[Member]) -> list[Member]:
    """The parts of a shapefile, whatever the case of their names (THUA.SHP beside thua.dbf)."""
    stem = lead.stem.casefold()
    return [m for m in members if m.suffix in SHAPEFILE_PARTS and m.stem.casefold() == stem]


def _unpacker(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Callable[[Path], None]:
    def fetch(target: Path) -> None:
        try:
            with archive.open(entry) as source, target.open("xb") as copy:
                _copy_counted(source, copy, entry)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
            if isinstance(error, OSError) and is_full(error):
                raise
            raise Refused("archive-broken") from None

    return fetch


def _copy_counted(source: IO[bytes], copy: IO[bytes], entry: zipfile.ZipInfo) -> None:
    """Count real bytes: the size in the directory may lie."""
    written = 0
    while block := source.read(MEGABYTE):
        written += len(block)
        if written > entry.file_size:
            raise Refused("archive-bomb", member=container.safe_name(entry.orig_filename))
        copy.write(block)
    if written != entry.file_size:
        raise Refused("archive-broken")


def _head(file: Path) -> bytes:
    with file.open("rb") as opened:
        head = opened.read(sniff.HEAD)
    if not head:
        raise Refused("file-empty")
    return head
