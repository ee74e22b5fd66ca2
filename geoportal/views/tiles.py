"""Map tiles. What stands under an address never changes, so everybody may keep it for ever."""

from __future__ import annotations

import gzip
import re

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from exports.archives import stored
from geoportal import params
from geoportal.packing import takes_gzip
from geoportal.problems import Problem
from layers import public
from layers.declare import Layer
from layers.queries import tiles, withdrawn

ADDRESS = re.compile(r"([0-9]{1,9})-([0-9a-f]{8})")
MEDIA_TYPE = "application/vnd.mapbox-vector-tile"
FOR_EVER = "public, max-age=31536000, immutable"
# Level 1: the higher ones save a tenth of the bytes and take three times as long.
GZIP_LEVEL = 1


@require_safe
def tile(request: HttpRequest, slug: str, address: str, z: int, x: int, y: int) -> HttpResponse:
    """One tile of a layer; 204 where it holds nothing. `X-Tile-Cut` says that it was too heavy to be whole."""
    layer = params.layer(slug)
    asked = ADDRESS.fullmatch(address)
    if asked is None or layer.geometry_type is None or not layer.on_map:
        raise Problem("tile-address-old")
    refuse_place(layer, z, x, y)
    if withdrawn.is_gone(slug, int(asked[1])):
        raise Problem("tile-withdrawn")
    rendered = stored.tile(slug, address, z, x, y)
    if rendered is not None:
        return ready(request, rendered)
    found = tiles.tile(layer, int(asked[1]), z, x, y)
    if found.digest is None or public.tile_token(layer, found.digest) != asked[2]:
        raise Problem("tile-address-old")
    return answer(request, found)


def refuse_place(layer: Layer, z: int, x: int, y: int) -> None:
    if z > 30 or not (0 <= x < 2**z and 0 <= y < 2**z):
        raise Problem("tile-outside")
    if z not in tiles.zooms(layer):
        raise Problem("tile-below-zoom")


def ready(request: HttpRequest, rendered: bytes) -> HttpResponse:
    """A tile rendered ahead, as it lies in its archive."""
    headers = {"Cache-Control": FOR_EVER, "Vary": "Accept-Encoding", "X-Tile-Rendered": "1"}
    if not takes_gzip(request):
        return HttpResponse(gzip.decompress(rendered), content_type=MEDIA_TYPE, headers=headers)
    return HttpResponse(rendered, content_type=MEDIA_TYPE, headers={**headers, "Content-Encoding": "gzip"})


def answer(request: HttpRequest, found: tiles.Tile) -> HttpResponse:
    headers = {"Cache-Control": FOR_EVER, "Vary": "Accept-Encoding"}
    if found.cut:
        headers["X-Tile-Cut"] = "1"
    if not found.data:
        return HttpResponse(status=204, headers=headers)
    data = found.data
    if takes_gzip(request):
        data = gzip.compress(data, GZIP_LEVEL, mtime=0)
        headers["Content-Encoding"] = "gzip"
    return HttpResponse(data, content_type=MEDIA_TYPE, headers=headers)
