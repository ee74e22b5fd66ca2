"""The map with nothing or one record chosen, two pictures of one parcel for browsers that cannot draw it, and
the picture a phone begins with."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from exports import phone_map
from exports.parcel_map import POLICY, parcel_map
from exports.phone_map import View, Wanted
from exports.still_map import still_map
from geoportal import params, stills
from geoportal.missing import no_such_parcel
from geoportal.problems import Problem
from geoportal.site_form import SiteForm
from layers.declare import Layer
from layers.ground.parcels import PARCELS, Parcel
from layers.public import map_layers
from layers.queries import extents, parcels, subjects
from layers.queries.points import planar
from layers.queries.sites import box_of, in_degrees
from layers.queries.snapshots import reading
from layers.queries.surroundings import WGS84
from layers.report.records import attributes
from layers.sites.placing import Undecided
from layers.sites.site import Site
from layers.sites.troubles import SiteTrouble


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
            "still": stills.of_map(snapshot, record),
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


@require_safe
def still(request: HttpRequest) -> HttpResponse:
    """What a phone's map begins with: a record (`layer`, `feature`), a place (`lon`, `lat`), a site (as the address of
    its answer tells it) or all that is mapped; and the layers of the page's answer (`show`)."""
    asked, point, shown = params.record(request), params.optional_point(request), params.shown(request)
    form = params.site_form(request)
    with reading():
        snapshot = params.snapshot(request)
        site = site_of(form, snapshot) if form.ways else None
        view = view_of_site(site) if site else view_of(asked, point, snapshot)
        wanted = Wanted(shown, asked, site.wkb if site else None, dot=point is not None)
        return picture(request, view, snapshot, wanted)


def picture(request: HttpRequest, view: View, snapshot: int, wanted: Wanted) -> HttpResponse:
    [middle] = planar([(WGS84, view.lon, view.lat)], settings.STORAGE_SRID)
    drawn = phone_map.phone_map(view, view.framed(middle), snapshot, wanted)
    response = render(request, "drawings/still.svg", {"still": drawn}, content_type="image/svg+xml")
    response["Cache-Control"] = "private, max-age=3600"
    return response


def site_of(form: SiteForm, snapshot: int) -> Site:
    try:
        return form.site(snapshot)
    except (SiteTrouble, Undecided):
        raise Problem("place-unknown") from None


def view_of_site(site: Site) -> View:
    return phone_map.of_box(box_of(in_degrees(subjects.ground(site.wkb))))


def view_of(asked: tuple[Layer, int] | None, point: tuple[float, float] | None, snapshot: int) -> View:
    if asked and asked[0] is PARCELS:
        parcel = present(asked[1], snapshot)
        inside = parcel.inner_point  # type: ignore[attr-defined]  # annotated
        return phone_map.of_parcel(inside.x, inside.y, parcel.geom.extent)
    if point:
        return phone_map.of_point(*point)
    record = extents.of_record(*asked, snapshot) if asked else None
    box = (record and record.box) or (None if asked else extents.of_sheets(snapshot))
    if box is None:
        raise Problem("place-unknown")
    return phone_map.of_box(box)


def present(feature_id: int, snapshot: int) -> Parcel:
    parcel = parcels.by_id(feature_id, snapshot)
    if parcel is None:
        raise no_such_parcel(feature_id)
    return parcel
