"""A map of one parcel by folium (Leaflet), for browsers without WebGL; every file of it from this host."""

from __future__ import annotations

import json
from typing import Any

import folium
from django.templatetags.static import static
from django.utils.html import escape

from exports import tints
from exports.still_map import around, class_of, drawing_order
from layers.declare import Layer, LegendClass
from layers.ground.parcels import PARCELS
from layers.queries import surroundings
from layers.queries.surroundings import WGS84, Box, Shape

LEAFLET = "vendor/leaflet-1.9.4/dist/"
PAPER = "<style>html .leaflet-container{background:#f4f0e6}</style>"
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
    page = folium.Map(
        location=(lat, lon), zoom_start=19, max_zoom=22, tiles=None, control_scale=True, attributionControl=False
    )
    figure = folium.Figure()
    page.add_to(figure)
    figure.header.add_child(folium.Element(PAPER))
    page.default_js = [("leaflet", static(f"{LEAFLET}leaflet.js"))]
    page.default_css = [("leaflet_css", static(f"{LEAFLET}leaflet.css"))]
    west, south, east, north = around(bounds).box
    wide, high = east - west, north - south
    box = (west - wide, south - high, east + wide, north + high)
    for layer in drawing_order():
        found = surroundings.shapes(layer, snapshot, box, srid=WGS84, reached=True)
        if found:
            add(page, layer, found, feature_id)
    folium.LayerControl(collapsed=False).add_to(page)
    return str(figure.render())


def add(page: folium.Map, layer: Layer, found: list[Shape], chosen: int) -> None:
    """One layer of the map with its name in the control; a record under the pointer tells its label."""
    features = []
    for shape in sorted(found, key=lambda shape: shape.feature_id == chosen):
        marked = layer is PARCELS and shape.feature_id == chosen
        look = looks(class_of(layer, shape.values), shape, marked)
        properties = {"label": plain(shape.label), "look": look}
        features.append({"type": "Feature", "properties": properties, "geometry": json.loads(shape.geometry.json)})
    folium.GeoJson(
        {"type": "FeatureCollection", "features": features},
        name=str(layer.title),
        style_function=lambda feature: feature["properties"]["look"],
        marker=folium.CircleMarker(radius=5),
        tooltip=folium.GeoJsonTooltip(fields=["label"], labels=False),
    ).add_to(page)


def plain(label: str) -> str:
    """A label for Leaflet, which shows it as HTML, and for folium, which reads all it writes as a template once more:
    a cell of somebody's file that says {{ … }} would be run by the server."""
    return escape(label).replace("{", "&#123;")


def looks(entry: LegendClass, shape: Shape, marked: bool) -> dict[str, Any]:
    tint = tints.land_use().get(str(shape.values.get("land_use", "")))
    return {
        "color": "#12211d" if marked else entry.line,
        "weight": 4 if marked else entry.width,
        "fillColor": "#f5d98a" if marked else tint or entry.fill,
        "fillOpacity": 0.9 if marked or tint else entry.opacity,
        "dashArray": " ".join(f"{length * entry.width:g}" for length in entry.dash) or None,
    }
