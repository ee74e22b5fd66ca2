"""The map with nothing chosen yet, and two pictures of one parcel for browsers that cannot draw it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from exports.parcel_map import POLICY, parcel_map
from exports.still_map import still_map
from geoportal import params
from geoportal.problems import Problem
from layers.ground.parcels import Parcel
from layers.public import map_layers
from layers.queries import parcels
from layers.queries.snapshots import reading


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    with reading():
        layers = map_layers(params.snapshot(request))
    return render(request, "map.html", {"layers": layers})


@require_safe
def parcel_frame(request: HttpRequest, feature_id: int) -> HttpResponse:
    """A page of its own for a sandboxed frame: the parcel on a map that needs no WebGL."""
    with reading():
        snapshot = params.snapshot(request)
        parcel = present(feature_id, snapshot)
        point = parcel.inner_point  # type: ignore[attr-defined]
        html = parcel_map(feature_id, point.x, point.y, parcel.geom.extent, snapshot)
    return HttpResponse(html, headers={"Content-Security-Policy": POLICY})


@require_safe
def parcel_still(request: HttpRequest, feature_id: int) -> HttpResponse:
    """The parcel among its neighbours as an SVG picture."""
    with reading():
        snapshot = params.snapshot(request)
        parcel = present(feature_id, snapshot)
        still = still_map(feature_id, parcel.geom.extent, snapshot)
    return render(request, "drawings/still.svg", {"still": still}, content_type="image/svg+xml")


def present(feature_id: int, snapshot: int) -> Parcel:
    parcel = parcels.by_id(feature_id, snapshot)
    if parcel is None:
        raise Problem("parcel-unknown")
    return parcel
