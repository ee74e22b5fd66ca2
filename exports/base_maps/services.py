"""What an operator's address offers: asked once, told in sentences, or refused with the reason."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext, gettext_noop
from pmtiles.tile import HeaderDict, TileType, deserialize_header

from exports.base_maps import wms, wmts
from exports.base_maps.fetching import fetch
from exports.base_maps.pictures import picture
from exports.base_maps.refused import Refused
from layers.systems import PROVINCE

PICTURES = (TileType.PNG, TileType.JPEG, TileType.WEBP, TileType.AVIF)
HEADER_BYTES = 127
MIDDLE = ((PROVINCE[0] + PROVINCE[2]) / 2, (PROVINCE[1] + PROVINCE[3]) / 2)
SAMPLE_ZOOM = 12


@dataclass(frozen=True)
class Offer:
    """`tiles`: a template of tile addresses or an archive's address; `said`: what the look at it found."""

    tiles: str
    tile_size: int = 256
    minzoom: int = 0
    maxzoom: int = 19
    said: list[str] = field(default_factory=list)


def kind_of(address: str) -> str | None:
    """What an address looks like; None when nobody can tell."""
    small = address.lower()
    if Path(address).suffix.lower() in (".pmtiles", ".mbtiles"):
        return "pmtiles" if small.startswith("http") else "file"
    if "{z}" in small:
        return "xyz"
    return next((kind for kind in ("wmts", "wms") if kind in small), None)


def look(kind: str, address: str, layer: str, maxzoom: int) -> Offer:
    """Ask the service once. Raises Refused with one sentence when it cannot be a base map here."""
    return LOOKS[kind](address, layer, maxzoom)


def look_at_tiles(address: str, layer: str, maxzoom: int) -> Offer:
    if not all(blank in address for blank in ("{z}", "{x}", "{y}")) or re.search(r"\{(?![zxy]\})", address):
        raise Refused(gettext_noop("Địa chỉ ô phải có {{z}}, {{x}} và {{y}}, và không có dấu ngoặc nào khác."))
    zoom = min(SAMPLE_ZOOM, maxzoom)
    x, y = tile_at(*MIDDLE, zoom)
    kind, size = picture(address.replace("{z}", str(zoom)).replace("{x}", str(x)).replace("{y}", str(y)))
    return Offer(address, size, 0, maxzoom, [sample_words(kind, size, zoom)])


def look_at_wms(address: str, layer: str, maxzoom: int) -> Offer:
    found = wms.capabilities(address, layer)
    template = wms.template(address, found)
    kind, size = picture(template.replace("{bbox-epsg-3857}", ",".join(f"{edge:.2f}" for edge in box_of_sample())))
    said = gettext("WMS {version}, lớp “{layer}” ({title}).").format(
        version=found.version, layer=found.layer, title=found.title
    )
    return Offer(template, size, 0, maxzoom, [said, sample_words(kind, size, SAMPLE_ZOOM)])


def look_at_wmts(address: str, layer: str, maxzoom: int) -> Offer:
    found = wmts.capabilities(address, layer)
    zoom = min(SAMPLE_ZOOM, found.maxzoom)
    x, y = tile_at(*MIDDLE, zoom)
    kind, size = picture(found.template.replace("{z}", str(zoom)).replace("{x}", str(x)).replace("{y}", str(y)))
    said = gettext("WMTS, lớp “{layer}”, bộ ô {matrix}.").format(layer=found.layer, matrix=found.matrix)
    return Offer(found.template, size, found.minzoom, found.maxzoom, [said, sample_words(kind, size, zoom)])


def look_at_pmtiles(address: str, layer: str, maxzoom: int) -> Offer:
    answer = fetch(address, {"Range": f"bytes=0-{HEADER_BYTES - 1}"})
    if answer.status != 206:
        raise Refused(gettext_noop("Máy chủ không gửi từng phần của tệp (HTTP Range), nên PMTiles không dùng được."))
    return offer_of(header_of(answer.body), address)


def header_of(start: bytes) -> HeaderDict:
    if len(start) < HEADER_BYTES or start[:7] != b"PMTiles" or start[7] != 3:
        raise Refused(gettext_noop("Tệp không phải là PMTiles phiên bản 3."))
    return deserialize_header(start[:HEADER_BYTES])


def offer_of(header: HeaderDict, tiles: str) -> Offer:
    if header["tile_type"] == TileType.MVT:
        raise Refused(gettext_noop("Tệp PMTiles chứa ô véc-tơ; nền bản đồ ở đây phải là ô hình (PNG, JPEG, WebP)."))
    west, south, east, north = (header[name] / 1e7 for name in ("min_lon_e7", "min_lat_e7", "max_lon_e7", "max_lat_e7"))
    if west > PROVINCE[2] or east < PROVINCE[0] or south > PROVINCE[3] or north < PROVINCE[1]:
        raise Refused(
            gettext_noop("Nền này nằm ngoài tỉnh: từ {west:.2f} {south:.2f} đến {east:.2f} {north:.2f}."),
            west=west, south=south, east=east, north=north,
        )  # fmt: skip
    said = gettext("PMTiles, mức phóng {least} đến {most}.").format(least=header["min_zoom"], most=header["max_zoom"])
    return Offer(tiles, 256, header["min_zoom"], header["max_zoom"], [said])


def sample_words(kind: str, size: int, zoom: int) -> str:
    return gettext("Ô thử giữa tỉnh ở mức {zoom}: hình {kind} {size} × {size}.").format(zoom=zoom, kind=kind, size=size)


def tile_at(lon: float, lat: float, zoom: int) -> tuple[int, int]:
    """The tile (column, row from the north) that holds a place of WGS 84."""
    across = (lon + 180) / 360
    down = (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2
    return int(across * 2**zoom), int(down * 2**zoom)


def box_of_sample() -> tuple[float, float, float, float]:
    """West, south, east, north of the sample's tile in EPSG:3857."""
    x, y = tile_at(*MIDDLE, SAMPLE_ZOOM)
    half = 20037508.342789244
    width = 2 * half / 2**SAMPLE_ZOOM
    return x * width - half, half - (y + 1) * width, (x + 1) * width - half, half - y * width


LOOKS: dict[str, Callable[[str, str, int], Offer]] = {
    "xyz": look_at_tiles,
    "wms": look_at_wms,
    "wmts": look_at_wmts,
    "pmtiles": look_at_pmtiles,
}
