"""A map of one parcel by folium (Leaflet), for browsers without WebGL; every file of it from this host."""

from __future__ import annotations

import json
from typing import Any

import folium
from django.templatetags.static import static

from exports import tints
from exports.still_map import around, class_of, grown, is_drawn
from layers import catalogue
from layers.declare import Layer, LegendClass
from layers.ground.parcels import PARCELS
from layers.queries import surroundings
from layers.queries.surroundings import WGS84, Box, Shape

LEAFLET = "vendor/leaflet-1.9.4/dist/"
# folium writes inline scripts and styles; the frame is sandboxed, so they can reach nothing of the portal.
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self' 'unsafe-inline'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data:",
        "frame-ancestors 'self'",
        "sandbox allow-scripts",
    )
)


def parcel_map(feature_id: int, lon: float, lat: float, bounds: Box, snapshot: int) -> str:
    """A whole HTML page. `bounds` are the parcel's in EPSG:9209, metres; `lon` and `lat` a point inside, WGS 84."""
    page = folium.Map(location=(lat, lon), zoom_start=18, max_zoom=22, tiles=None, control_scale=True)
    page.default_js = [("leaflet", static(f"{LEAFLET}leaflet.js"))]
    page.default_css = [("leaflet_css", static(f"{LEAFLET}leaflet.css"))]
    box = around(bounds).box
    for layer in (layer for layer in catalogue.mapped() if is_drawn(layer)):
        found = surroundings.shapes(layer, snapshot, grown(box, layer), srid=WGS84)
        if found:
            add(page, layer, found, feature_id)
    folium.LayerControl(collapsed=False).add_to(page)
    return str(page.get_root().render())


def add(page: folium.Map, layer: Layer, found: list[Shape], chosen: int) -> None:
    """One layer of the map with its name in the control; a click on a record tells its label."""
    group = folium.FeatureGroup(name=str(layer.title)).add_to(page)
    for shape in found:
        marked = layer is PARCELS and shape.feature_id == chosen
        look = looks(class_of(layer, shape.values), shape, marked)
        folium.GeoJson(
            json.loads(shape.geometry.json),
            style_function=lambda _, look=look: look,
            marker=folium.CircleMarker(radius=5, **look),
            tooltip=folium.Tooltip(shape.label) if shape.label else None,
        ).add_to(group)


def looks(entry: LegendClass, shape: Shape, marked: bool) -> dict[str, Any]:
    tint = tints.land_use().get(str(shape.values.get("land_use", "")))
    return {
        "color": "#12211d" if marked else entry.line,
        "weight": 4 if marked else entry.width,
        "fillColor": "#f5d98a" if marked else tint or entry.fill,
        "fillOpacity": 0.9 if marked or tint else entry.opacity,
        "dashArray": " ".join(f"{length * entry.width:g}" for length in entry.dash) or None,
    }
