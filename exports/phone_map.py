"""The map as a phone shows it first: one picture of a place, drawn as the living map would draw it there.

The living map costs a weak phone 300 kB and seconds; it is fetched when somebody touches the picture. A unit of the
picture is a pixel of such a phone. It is laid over the map's room like any picture that covers it, and the living map
opens with the very same view.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import Any

import shapely

from exports.base_map import TARGET as BASE_MAP
from exports.hatching import hatched
from exports.hatching import width as width_of
from exports.still_map import (
    FARTHEST_REACH_M,
    Frame,
    Label,
    StillMap,
    Stroke,
    around,
    bank,
    class_of,
    label,
    outline,
    path,
    rank,
    strokes,
)
from layers import catalogue
from layers.declare import Layer
from layers.ground.admin_units import ADMIN_UNITS
from layers.ground.map_sheets import MAP_SHEETS
from layers.ground.parcels import PARCELS
from layers.ground.places import PLACE_NAMES, ROADS, WATERS
from layers.queries import surroundings
from layers.queries.surroundings import MOST, Box, Shape

WIDTH, HEIGHT = 400.0, 300.0
MIDDLE = shapely.Point(WIDTH / 2, HEIGHT / 2)
SEA, LAND, HERE = "#c4dcea", "#f4f0e6", "#0057d9"
METRES_A_DEGREE = 111_320.0
# Metres on the equator for one pixel at zoom 0 of the living map, whose tiles have 512 pixels.
METRES_AT_ZERO = 78_271.517
# How much of the picture a place to be seen as a whole may take: the phone's map is lower than the picture.
SHARE = 0.6
NARROWEST_M, PLACE_M = 150.0, 240.0
FILL_OPACITY = 0.16
NOTED_AT = HEIGHT - 92.0  # above the button that opens the living map
# The zooms at which the names of the ground are written, as in the style of the living map; first come, first kept.
WRITTEN = {
    PLACE_NAMES: (12.5, 30.0),
    WATERS: (12.0, 30.0),
    ADMIN_UNITS: (9.0, 13.0),
    ROADS: (13.5, 30.0),
    PARCELS: (17.0, 30.0),
    MAP_SHEETS: (12.5, 15.0),
}
LETTER_WIDE, LETTER_HIGH, BETWEEN = 7.0, 15.0, 6.0
STRAY = 0.25


@dataclass(frozen=True)
class View:
    """What a picture shows: its middle in degrees (WGS 84) and how many metres of ground it is wide."""

    lon: float
    lat: float
    wide_m: float

    @property
    def zoom(self) -> float:
        """The living map's zoom at which a pixel is as wide as a unit of the picture."""
        return math.log2(METRES_AT_ZERO * math.cos(math.radians(self.lat)) * WIDTH / self.wide_m)

    def framed(self, middle: tuple[float, float]) -> Frame:
        """The piece of the plane (EPSG:9209), when its middle lies there."""
        (east, north), wide, high = middle, self.wide_m / 2, self.wide_m / 2 * HEIGHT / WIDTH
        return Frame((east - wide, north - high, east + wide, north + high), WIDTH, HEIGHT)


def of_parcel(lon: float, lat: float, bounds: Box) -> View:
    """`lon` and `lat`: a point inside the parcel; `bounds` in EPSG:9209."""
    west, _, east, _ = around(bounds).box
    return View(lon, lat, east - west)


def of_point(lon: float, lat: float) -> View:
    return View(lon, lat, PLACE_M)


def of_box(box: Box) -> View:
    """`box`: west, south, east, north in degrees (WGS 84)."""
    west, south, east, north = box
    lat = (south + north) / 2
    across = (east - west) * METRES_A_DEGREE * math.cos(math.radians(lat))
    high = (north - south) * METRES_A_DEGREE * WIDTH / HEIGHT
    return View((west + east) / 2, lat, max(across, high, NARROWEST_M * SHARE) / SHARE)


@dataclass(frozen=True)
class Wanted:
    """What a picture shows besides the ground: the layers of the page's answer (with looks of their own
    where they are copies), one `record`, a `site` (areas as WKB,
    EPSG:9209), a dot in the middle where somebody asked what is there. `fills` are laid over the land and below
    everything else; `note` stands along the lower edge."""

    layers: tuple[Layer, ...] = ()
    record: tuple[Layer, int] | None = None
    site: bytes | None = None
    dot: bool = False
    fills: tuple[Fill, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Fill:
    """Ground as GeoJSON in degrees (WGS 84), tinted; hatched in the colour of `line` where `hatch` is not "none"."""

    ground: dict[str, Any]
    fill: str
    line: str
    hatch: str


def phone_map(view: View, frame: Frame, snapshot: int, wanted: Wanted) -> StillMap:
    below, above = land(view), list[Stroke]()
    below += [stroke for fill in wanted.fills for stroke in filled(fill, view)]
    labels: list[tuple[Layer, Label]] = []
    for layer in seen_layers(view.zoom, wanted):
        placed = list(seen(layer, frame, snapshot))
        below += roads(placed, view.zoom) if layer is ROADS else of_layer(placed, frame, view.zoom)
        for one in placed:
            is_record = wanted.record == (layer, one.shape.feature_id)
            above += marking(one) if is_record else bank(layer, one.shape, one.drawn, frame)
            labels += names(one, view.zoom, is_record)
    above += outline(frame.placed(shapely.from_wkb(wanted.site))) if wanted.site else []
    drawn = (*(stroke for stroke in (*below, *above) if stroke.path), *([dot()] if wanted.dot else []))
    taken = [MIDDLE.buffer(8)] if wanted.dot else []
    noted = (Label(WIDTH / 2, NOTED_AT, wanted.note, "note"),) if wanted.note else ()
    taken += [shapely.box(0, NOTED_AT - LETTER_HIGH, WIDTH, HEIGHT)] if noted else []
    return StillMap(WIDTH, HEIGHT, drawn, (*apart(labels, taken), *noted), bar_m=0, bar=0)


@dataclass(frozen=True)
class Placed:
    """A record of a layer, and its shape in units of the picture."""

    layer: Layer
    shape: Shape
    drawn: shapely.Geometry


def seen_layers(zoom: float, wanted: Wanted) -> list[Layer]:
    """From bottom to top: what the living map shows of itself at that zoom, and what is wanted."""
    of_record = wanted.record[0] if wanted.record else None
    looks = {layer.slug: layer for layer in wanted.layers}
    usual = (
        looks.get(layer.slug, layer) for layer in catalogue.mapped() if layer.theme == "ground" or layer.slug in looks
    )
    layers = {layer for layer in usual if layer.minzoom <= zoom < layer.maxzoom and not layer.covers_ground}
    return sorted(layers | ({of_record} if of_record and of_record.legend else set()), key=rank)


def seen(layer: Layer, frame: Frame, snapshot: int) -> Iterator[Placed]:
    """A layer with more in the picture than can be told apart is left out: half of it would be a wrong picture."""
    more = FARTHEST_REACH_M if layer.reach else 0.0
    west, south, east, north = frame.box
    found = surroundings.shapes(layer, snapshot, (west - more, south - more, east + more, north + more))
    for shape in found if len(found) < MOST else ():
        placed = frame.placed(shapely.from_wkb(bytes(shape.geometry.wkb)))
        yield Placed(layer, shape, placed.simplify(STRAY))


def of_layer(placed: list[Placed], frame: Frame, zoom: float) -> list[Stroke]:
    """As its class says; places have only their name, and the edges of parcels grow stronger the nearer one is."""
    if placed and placed[0].layer is PLACE_NAMES:
        return []
    drawn = [stroke for one in placed for stroke in strokes(one.layer, one.shape, one.drawn, frame)]
    if placed and placed[0].layer is PARCELS:
        return [replace(stroke, width=stroke.width * min(0.3 + 0.23 * max(zoom - 14, 0), 1)) for stroke in drawn]
    return drawn


def roads(placed: list[Placed], zoom: float) -> list[Stroke]:
    """All edges below all roadways, so that crossings are open."""
    [look] = ROADS.legend
    width = roadway(zoom)
    paths = [path(one.drawn) for one in placed]
    edges = [Stroke(way, "none", 0, look.line, round(width + 1.6, 1), cap="round") for way in paths]
    return edges + [Stroke(way, "none", 0, look.fill, round(width, 1), cap="round") for way in paths]


def roadway(zoom: float) -> float:
    """How wide the living map draws a road, in pixels: its zooms and widths, exponential between them."""
    for (near, thin), (far, wide) in pairwise(((10.0, 0.6), (14.0, 2.4), (18.0, 14.0))):
        if zoom < far:
            share = (1.6 ** max(zoom - near, 0) - 1) / (1.6 ** (far - near) - 1)
            return thin + (wide - thin) * float(share)
    return 14.0


def marking(one: Placed) -> list[Stroke]:
    """The chosen parcel as everywhere; any other record with a stronger line, a point in a ring."""
    if one.layer is PARCELS:
        return outline(one.drawn)
    look = class_of(one.layer, one.shape.values)
    if one.drawn.geom_type == "Point":
        return [Stroke(path(one.drawn.buffer(11)), look.line, 0.3, look.line, 1.5)]
    return [Stroke(path(one.drawn), "none", 0, look.line, look.width + 1.5)]


def dot() -> Stroke:
    return Stroke(path(MIDDLE.buffer(5)), HERE, 1, "#ffffff", 2.5)


def land(view: View) -> list[Stroke]:
    """The sea, and on it the land."""
    sea = Stroke(path(shapely.box(0, 0, WIDTH, HEIGHT)), SEA, 1, SEA, 0)
    return [sea, Stroke(path(roughly(coast(), view)), LAND, 1, LAND, 0)]


def roughly(ground: shapely.Geometry, view: View) -> shapely.Geometry:
    """Ground in degrees as it lies on the picture: in a plane of its own, a pixel off at most over a province."""
    scale = WIDTH / view.wide_m * METRES_A_DEGREE
    across, down = scale * math.cos(math.radians(view.lat)), -scale
    west, east = view.lon - WIDTH / 2 / across, view.lon + WIDTH / 2 / across
    south, north = view.lat + HEIGHT / 2 / down, view.lat - HEIGHT / 2 / down
    piece = shapely.clip_by_rect(ground, west, south, east, north)
    return shapely.transform(piece, lambda at: (at - (west, north)) * (across, down)).simplify(STRAY)


def filled(fill: Fill, view: View) -> list[Stroke]:
    placed = roughly(shapely.from_geojson(json.dumps(fill.ground)), view)
    hatch = "".join(path(part) for part in hatched(placed, fill.hatch))
    return [
        Stroke(path(placed), fill.fill, FILL_OPACITY, fill.line, 0),
        *([Stroke(hatch, "none", 0, fill.line, width_of(fill.hatch), cap="round")] if hatch else []),
    ]


@cache
def coast() -> shapely.Geometry:
    features = json.loads(BASE_MAP.read_text(encoding="utf-8"))["features"]
    [land_of] = (feature for feature in features if not feature["properties"].get("name"))
    return shapely.geometry.shape(land_of["geometry"])


def names(one: Placed, zoom: float, is_record: bool) -> list[tuple[Layer, Label]]:
    from_zoom, to_zoom = WRITTEN.get(one.layer, (0.0, 0.0))
    if not (from_zoom <= zoom < to_zoom or is_record):
        return []
    return [(one.layer, each) for each in label(one.layer, one.shape.label, one.drawn, is_record)]


def apart(labels: list[tuple[Layer, Label]], taken: list[shapely.Geometry]) -> Iterator[Label]:
    """Names that lie on no other, on nothing taken and within the picture, the more telling ones first."""
    order = {layer: place for place, layer in enumerate(WRITTEN)}
    room = shapely.box(0, 0, WIDTH, HEIGHT)
    for _, one in sorted(labels, key=lambda pair: (pair[1].kind != "chosen", order.get(pair[0], 0))):
        wide, high = len(one.text) * LETTER_WIDE / 2 + BETWEEN, LETTER_HIGH / 2 + BETWEEN / 2
        box = shapely.box(one.x - wide, one.y - high, one.x + wide, one.y + high)
        if room.contains(box) and not any(map(box.intersects, taken)):
            taken.append(box)
            yield one
