"""The map as a still picture: a parcel among its neighbours, with water, roads and zones, as numbers for an SVG.

Drawn by the same declarations as the living map, so it stands in for it: without JavaScript, while the map loads,
and on paper.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import shapely

from exports import tints
from exports.drawing import BAR_MOST, BARS_M
from layers import catalogue
from layers.declare import Layer, LegendClass
from layers.ground.parcels import PARCELS
from layers.queries import surroundings
from layers.queries.surroundings import Box

WIDTH, HEIGHT = 720.0, 540.0
# The parcel takes at most this share of the picture's height; a small parcel still shows so many metres around it.
SHARE, LEAST_M = 0.3, 110.0
CHOSEN = LegendClass(title=PARCELS.title, fill="#f5d98a", line="#12211d", width=3.5, opacity=0.9)
ROOM_FOR_LABEL = 420.0  # square units of the picture


@dataclass(frozen=True)
class Stroke:
    """One shape: its outline, what to fill and draw it with, and the id of its hatch (empty: none)."""

    path: str
    fill: str
    opacity: float
    line: str
    width: float
    dash: str
    hatch: str
    is_area: bool


@dataclass(frozen=True)
class Label:
    x: float
    y: float
    text: str
    kind: str


@dataclass(frozen=True)
class Hatch:
    name: str
    kind: str
    colour: str


@dataclass(frozen=True)
class StillMap:
    width: float
    height: float
    strokes: tuple[Stroke, ...]
    hatches: tuple[Hatch, ...]
    labels: tuple[Label, ...]
    bar_m: int
    bar: float


@dataclass(frozen=True)
class Frame:
    """A piece of the plane (EPSG:9209) and how it lies on the picture."""

    box: Box

    @property
    def scale(self) -> float:
        return WIDTH / (self.box[2] - self.box[0])

    def placed(self, geometry: shapely.Geometry) -> shapely.Geometry:
        west, _, _, north = self.box
        return shapely.transform(geometry, lambda at: (at - (west, north)) * (self.scale, -self.scale))


def around(bounds: Box) -> Frame:
    """The frame of a picture with that parcel in its middle."""
    west, south, east, north = bounds
    high = max((north - south) / SHARE, (east - west) / SHARE * HEIGHT / WIDTH, LEAST_M)
    middle, centre, wide = (west + east) / 2, (south + north) / 2, high * WIDTH / HEIGHT
    return Frame((middle - wide / 2, centre - high / 2, middle + wide / 2, centre + high / 2))


def still_map(feature_id: int, bounds: Box, snapshot: int) -> StillMap:
    frame = around(bounds)
    strokes: list[Stroke] = []
    labels: list[Label] = []
    for layer in drawing_order():
        for shape in surroundings.shapes(layer, snapshot, grown(frame.box, layer)):
            drawn = frame.placed(reached(shapely.from_wkb(bytes(shape.geometry.wkb)), shape.reach_m))
            chosen = layer is PARCELS and shape.feature_id == feature_id
            strokes += [stroke(layer, CHOSEN if chosen else class_of(layer, shape.values), shape.values, drawn, chosen)]
            labels += label(layer, shape.label, drawn, chosen)
    bar_m = max((length for length in BARS_M if length * frame.scale <= BAR_MOST), default=BARS_M[0])
    return StillMap(
        WIDTH, HEIGHT, tuple(strokes), tuple(hatches()), tuple(labels), bar_m, round(bar_m * frame.scale, 1)
    )


def drawing_order() -> list[Layer]:
    """Areas of the ground, then its lines, then the themes, then points and names."""
    rank = {"MULTIPOLYGON": 0, "MULTILINESTRING": 1, "POINT": 2}
    shown = [layer for layer in catalogue.mapped() if layer.legend[0].opacity > 0 and layer.legend]
    return sorted(shown, key=lambda layer: (layer.theme != "ground", rank.get(layer.geometry_type or "", 0)))


def grown(box: Box, layer: Layer) -> Box:
    """A corridor reaches in from lines that lie outside the picture."""
    more = 300.0 if layer.reach else 0.0
    return box[0] - more, box[1] - more, box[2] + more, box[3] + more


def reached(geometry: shapely.Geometry, reach_m: float) -> shapely.Geometry:
    return geometry.buffer(reach_m) if reach_m else geometry


def class_of(layer: Layer, values: dict[str, Any]) -> LegendClass:
    value = str(values.get(layer.legend_by or "", ""))
    return next((entry for entry in layer.legend if entry.value == value), layer.legend[0])


def stroke(layer: Layer, entry: LegendClass, values: dict[str, Any], drawn: shapely.Geometry, chosen: bool) -> Stroke:
    tint = tints.land_use().get(str(values.get("land_use", ""))) if not chosen else None
    is_area = drawn.geom_type.endswith("Polygon")
    if drawn.geom_type == "Point":
        drawn, is_area = drawn.buffer(5), True
    return Stroke(
        path=path(drawn),
        fill=tint or entry.fill,
        opacity=1 if tint else entry.opacity,
        line=entry.line,
        width=entry.width,
        dash=" ".join(f"{length * entry.width:g}" for length in entry.dash),
        hatch=f"{layer.slug}-{entry.value or ''}" if is_area and entry.hatch != "none" else "",
        is_area=is_area,
    )


def path(geometry: shapely.Geometry) -> str:
    return "".join(line(part) for part in shapely.get_parts(geometry))


def line(part: shapely.Geometry) -> str:
    if part.geom_type == "Polygon":
        return "".join(points(ring) + "Z" for ring in [part.exterior, *part.interiors])
    return points(part)


def points(curve: shapely.Geometry) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in curve.coords)


def label(layer: Layer, text: str, drawn: shapely.Geometry, chosen: bool) -> list[Label]:
    """A name inside a shape with room for it, or on the middle of a line; zones are told by the cards."""
    if not text or layer.theme != "ground" or drawn.is_empty or (drawn.area and drawn.area < ROOM_FOR_LABEL):
        return []
    at = drawn.interpolate(0.5, normalized=True) if drawn.length and not drawn.area else drawn.point_on_surface()
    kind = "chosen" if chosen else layer.slug
    return [Label(round(at.x, 1), round(at.y, 1), text, kind)]


def hatches() -> Iterator[Hatch]:
    for layer in catalogue.mapped():
        for entry in layer.legend:
            if entry.hatch != "none":
                yield Hatch(f"{layer.slug}-{entry.value or ''}", entry.hatch, entry.line)
