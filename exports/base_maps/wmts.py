"""A Web Map Tile Service (OGC 07-057r7): one of its layers, in the tiles that all web maps share."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from django.utils.translation import gettext_noop

from exports.base_maps.capabilities import document, no_such_layer, text, with_query
from exports.base_maps.refused import Refused

SYSTEMS = ("3857", "900913")
# The scale of the one tile that holds the world (GoogleMapsCompatible), halved at each zoom; pixels of 0.28 mm.
WORLD_SCALE = 559082264.0287178
FORMATS = ("image/jpeg", "image/png", "image/webp")


@dataclass(frozen=True)
class Service:
    layer: str
    matrix: str
    minzoom: int
    maxzoom: int
    template: str


def capabilities(address: str, layer: str) -> Service:
    asked = address if address.lower().split("?")[0].endswith(".xml") else with_query(
        address, service="WMTS", request="GetCapabilities"
    )  # fmt: skip
    root = document(asked, "Capabilities")
    found = {text(each, "Identifier"): each for each in root.findall("./Contents/Layer")}
    if layer not in found:
        raise no_such_layer(layer, list(found))
    linked = [text(link, "TileMatrixSet") for link in found[layer].findall("TileMatrixSetLink")]
    for matrices in root.findall("./Contents/TileMatrixSet"):
        name = text(matrices, "Identifier")
        if name in linked and text(matrices, "SupportedCRS").rpartition(":")[2] in SYSTEMS:
            prefix, zooms = zooms_of(matrices)
            if zooms:
                template = template_of(address, found[layer], name, prefix)
                return Service(layer, name, min(zooms), max(zooms), template)
    raise Refused(gettext_noop("Lớp “{layer}” không có bộ ô chung của bản đồ web (EPSG:3857)."), layer=layer)


def zooms_of(matrices: Element) -> tuple[str, list[int]]:
    """What the names of the matrices begin with, and their zooms; none when they are not those of web maps."""
    names = [text(each, "Identifier") for each in matrices.findall("TileMatrix")]
    scales = [float(text(each, "ScaleDenominator") or 0) for each in matrices.findall("TileMatrix")]
    prefix = names[0].rstrip("0123456789") if names else ""
    numbers = [name.removeprefix(prefix) for name in names]
    if not all(number.isdigit() for number in numbers):
        return prefix, []
    zooms = [int(number) for number in numbers]
    fits = all(abs(scale * 2**zoom / WORLD_SCALE - 1) < 0.01 for scale, zoom in zip(scales, zooms, strict=True))
    return prefix, zooms if fits else []


def template_of(address: str, layer: Element, matrix: str, prefix: str) -> str:
    offered = [(each.text or "").strip() for each in layer.findall("Format")]
    kind = next((name for name in FORMATS if name in offered), "image/png")
    style = text(layer, "Style/Identifier") or "default"
    for resource in layer.findall("ResourceURL"):
        if resource.get("resourceType") == "tile" and resource.get("format", kind) == kind:
            return filled(resource.get("template", ""), {"TileMatrixSet": matrix, "Style": style}, prefix)
    return with_query(
        address, service="WMTS", request="GetTile", version="1.0.0", layer=text(layer, "Identifier"), style=style,
        format=kind, tilematrixset=matrix, tilematrix=f"{prefix}{{z}}", tilerow="{y}", tilecol="{x}",
    )  # fmt: skip


def filled(template: str, words: dict[str, str], prefix: str) -> str:
    blanks = {**words, **{name.lower(): value for name, value in words.items()}}
    blanks |= {"TileMatrix": f"{prefix}{{z}}", "TileRow": "{y}", "TileCol": "{x}"}
    for name, value in blanks.items():
        template = template.replace(f"{{{name}}}", value)
    return template
