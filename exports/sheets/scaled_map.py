"""The map of a sheet: drawn at a true scale in VN-2000 metres, with a grid, so that a ruler can check it.

A unit of the picture is a quarter of a millimetre on paper. One metre on the ground is 1000 / scale millimetres.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import shapely
from django.contrib.gis.geos import GEOSGeometry

from exports.drawing import Corner, clockwise, corners_of
from exports.sheets.subjects import Polygons
from exports.sheets.withdrawing import name_of
from exports.still_map import Frame, Label, Stroke, bank, class_of, everything, label, strokes
from layers.declare import Layer, LegendClass, Words
from layers.ground.parcels import PARCELS
from layers.queries.surroundings import Box, Shape

WIDTH_MM, HEIGHT_MM = 176.0, 104.0
# Left of the map and below it: a band for the coordinates of the grid.
LEFT_MM, BELOW_MM = 6.0, 5.0
UNITS_A_MM = 4.0
WIDTH, HEIGHT = WIDTH_MM * UNITS_A_MM, HEIGHT_MM * UNITS_A_MM
# 1:200 to 1:10 000 is what the sheet promises; a site as large as a commune still gets a map.
SCALES = (200, 250, 400, 500, 750, 1000, 1500, 2000, 2500, 4000, 5000, 7500, 10_000, 25_000, 50_000, 100_000)
# The subject takes at most this share of the map: neighbours and zones around it are what one knows it by.
SHARE = 0.56
GRID_MM = 25.0
# What is written first keeps its place; what would lie on it is left out. Half the height of a letter, in units.
FIRST_WRITTEN = ("chosen", "place-names", "waters", "roads", "parcels")
LETTER = 6.5
ROOM = 22.0
STEPS_M = (5, 10, 20, 25, 50, 100, 125, 250, 500, 625, 1250, 2500, 5000)
MOST_CORNERS_NUMBERED = 60
PAPER = shapely.box(0, 0, WIDTH, HEIGHT)
SAMPLE = Frame((0, 0, 28, 16), 28, 16)


@dataclass(frozen=True)
class Tick:
    """A line of the grid: where it meets the frame (units from the left or the top) and its coordinate in metres."""

    at: float
    metres: int
    is_written: bool


@dataclass(frozen=True)
class Entry:
    """A line of the legend: a class of a layer that the map shows, drawn as it is drawn there."""

    title: Words
    strokes: tuple[Stroke, ...]


@dataclass(frozen=True)
class ScaledMap:
    scale: int
    width_mm: float
    height_mm: float
    left: float
    below: float
    width: float
    height: float
    strokes: tuple[Stroke, ...]
    outline: str
    labels: tuple[Label, ...]
    corners: tuple[Corner, ...]
    eastings: tuple[Tick, ...]
    northings: tuple[Tick, ...]
    bar_m: int
    bar: float
    legend: tuple[Entry, ...]
    drawn: frozenset[str]


def scaled_map(polygons: Polygons, bounds: Box, chosen: int | None, snapshot: int) -> ScaledMap:
    """The map of a subject, given as polygons of rings in EPSG:9209. `chosen`: the parcel that is the subject."""
    scale = scale_for(bounds)
    frame = framed(bounds, scale)
    below: list[Stroke] = []
    above: list[Stroke] = []
    labels: list[Label] = []
    entries: dict[Entry, None] = {}
    shown: set[str] = set()
    for layer, shape, drawn in everything(frame, snapshot):
        seen = [stroke for stroke in strokes(layer, shape, drawn, frame) if stroke.path]
        below += seen
        shown.add(name_of(layer.slug, shape.feature_id))
        above += bank(layer, shape, drawn, frame)
        labels += label(layer, shape.label, drawn, layer is PARCELS and shape.feature_id == chosen)
        if seen and layer.theme != "ground":
            entries[entry(layer, class_of(layer, shape.values))] = None
    step, corners = grid_step(scale), numbered(polygons, frame)
    return ScaledMap(
        scale=scale, width_mm=WIDTH_MM + LEFT_MM, height_mm=HEIGHT_MM + BELOW_MM,
        left=LEFT_MM * UNITS_A_MM, below=BELOW_MM * UNITS_A_MM, width=WIDTH, height=HEIGHT,
        strokes=(*below, *above),
        outline=outline(polygons, frame),
        labels=tuple(apart(labels, corners)),
        corners=tuple(corners),
        eastings=tuple(eastings(frame, step)),
        northings=tuple(northings(frame, step)),
        bar_m=step, bar=step * frame.scale,
        legend=tuple(entries), drawn=frozenset(shown),
    )  # fmt: skip


def scale_for(bounds: Box) -> int:
    """The largest of the scales at which the subject leaves room around it; the smallest when none does."""
    west, south, east, north = bounds
    wide_mm, high_mm = (east - west) * 1000, (north - south) * 1000
    fitting = (s for s in SCALES if wide_mm / s <= WIDTH_MM * SHARE and high_mm / s <= HEIGHT_MM * SHARE)
    return next(fitting, SCALES[-1])


def framed(bounds: Box, scale: int) -> Frame:
    """The piece of the plane that the map shows at that scale, with the subject in its middle."""
    west, south, east, north = bounds
    middle, centre = (west + east) / 2, (south + north) / 2
    wide, high = WIDTH_MM / 1000 * scale / 2, HEIGHT_MM / 1000 * scale / 2
    return Frame((middle - wide, centre - high, middle + wide, centre + high), WIDTH, HEIGHT)


def grid_step(scale: int) -> int:
    """Metres between two lines of the grid: about 25 mm on paper, in round figures."""
    return min(STEPS_M, key=lambda step: abs(step * 1000 / scale - GRID_MM))


def eastings(frame: Frame, step: int) -> Iterator[Tick]:
    west, _, east, _ = frame.box
    for metres in range(math.ceil(west / step) * step, math.floor(east) + 1, step):
        yield tick((metres - west) * frame.scale, metres, WIDTH)


def northings(frame: Frame, step: int) -> Iterator[Tick]:
    _, south, _, north = frame.box
    for metres in range(math.ceil(south / step) * step, math.floor(north) + 1, step):
        yield tick((north - metres) * frame.scale, metres, HEIGHT)


def tick(at: float, metres: int, size: float) -> Tick:
    """A coordinate is written where its figures do not run over the end of the frame."""
    return Tick(round(at, 2), metres, ROOM <= at <= size - ROOM)


def entry(layer: Layer, look: LegendClass) -> Entry:
    title = layer.title
    if len(layer.legend) > 1:
        title = Words(f"{title.vi}: {look.title.vi}", f"{title.en}: {look.title.en}")
    return Entry(title, tuple(sample(layer, look)))


def sample(layer: Layer, look: LegendClass) -> list[Stroke]:
    shape = {"POINT": shapely.Point(14, 8), "MULTILINESTRING": shapely.LineString([(1, 8), (27, 8)])}
    drawn = shape.get(layer.geometry_type or "", shapely.box(1, 1, 27, 15))
    said = Shape(0, "", {layer.legend_by or "": look.value}, 0.0, GEOSGeometry("POINT EMPTY"))
    return strokes(layer, said, shapely.box(1, 1, 27, 15) if layer.reach else drawn, SAMPLE)


def apart(labels: list[Label], corners: list[Corner]) -> Iterator[Label]:
    """Labels that lie on no other, nor on the number of a corner; the more telling kinds first."""
    taken = [around(corner.label, 2) for corner in corners if corner.label]
    rank = {kind: place for place, kind in enumerate(FIRST_WRITTEN)}
    for one in sorted(labels, key=lambda one: rank.get(one.kind, len(rank))):
        box = around((one.x, one.y), len(one.text) + 1)
        if PAPER.contains(box) and not any(map(box.intersects, taken)):
            taken.append(box)
            yield one


def around(at: tuple[float, float], letters: int) -> shapely.Geometry:
    wide = letters * LETTER / 2
    return shapely.box(at[0] - wide, at[1] - LETTER, at[0] + wide, at[1] + LETTER)


def outline(polygons: Polygons, frame: Frame) -> str:
    """The subject's outline; of all that is drawn the most exact: a hundredth of a unit is 2.5 thousandths of a mm."""
    rings = [
        "M" + "L".join(f"{x:.2f} {y:.2f}" for x, y in shapely.get_coordinates(frame.placed(shapely.LineString(ring))))
        for polygon in polygons
        for ring in polygon
    ]
    return "".join(f"{ring}Z" for ring in rings)


def numbered(polygons: Polygons, frame: Frame) -> list[Corner]:
    """The corners with their numbers, as in the table; none on the map when they would cover it."""
    west, _, _, north = frame.box

    def place(point: tuple[float, float]) -> tuple[float, float]:
        return (point[0] - west) * frame.scale, (north - point[1]) * frame.scale

    corners: list[Corner] = []
    for polygon in polygons:
        corners += corners_of(clockwise(polygon[0]), len(corners), place)
    return corners if len(corners) <= MOST_CORNERS_NUMBERED else []
