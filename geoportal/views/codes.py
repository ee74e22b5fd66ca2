"""The QR code of one of our own addresses."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from exports.codes import qr_svg
from geoportal import params


@require_safe
def qr(request: HttpRequest) -> HttpResponse:
    """An SVG picture. The same address always has the same code, so a browser may keep it for a day."""
    address = request.build_absolute_uri("/").rstrip("/") + params.own_address(request)
    return HttpResponse(
        qr_svg(address), content_type="image/svg+xml", headers={"Cache-Control": "private, max-age=86400"}
    )
