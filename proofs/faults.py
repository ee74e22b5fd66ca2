"""Faults as they happen in survey files, planted one by one into a clean commune; each knows where it was planted.

A fault changes rows of the commune and says which rule must find it, and where. What it causes besides (a border pushed
over a neighbour leaves the neighbour without that corner) is named in `also`, and counts as explained, never as found.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from shapely import affinity

EAST, NORTH = 572_000.0, 2_262_000.0
COMMUNE = "12817"
WIDE, HIGH = 20.0, 30.0
Cells = dict[str, Any]
Points = NDArray[np.float64]


@dataclass(frozen=True)
class Fault:
    """`code` must be found within 0.10 m of `place` (a geometry in EPSG:9209), those in `also` may be within 0.10 m of
    `around` (None: of `place`)."""

    kind: str
    code: str
    place: shapely.Geometry
    also: tuple[str, ...] = ()
    around: shapely.Geometry | None = None


def clean_commune(parcels: int, seed: int = 1) -> gpd.GeoDataFrame:
    """Four-cornered parcels that share every corner with their neighbours, in sheets of 100; columns of text."""
    across = int(np.ceil(np.sqrt(parcels * HIGH / WIDE)))
    down = int(np.ceil(parcels / across))
    dice = np.random.default_rng(seed)
    corner = np.stack(np.meshgrid(np.arange(across + 1) * WIDE, np.arange(down + 1) * HIGH), axis=-1)
    corner = np.round(corner + dice.uniform(-3, 3, corner.shape) + (EAST, NORTH), 3)
    rings = np.stack([corner[:-1, :-1], corner[:-1, 1:], corner[1:, 1:], corner[1:, :-1]], axis=2).reshape(-1, 4, 2)
    shapes = shapely.polygons(rings)[:parcels]
    at = np.arange(len(shapes))
    columns: Cells = {
        "MAXA": COMMUNE,
        "SHBANDO": (at // 100 + 1).astype(str),
        "SHTHUA": (at % 100 + 1).astype(str),
        "KHLOAIDAT": np.array(["ONT", "LUC", "CLN", "NTS"])[at % 4],
        "DIENTICHPL": np.char.mod("%.1f", shapely.area(shapes)),
    }
    frame = gpd.GeoDataFrame(columns, geometry=shapes, crs=None)
    frame.index = pd.RangeIndex(1, len(frame) + 1, name="row")
    return frame.astype(dict.fromkeys(columns, object))


class Planting:
    """A commune being spoiled. `spots` are parcels far from each other, each taken once."""

    def __init__(self, commune: gpd.GeoDataFrame, seed: int = 2) -> None:
        self.frame = commune.copy()
        self.across = int(np.ceil(np.sqrt(len(commune) * HIGH / WIDE)))
        self.extra: list[dict[str, Any]] = []
        self.faults: list[Fault] = []
        dice = np.random.default_rng(seed)
        rows = np.arange(len(commune))
        column, line = rows % self.across, rows // self.across
        last = len(commune) // self.across - 3
        inner = rows[(column % 6 == 3) & (line % 6 == 3) & (column < self.across - 3) & (line < last)]
        self.spots: list[int] = (dice.permutation(inner) + 1).tolist()

    def shape(self, row: int) -> shapely.Polygon:
        return self.frame.geometry.loc[row]

    def cut(self, row: int, shape: shapely.Geometry) -> None:
        """Draw what an overlay made: on whole millimetres, as the commune is, so that no hair of a cut stays."""
        self.draw(row, shapely.set_precision(shape, 0.001))

    def draw(self, row: int, shape: shapely.Geometry) -> None:
        self.frame.loc[row, "geometry"] = shape

    def write(self, row: int, name: str, value: object) -> None:
        self.frame.loc[row, name] = value

    def corners(self, row: int) -> Points:
        """South-west, south-east, north-east, north-west."""
        points: Points = shapely.get_coordinates(self.shape(row))
        return points[:4]

    def add(self, row: int, shape: shapely.Geometry, number: str) -> None:
        """A further row of the same sheet."""
        self.extra.append(self.frame.loc[row].drop("geometry").to_dict() | {"SHTHUA": number, "geometry": shape})

    def spoiled(self) -> gpd.GeoDataFrame:
        if not self.extra:
            return self.frame
        more = gpd.GeoDataFrame(self.extra, geometry="geometry", crs=None)
        more.index = pd.RangeIndex(len(self.frame) + 1, len(self.frame) + len(more) + 1)
        more["DIENTICHPL"] = [f"{shape.area:.1f}" for shape in more.geometry]
        joined = pd.concat([self.frame, more])
        joined.index.name = "row"
        return gpd.GeoDataFrame(joined, geometry="geometry", crs=None)


Plant = Callable[[Planting, int, int], Fault]


def strip(planting: Planting, row: int, metres: float) -> shapely.Polygon:
    """A strip along the middle half of the parcel's east side, so many metres to the east."""
    _, south, north, _ = planting.corners(row)
    low, high = south + (north - south) * 0.25, south + (north - south) * 0.75
    across = np.array([metres, 0.0])
    return shapely.Polygon([low, low + across, high + across, high])


def overlap(planting: Planting, row: int, at: int) -> Fault:
    over = strip(planting, row, 0.05 + 0.02 * at)
    planting.cut(row, shapely.union(planting.shape(row), over))
    return Fault("overlap", "overlap", over, ("corner-unmatched", "edge-short"))


def gap(planting: Planting, row: int, at: int) -> Fault:
    open_ground = strip(planting, row, -0.05 - 0.02 * at)
    planting.cut(row, shapely.difference(planting.shape(row), open_ground))
    return Fault("gap", "gap", open_ground, ("corner-unmatched", "edge-short"))


def inside(planting: Planting, row: int, at: int) -> Fault:
    within = affinity.scale(planting.shape(row), 0.4, 0.4)
    planting.add(row, within, f"9{at}01")
    return Fault("parcel inside another", "overlap", within)


def copy(planting: Planting, row: int, at: int) -> Fault:
    planting.add(row, planting.shape(row), f"9{at}02")
    return Fault("the same shape twice", "shape-twice", planting.shape(row))


def bow_tie(planting: Planting, row: int, at: int) -> Fault:
    west, south, east, north = planting.corners(row)
    crossing = shapely.LineString([west, east]).intersection(shapely.LineString([south, north]))
    planting.draw(row, shapely.Polygon([west, south, north, east]))
    planting.draw(row, shapely.Polygon([west, east, south, north]))
    sides = shapely.LineString([west, east]), shapely.LineString([south, north])
    return Fault(
        "outline that crosses itself",
        "shape-crosses",
        crossing if not crossing.is_empty else sides[0],
        ("area-differs",),
    )


def repeated(planting: Planting, row: int, at: int) -> Fault:
    corners = planting.corners(row)
    planting.draw(row, shapely.Polygon([*corners[:2], corners[1] + 0.0003, *corners[2:]]))
    return Fault("repeated vertex", "vertices-repeated", planting.shape(row))


def spike(planting: Planting, row: int, at: int) -> Fault:
    """Into the parcel itself, so that it touches nobody else."""
    corners = planting.corners(row)
    foot = (corners[0] + corners[1]) / 2
    tip, beside = foot + np.array([0.0, 6.0]), foot + np.array([0.02, 0.0])
    planting.draw(row, shapely.Polygon([corners[0], foot, tip, beside, *corners[1:]]))
    return Fault("spike", "spike", shapely.Point(tip), ("edge-short", "corner-unmatched"), shapely.Point(foot))


def short_edge(planting: Planting, row: int, at: int) -> Fault:
    """A corner cut off by three centimetres, in both parcels' common ground: the neighbour keeps its corner."""
    corners = planting.corners(row)
    before = corners[1] + 0.03 * unit(corners[0] - corners[1])
    planting.draw(row, shapely.Polygon([corners[0], before, *corners[1:]]))
    return Fault("short edge", "edge-short", shapely.LineString([before, corners[1]]), ("corner-unmatched",))


def sliver(planting: Planting, row: int, at: int) -> Fault:
    """A thread that was cut off a parcel as a parcel of its own."""
    thread = strip(planting, row, -0.02)
    planting.cut(row, shapely.difference(planting.shape(row), thread))
    planting.add(row, thread, f"9{at}03")
    return Fault("sliver", "sliver", thread, ("edge-short", "corner-unmatched", "spike"))


def hole(planting: Planting, row: int, at: int) -> Fault:
    bare = affinity.scale(planting.shape(row), 0.3, 0.3)
    planting.cut(row, shapely.difference(planting.shape(row), bare))
    planting.write(row, "DIENTICHPL", f"{planting.shape(row).area:.1f}")
    return Fault("hole that nobody fills", "hole-empty", bare)


def unmatched(planting: Planting, row: int, at: int) -> Fault:
    """A corner in the middle of a common border that the neighbour does not have."""
    corners = planting.corners(row)
    middle = (corners[1] + corners[2]) / 2
    planting.draw(row, shapely.Polygon([*corners[:2], middle, *corners[2:]]))
    return Fault("corner the neighbour lacks", "corner-unmatched", shapely.Point(middle))


def two_parts(planting: Planting, row: int, at: int) -> Fault:
    """One parcel and its second neighbour drawn as one; the second neighbour's row goes."""
    other = row + 2
    planting.draw(row, shapely.MultiPolygon([planting.shape(row), planting.shape(other)]))
    planting.write(row, "DIENTICHPL", f"{planting.shape(row).area:.1f}")
    place = planting.shape(row).envelope
    planting.frame = planting.frame.drop(index=other)
    return Fault("parcel in two parts", "multipart", place)


def abroad(planting: Planting, row: int, at: int) -> Fault:
    """Far outside the commune, still in the province."""
    planting.draw(row, affinity.translate(planting.shape(row), 0, -5_000 - 100 * at))
    return Fault("parcel outside its commune", "outside-commune", planting.shape(row))


def flat(planting: Planting, row: int, at: int) -> Fault:
    corners = planting.corners(row)
    planting.draw(row, shapely.Polygon([corners[0], corners[1], (corners[0] + corners[1]) / 2]))
    return Fault("shape without area", "shape-flat", planting.shape(row), ("area-differs",))


def missing(planting: Planting, row: int, at: int) -> Fault:
    planting.draw(row, None)
    return Fault("row without a shape", "shape-missing", shapely.Point())


def number_twice(planting: Planting, row: int, at: int) -> Fault:
    """The number of the parcel beside it, in the same sheet."""
    other = row + 1 if (row - 1) // 100 == row // 100 else row - 1
    planting.write(row, "SHTHUA", planting.frame.loc[other, "SHTHUA"])
    return Fault("number given twice", "key-twice", shapely.union(planting.shape(row), planting.shape(other)))


def wrong_number(planting: Planting, row: int, at: int) -> Fault:
    planting.write(row, "SHTHUA", f"không rõ {at}")
    return Fault("number of another form", "number-form", planting.shape(row))


def wrong_area(planting: Planting, row: int, at: int) -> Fault:
    planting.write(row, "DIENTICHPL", f"{planting.shape(row).area * 1.3:.1f}")
    return Fault("area on paper of another parcel", "area-differs", planting.shape(row))


def unreadable_area(planting: Planting, row: int, at: int) -> Fault:
    planting.write(row, "DIENTICHPL", "****")
    return Fault("area that is no number", "cell-unreadable", planting.shape(row))


def unknown_code(planting: Planting, row: int, at: int) -> Fault:
    planting.write(row, "KHLOAIDAT", f"QZ{at}")
    return Fault("kind of land that does not exist", "purpose-unknown", planting.shape(row))


def unknown_commune(planting: Planting, row: int, at: int) -> Fault:
    planting.write(row, "MAXA", f"990{at:02}")
    return Fault("commune that does not exist", "commune-unknown", planting.shape(row), ("commune-unchecked",))


def unit(vector: Points) -> Points:
    length = float(np.hypot(*vector))
    return vector / length


KINDS: tuple[Plant, ...] = (
    overlap, gap, inside, copy, bow_tie, repeated, spike, short_edge, sliver, hole, unmatched, two_parts, abroad, flat,
    missing, number_twice, wrong_number, wrong_area, unreadable_area, unknown_code, unknown_commune,
)  # fmt: skip


def plant(commune: gpd.GeoDataFrame, each: int) -> Planting:
    """So many faults of every kind, none near another."""
    planting = Planting(commune)
    for at in range(each):
        for make in KINDS:
            planting.faults.append(make(planting, planting.spots.pop(), at))
    return planting
