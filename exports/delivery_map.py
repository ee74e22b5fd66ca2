"""A map of a delivery over what is published, by folium (Leaflet); every file of it from this host.

Like the map of one parcel it is a page of its own for a sandboxed frame: folium writes inline scripts and styles.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import folium
from django.contrib.gis.db.models.functions import AsGeoJSON, Transform
from django.contrib.gis.geos import Polygon
from django.db.models import QuerySet
from django.templatetags.static import static
from django.utils.translation import gettext as _
from folium.template import Template

from exports.parcel_map import LEAFLET, PAPER, plain
from layers.declare import Layer
from layers.ground.parcels import PARCELS
from layers.queries.surroundings import STORAGE, WGS84, Box
from layers.versioned import NOW

MOST = 6_000
# So many of one kind are drawn with half the line: seen from afar they would be nothing but lines.
MANY = 400
AREAS = '{"type":"MultiPolygon","coordinates":['
# Told apart by dash and weight as well as by colour.
LOOKS: dict[str, dict[str, Any]] = {
    "published": {"color": "#a39a86", "weight": 0.8, "fillColor": "#efe8d8", "fillOpacity": 0.6},
    "same": {"color": "#4a5560", "weight": 1.0, "fillOpacity": 0.05},
    "changed": {"color": "#12211d", "weight": 2.4, "fillColor": "#f5d98a", "fillOpacity": 0.55},
    "added": {"color": "#0b5d4b", "weight": 2.4, "dashArray": "7 3", "fillColor": "#7fd1b9", "fillOpacity": 0.5},
    "removed": {"color": "#7d0717", "weight": 2.4, "dashArray": "2 4", "fillColor": "#c3152e", "fillOpacity": 0.25},
}


@dataclass(frozen=True)
class Drawn:
    """One feature: `kind` is a key of LOOKS, `json` its GeoJSON geometry in WGS 84."""

    kind: str
    label: str
    json: str


class Shapes(folium.map.Layer):
    """Features of one look, told by one style. folium's own GeoJson gives each a style of its own and takes the texts
    of the database apart and together again: with some thousands of parcels that is most of the time.

    The features are put in when the page is made: folium reads what it writes as a template, several times over.
    """

    _template = Template("""
        {% macro script(this, kwargs) %}
            var {{ this.get_name() }} = L.geoJSON({{ this.place }}, {
                style: {{ this.look|tojson }}, interactive: {{ this.told|tojson }},
                pointToLayer: (feature, place) => L.circleMarker(place, {radius: 5}),
            });
            {% if this.told %}
                {{ this.get_name() }}.bindTooltip((one) => one.feature.properties.label, {sticky: true});
            {% endif %}
        {% endmacro %}
    """)

    def __init__(self, kind: str, drawn: list[Drawn]) -> None:
        super().__init__(name=f"{title(kind)} ({len(drawn)})", overlay=True)
        fine = {"weight": LOOKS[kind]["weight"] / 2} if len(drawn) > MANY else {}
        self.look, self.place = LOOKS[kind] | fine, f'"features of {kind}"'
        self.told = kind != "published"


def filled(page: str, kinds: dict[str, list[Drawn]]) -> str:
    """The page with its features, all put in at once: what is put in is not looked at again."""

    def collection(place: re.Match[str]) -> str:
        drawn = kinds[place[1]]
        features = ground(drawn) if place[1] == "published" else map(feature, drawn)
        return f'{{"type":"FeatureCollection","features":[{",".join(features)}]}}'

    return re.sub(r'"features of (\w+)"', collection, page)


def ground(drawn: list[Drawn]) -> list[str]:
    """What lies under a delivery: all areas as one, drawn at a stroke and not asked at every move of the mouse."""
    areas = [one.json.removeprefix(AREAS).removesuffix("]}") for one in drawn if one.json.startswith(AREAS)]
    rest = [feature(one) for one in drawn if not one.json.startswith(AREAS)]
    whole = f'{{"type":"Feature","properties":{{"label":""}},"geometry":{AREAS}{",".join(areas)}]}}}}'
    return [whole, *rest] if areas else rest


def feature(one: Drawn) -> str:
    """As GeoJSON that may stand in a script, which ends at the first end tag."""
    label = json.dumps(plain(one.label)).replace("<", "\\u003c")
    return f'{{"type":"Feature","properties":{{"label":{label}}},"geometry":{one.json}}}'


def delivery_map(layer: Layer, drawn: Iterable[Drawn], box: Box, bounds: Box) -> str:
    """A whole HTML page. `box`: the delivery's in EPSG:9209, metres; `bounds`: the same in degrees (WGS 84)."""
    west, south, east, north = bounds
    page = folium.Map(tiles=None, control_scale=True, attributionControl=False, max_zoom=22, prefer_canvas=True)
    figure = folium.Figure()
    page.add_to(figure)
    figure.header.add_child(folium.Element(PAPER))
    page.default_js = [("leaflet", static(f"{LEAFLET}leaflet.js"))]
    page.default_css = [("leaflet_css", static(f"{LEAFLET}leaflet.css"))]
    page.fit_bounds([[south, west], [north, east]])
    under = {PARCELS.slug: PARCELS, layer.slug: layer}.values()
    kinds = {"published": [shape for known in under if known.geometry_type for shape in standing(known, box)]}
    for one in drawn:
        kinds.setdefault(one.kind, []).append(one)
    for kind in LOOKS:
        if kinds.get(kind):
            Shapes(kind, kinds[kind]).add_to(page)
    folium.LayerControl(collapsed=False).add_to(page)
    return filled(str(figure.render()), kinds)


def standing(layer: Layer, box: Box) -> list[Drawn]:
    """What is published within the box now."""
    frame = Polygon.from_bbox(box)
    frame.srid = STORAGE
    shape = AsGeoJSON(Transform("geom", WGS84), precision=7)
    present: QuerySet[Any] = layer.model._default_manager.filter(NOW)
    rows = present.filter(geom__bboverlaps=frame).annotate(shape=shape)
    return [Drawn("published", str(label or ""), text) for label, text in rows.values_list(layer.label, "shape")[:MOST]]


def title(kind: str) -> str:
    return {
        "published": _("Đang công bố"),
        "same": _("Giữ nguyên"),
        "changed": _("Đổi"),
        "added": _("Thêm"),
        "removed": _("Mất"),
    }[kind]
