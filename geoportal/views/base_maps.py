"""Tiles of an orthophoto that lies in the portal's own data folder."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from exports.archives import stored
from exports.base_maps.archive import path_of
from geoportal.views.tiles import FOR_EVER

# How a picture begins, and what it is then.
KINDS = (
    (b"\x89PNG", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"RIFF", "image/webp"),
)
OTHER = "image/avif"


@require_safe
def tile(request: HttpRequest, name: str, stamp: int, z: int, x: int, y: int) -> HttpResponse:
    """A picture, for ever the same under its address; 204 where the photograph does not reach."""
    if z > 30 or not (0 <= x < 2**z and 0 <= y < 2**z):
        return HttpResponse(status=204)
    picture = stored.in_archive(str(path_of(name, stamp)), z, x, y)
    if picture is None:
        return HttpResponse(status=204)
    kind = next((kind for start, kind in KINDS if picture.startswith(start)), OTHER)
    return HttpResponse(picture, content_type=kind, headers={"Cache-Control": FOR_EVER})
