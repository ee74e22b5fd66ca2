"""A map of the stretches that are worth measuring, by folium (Leaflet), for a sandboxed frame."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

import folium
from django.templatetags.static import static
from django.utils.html import escape
from django.utils.translation import gettext as _

from exports.delivery_map import LOOKS, Drawn, standing
from exports.parcel_map import LEAFLET, PAPER
from layers.ground.parcels import PARCELS
from layers.queries.surroundings import Box

# Over a wide stretch of country parcels would be dust, and too many.
PARCELS_WITHIN_M = 3_000.0
STRONG, OTHER = {"color": "#5b3fb5", "weight": 6}, {"color": "#12211d", "weight": 4, "dashArray": "8 5"}


@dataclass(frozen=True)
class Marked:
    """One stretch: its place in the list, what it says under the pointer, its GeoJSON geometry in WGS 84."""

    number: int
    label: str
    json: str
    chosen: bool = False


def stretch_map(marked: Sequence[Marked], box: Box, bounds: Box) -> str:
    """A whole HTML page. `box` in EPSG:9209 (metres), `bounds` the same in degrees (WGS 84)."""
    west, south, east, north = bounds
    page = folium.Map(tiles=None, control_scale=True, attributionControl=False, max_zoom=22)
    figure = folium.Figure()
    page.add_to(figure)
    figure.header.add_child(folium.Element(PAPER))
    page.default_js = [("leaflet", static(f"{LEAFLET}leaflet.js"))]
    page.default_css = [("leaflet_css", static(f"{LEAFLET}leaflet.css"))]
    page.fit_bounds([[south, west], [north, east]])
    if max(box[2] - box[0], box[3] - box[1]) <= PARCELS_WITHIN_M:
        add_parcels(page, standing(PARCELS, box))
    add_stretches(page, marked)
    return str(figure.render())


def add_parcels(page: folium.Map, parcels: Sequence[Drawn]) -> None:
    if parcels:
        features = [
            {"type": "Feature", "properties": {"label": escape(one.label)}, "geometry": json.loads(one.json)}
            for one in parcels
        ]
        folium.GeoJson(
            {"type": "FeatureCollection", "features": features},
            name=_("Thửa đất"),
            style_function=lambda feature: LOOKS["published"],
            tooltip=folium.GeoJsonTooltip(fields=["label"], labels=False),
        ).add_to(page)


def add_stretches(page: folium.Map, marked: Sequence[Marked]) -> None:
    features = [
        {
            "type": "Feature",
            "properties": {"label": escape(f"{one.number}. {one.label}"), "look": STRONG if one.chosen else OTHER},
            "geometry": json.loads(one.json),
        }
        for one in marked
    ]
    folium.GeoJson(
        {"type": "FeatureCollection", "features": features},
        name=_("Đoạn đáng đo"),
        style_function=lambda feature: feature["properties"]["look"],
        marker=folium.CircleMarker(radius=8),
        tooltip=folium.GeoJsonTooltip(fields=["label"], labels=False),
    ).add_to(page)
