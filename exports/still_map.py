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
from exports.hatching import hatched
from exports.hatching import width as width_of
from layers import catalogue
from layers.declare import Layer, LegendClass
from layers.ground.parcels import PARCELS
from layers.ground.places import WATERS
from layers.queries import surroundings
from layers.queries.surroundings import Box, Shape

WIDTH, HEIGHT = 720.0, 540.0
BEYOND = 6.0
# The parcel takes at most this share of the picture's height; a small parcel still shows so many metres around it.
SHARE, LEAST_M = 0.3, 110.0
CHOSEN = LegendClass(title=PARCELS.title, fill="#f5d98a", line="#12211d", width=3.5, opacity=0.9)
ROOM_FOR_LABEL = 420.0  # square units of the picture
FARTHEST_REACH_M = 300.0
# Corners of points' symbols round their place in the picture, where y runs down; the others are round.
CORNERS: dict[str, list[tuple[float, float]]] = {
    "square": [(-5, -5), (5, -5), (5, 5), (-5, 5)],
    "diamond": [(0, -7), (7, 0), (0, 7), (-7, 0)],
    "triangle": [(0, -6), (6, 4.5), (-6, 4.5)],
    "down": [(0, 6), (-6, -4.5), (6, -4.5)],
    "plus": [
        (-2, -6),
        (2, -6),
        (2, -2),
        (6, -2),
        (6, 2),
        (2, 2),
        (2, 6),
        (-2, 6),
        (-2, 2),
        (-6, 2),
        (-6, -2),
        (-2, -2),
    ],
    "star": [
        (0, -7),
        (2, -2.4),
        (6.7, -2.2),
        (3, 1),
        (4.1, 5.7),
        (0, 3),
        (-4.1, 5.7),
        (-3, 1),
        (-6.7, -2.2),
        (-2, -2.4),
    ],
}


@dataclass(frozen=True)
class Stroke:
    """One path and what to draw it with; `fill` is "none" for lines, `cap` the ends of lines that are not blunt."""

    path: str
    fill: str
    opacity: float
    line: str
    width: float
    dash: str = ""
    cap: str = ""


@dataclass(frozen=True)
class Label:
    x: float
    y: float
    text: str
    kind: str


@dataclass(frozen=True)
class StillMap:
    width: float
    height: float
    strokes: tuple[Stroke, ...]
    labels: tuple[Label, ...]
    bar_m: int
    bar: float


@dataclass(frozen=True)
class Frame:
    """A piece of the plane (EPSG:9209) and how it lies on a picture so many units wide and high."""

    box: Box
    width: float = WIDTH
    height: float = HEIGHT

    @property
    def scale(self) -> float:
        return self.width / (self.box[2] - self.box[0])

    @property
    def picture(self) -> shapely.Geometry:
        """What is drawn of it: a little more than is seen, so that no outline runs along its edge."""
        return shapely.box(-BEYOND, -BEYOND, self.width + BEYOND, self.height + BEYOND)

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
    below: list[Stroke] = []
    above: list[Stroke] = []
    labels: list[Label] = []
    for layer, shape, drawn in everything(frame, snapshot):
        chosen = layer is PARCELS and shape.feature_id == feature_id
        below += strokes(layer, shape, drawn, frame)
        above += outline(drawn) if chosen else bank(layer, shape, drawn, frame)
        labels += label(layer, shape.label, drawn, chosen)
    bar_m = max((length for length in BARS_M if length * frame.scale <= BAR_MOST), default=BARS_M[0])
    return StillMap(WIDTH, HEIGHT, (*below, *above), tuple(labels), bar_m, round(bar_m * frame.scale, 1))


def everything(frame: Frame, snapshot: int) -> Iterator[tuple[Layer, Shape, shapely.Geometry]]:
    """Every record in the frame, from bottom to top, with its shape in units of the picture."""
    for layer in drawing_order():
        for shape in surroundings.shapes(layer, snapshot, grown(frame.box, layer)):
            yield layer, shape, frame.placed(shapely.from_wkb(bytes(shape.geometry.wkb)))


def drawing_order() -> list[Layer]:
    """From bottom to top, as on the living map: ground areas, corridors, water over them, lines, themes, points."""
    return sorted((layer for layer in catalogue.mapped() if is_drawn(layer)), key=rank)


def is_drawn(layer: Layer) -> bool:
    """A plan that covers the ground would hide the parcels: the answer's words tell it."""
    return bool(layer.legend) and layer.legend[0].opacity > 0 and not layer.covers_ground


def rank(layer: Layer) -> int:
    if layer is WATERS:
        return 2
    if layer.reach:
        return 1
    shape = {"MULTIPOLYGON": 0, "MULTILINESTRING": 3, "POINT": 4}[layer.geometry_type or ""]
    return shape if layer.theme == "ground" else shape + 5


def grown(box: Box, layer: Layer) -> Box:
    """A corridor reaches in from lines that lie outside the picture."""
    more = FARTHEST_REACH_M if layer.reach else 0.0
    return box[0] - more, box[1] - more, box[2] + more, box[3] + more


def class_of(layer: Layer, values: dict[str, Any]) -> LegendClass:
    value = str(values.get(layer.legend_by or "", ""))
    return next((entry for entry in layer.legend if entry.value == value), layer.legend[0])


def strokes(layer: Layer, shape: Shape, drawn: shapely.Geometry, frame: Frame) -> list[Stroke]:
    """A shape (all the ground it reaches) filled and outlined as its class says, and its hatch."""
    entry = class_of(layer, shape.values)
    tint = tints.land_use().get(str(shape.values.get("land_use", "")))
    if shape.reach_m:
        drawn = drawn.buffer(shape.reach_m * frame.scale)
    elif drawn.geom_type == "Point":
        drawn = symbol(entry, drawn)
    seen = drawn.intersection(frame.picture)
    is_area = seen.geom_type.endswith("Polygon")
    fill = (tint or entry.fill) if is_area else "none"
    dash = " ".join(f"{length * entry.width:g}" for length in entry.dash)
    width, dash = (1.0, "4 2") if shape.reach_m else (entry.width, dash)
    filled = Stroke(path(seen), fill, 1 if tint else entry.opacity, entry.line, width, dash)
    hatch = "".join(line(part) for part in hatched(seen, entry.hatch) if not part.is_empty) if is_area else ""
    return [filled, *([Stroke(hatch, "none", 0, entry.line, width_of(entry.hatch), cap="round")] if hatch else [])]


def symbol(entry: LegendClass, at: shapely.Geometry) -> shapely.Geometry:
    """The shape that stands for a point."""
    if entry.symbol in CORNERS:
        return shapely.Polygon([(at.x + dx, at.y + dy) for dx, dy in CORNERS[entry.symbol]])
    disc = at.buffer(5.5)
    return disc.difference(at.buffer(2.4)) if entry.symbol == "ring" else disc


def bank(layer: Layer, shape: Shape, drawn: shapely.Geometry, frame: Frame) -> list[Stroke]:
    """The line itself from which a corridor reaches; nothing of other shapes."""
    if not shape.reach_m:
        return []
    entry = class_of(layer, shape.values)
    return [Stroke(path(drawn.intersection(frame.picture)), "none", 0, entry.line, entry.width)]


def outline(drawn: shapely.Geometry) -> list[Stroke]:
    """The chosen parcel is the one strong thing: a tint that lets the zones through, and a strong line."""
    return [Stroke(path(drawn), CHOSEN.fill, 0.55, CHOSEN.line, CHOSEN.width)]


def path(geometry: shapely.Geometry) -> str:
    # An empty point has one part, itself.
    return "".join(line(part) for part in shapely.get_parts(geometry) if not part.is_empty)


def line(part: shapely.Geometry) -> str:
    if part.geom_type == "Point":
        return f"M{part.x:.1f} {part.y:.1f}h0"
    if part.geom_type == "Polygon":
        return "".join(points(ring) + "Z" for ring in [part.exterior, *part.interiors])
    return points(part)


def points(curve: shapely.Geometry) -> str:
    return "M" + "L".join([f"{x:.1f} {y:.1f}" for x, y in shapely.get_coordinates(curve).tolist()])


def label(layer: Layer, text: str, drawn: shapely.Geometry, chosen: bool) -> list[Label]:
    """A name inside a shape with room for it, or on the middle of a line; zones are told by the cards."""
    if not text or layer.theme != "ground" or drawn.is_empty or (drawn.area and drawn.area < ROOM_FOR_LABEL):
        return []
    at = drawn.interpolate(0.5, normalized=True) if drawn.length and not drawn.area else drawn.point_on_surface()
    return [Label(round(at.x, 1), round(at.y, 1), text, "chosen" if chosen else layer.slug)]
