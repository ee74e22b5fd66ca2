"""The map with nothing or one record chosen, and two pictures of one parcel for browsers that cannot draw it."""

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
from layers.queries import extents, parcels
from layers.queries.snapshots import reading
from layers.report.records import attributes


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The map as a whole, or with one record shown: `?layer=roads&feature=7`."""
    asked = params.record(request)
    with reading():
        snapshot = params.snapshot(request)
        record = extents.of_record(*asked, snapshot) if asked else None
        if asked and record is None:
            raise Problem("place-unknown")
        context = {
            "layers": map_layers(snapshot),
            "map_snapshot": snapshot,
            "record": record,
            "label": record.values[record.layer.label] if record else "",
            "attributes": attributes(record.layer.public_fields, record.values) if record else (),
            "box": (record and record.box) or extents.of_sheets(snapshot),
        }
    return render(request, "map.html", context)


@require_safe
def parcel_frame(request: HttpRequest, feature_id: int) -> HttpResponse:
    """A page of its own for a sandboxed frame: the parcel on a map that needs no WebGL."""
    with reading():
        snapshot = params.snapshot(request)
        parcel = present(feature_id, snapshot)
        point = parcel.inner_point  # type: ignore[attr-defined]  # annotated
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
