"""Random parcels with a plan over each: tilings with holes and overlaps, roads, a second plan; the same for a seed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import shapely
from numpy.random import Generator
from shapely import affinity
from shapely.geometry.base import BaseGeometry

from tests.oracle.composition import Planned
from tests.oracle.pairs import random_pairs

KINDS = ("ONT", "CLN", "LUC", "DGT", "SKN")
# How far around the parcel the plan is drawn, in margins; what lies farther cannot matter.
AROUND = 3


class PlannedParcel(NamedTuple):
    """A parcel, known to `parcel_accuracy` metres, and the records around it; their margins include it."""

    parcel: BaseGeometry
    parcel_accuracy: float
    records: tuple[Planned, ...]


def random_plans(count: int, seed: int) -> Iterator[PlannedParcel]:
    """`count` parcels, each with a plan of its own, EPSG:9209."""
    children = np.random.SeedSequence([seed, 77]).spawn(count)
    for pair, child in zip(random_pairs("area", count, seed), children, strict=True):
        rng = np.random.default_rng(child)
        accuracy = 0.4 * pair.margin
        shapes = [*tiles(rng, pair.parcel, pair.margin)]
        if rng.random() < 0.5:
            shapes.append(road(rng, pair.parcel))
        if rng.random() < 0.35:
            shapes.append(pair.zone)
        records = [planned(rng, shape, accuracy, pair.margin) for shape in shapes if shape.area > 0.001]
        yield PlannedParcel(pair.parcel, accuracy, tuple(records))


def planned(rng: Generator, shape: BaseGeometry, parcel_accuracy: float, margin: float) -> Planned:
    """Most records are as accurate as the plan; some less, some of a decision that lists whole parcels."""
    own = (margin, margin, margin, parcel_accuracy + 2 * margin, 0.0)[rng.integers(5)]
    return Planned(shape, str(KINDS[rng.integers(len(KINDS))]), own)


def tiles(rng: Generator, parcel: BaseGeometry, margin: float) -> Iterator[BaseGeometry]:
    """The ground around the parcel in 1 to 9 tiles; some are left out, some drawn too large or too small by a hair or
    by metres, some once more."""
    frame = shapely.box(*parcel.bounds).buffer(AROUND * margin + 1, join_style="mitre")
    west, south, east, north = frame.bounds
    seeds = rng.uniform((west, south), (east, north), (int(rng.integers(1, 10)), 2))
    cells = voronoi(seeds, frame)
    for cell in cells:
        chance = rng.random()
        if chance < 0.12:
            continue
        yield grown(rng, cell) if chance < 0.4 else cell
        if chance > 0.92:
            yield cell


def voronoi(seeds: np.ndarray, frame: BaseGeometry) -> list[BaseGeometry]:
    if len(seeds) == 1:
        return [frame]
    drawn = shapely.voronoi_polygons(shapely.multipoints(seeds), extend_to=frame)
    return [cell.intersection(frame) for cell in shapely.get_parts(drawn)]


def grown(rng: Generator, cell: BaseGeometry) -> BaseGeometry:
    by = float(rng.choice((1e-7, 1e-4, 0.003, 0.05, 2.0))) * float(rng.choice((-1, 1)))
    return cell.buffer(by, join_style="mitre")


def road(rng: Generator, parcel: BaseGeometry) -> BaseGeometry:
    """A band across, or along an edge of, the parcel."""
    middle = parcel.representative_point()
    band = affinity.rotate(shapely.box(-400, 0, 400, rng.uniform(0.02, 25)), rng.uniform(0, 360), origin=(0, 0))
    away = rng.normal(0, parcel.length / 8, 2)
    return affinity.translate(band, middle.x + away[0], middle.y + away[1])
