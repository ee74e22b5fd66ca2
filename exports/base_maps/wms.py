"""A Web Map Service (OGC 01-068r3 and 06-042): one of its layers, in EPSG:3857."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from django.utils.translation import gettext_noop

from exports.base_maps.capabilities import document, no_such_layer, text, with_query
from exports.base_maps.refused import Refused

MERCATOR = {"EPSG:3857", "EPSG:900913", "EPSG:102100"}
FORMATS = ("image/jpeg", "image/png", "image/webp")
PIXELS = 512


@dataclass(frozen=True)
class Service:
    version: str
    layer: str
    title: str
    system: str
    format: str


def capabilities(address: str, layer: str) -> Service:
    asked = with_query(address, service="WMS", request="GetCapabilities")
    root = document(asked, "Capabilities")
    found = dict(layers(root))
    if layer not in found:
        raise no_such_layer(layer, list(found))
    title, systems = found[layer]
    system = next((name for name in sorted(MERCATOR) if name in systems), None)
    if system is None:
        raise Refused(gettext_noop("Lớp “{layer}” không vẽ được trong EPSG:3857."), layer=layer)
    offered = [(element.text or "").strip() for element in root.findall(".//GetMap/Format")]
    kind = next((name for name in FORMATS if name in offered), None)
    if kind is None:
        raise Refused(
            gettext_noop("Dịch vụ không vẽ được PNG, JPEG hay WebP, chỉ có: {names}."), names=", ".join(offered)
        )
    return Service(root.get("version") or "1.3.0", layer, title, system, kind)


def layers(root: Element) -> Iterator[tuple[str, tuple[str, frozenset[str]]]]:
    """Named layers with title and systems; a layer inherits the systems of those it stands in."""

    def walk(element: Element, inherited: frozenset[str]) -> Iterator[tuple[str, tuple[str, frozenset[str]]]]:
        own = {name for kind in ("CRS", "SRS") for each in element.findall(kind) for name in (each.text or "").split()}
        systems = inherited | own
        if name := text(element, "Name"):
            yield name, (text(element, "Title"), systems)
        for child in element.findall("Layer"):
            yield from walk(child, systems)

    for top in root.findall("./Capability/Layer"):
        yield from walk(top, frozenset())


def template(address: str, service: Service) -> str:
    system = "crs" if service.version.startswith("1.3") else "srs"
    words = {
        "service": "WMS",
        "version": service.version,
        "request": "GetMap",
        "layers": service.layer,
        "styles": "",
        "format": service.format,
        system: service.system,
        "width": str(PIXELS),
        "height": str(PIXELS),
        "bbox": "{bbox-epsg-3857}",
    }
    return with_query(address, **words)
