"""The department's orthophoto as one file of tiles, kept in the portal's own data folder and served from here."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_noop
from pmtiles.convert import mbtiles_to_pmtiles

from exports.base_maps.refused import Refused
from exports.base_maps.services import HEADER_BYTES, Offer, header_of, offer_of


def path_of(name: str, stamp: int) -> Path:
    return Path(settings.DATA_DIR) / "base-maps" / f"{name}-{stamp}.pmtiles"


def keep(file: Path, name: str, stamp: int) -> Offer:
    """Copy a .pmtiles or .mbtiles file (converted) into the data folder. Raises Refused when it holds no pictures."""
    if not file.is_file():
        raise Refused(gettext_noop("Không có tệp {file}."), file=file)
    target = path_of(name, stamp)
    target.parent.mkdir(parents=True, exist_ok=True)
    building = target.with_suffix(".part")
    try:
        copy(file, building)
        with building.open("rb") as stream:
            offer = offer_of(header_of(stream.read(HEADER_BYTES)), f"/base-maps/{name}-{stamp}/{{z}}/{{x}}/{{y}}")
        building.rename(target)
    finally:
        building.unlink(missing_ok=True)
    return offer


def copy(file: Path, target: Path) -> None:
    if file.suffix.lower() != ".mbtiles":
        shutil.copyfile(file, target)
        return
    try:
        mbtiles_to_pmtiles(str(file), str(target), None)  # type: ignore[no-untyped-call]  # the library has none
    except (sqlite3.Error, KeyError, TypeError, ValueError):
        raise Refused(gettext_noop("Tệp {file} không phải là MBTiles."), file=file) from None


def remove(name: str, stamp: int) -> None:
    path_of(name, stamp).unlink(missing_ok=True)
