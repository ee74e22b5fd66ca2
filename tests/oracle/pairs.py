"""Random parcels with a zone near each: what matters comes up often, and a seed brings it back.

Shapes are valid, in EPSG:9209 near `SITE`: parcels of 3 to 150 m (house plots, strips, fields, with a hole,
in two parts), zones from strips of decimetres to outlines of 3,000 vertices.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import shapely
from numpy.random import Generator
from shapely import affinity
from shapely.geometry.base import BaseGeometry

from tests.oracle.drawings import SITE

KINDS = ("area", "line", "point")


class Pair(NamedTuple):
    """What `decide` takes, in its order. The margin is in metres."""

    parcel: BaseGeometry
    zone: BaseGeometry
    margin: float
    whole_parcels: bool


def random_pairs(kind: str, count: int, seed: int) -> Iterator[Pair]:
    """`count` pairs with zones of one of `KINDS`; the same for the same seed."""
    for child in np.random.SeedSequence([seed, KINDS.index(kind)]).spawn(count):
        yield _pair(kind, np.random.default_rng(child))


def _pair(kind: str, rng: Generator) -> Pair:
    margin = _log_uniform(rng, 0.1, 60)
    parcel = _choose(rng, PARCELS)(rng)
    zone = _choose(rng, ZONES[kind])(rng, parcel, margin)
    offset = SITE + rng.uniform(-20_000, 20_000, 2)
    parcel, zone = (_valid(shapely.transform(shape, lambda xy: xy + offset)) for shape in (parcel, zone))
    return Pair(parcel, zone, margin, bool(rng.random() < 0.15))


def _valid(shape: BaseGeometry) -> BaseGeometry:
    return shapely.make_valid(shape, method="structure", keep_collapsed=False)


def _choose(rng: Generator, options: tuple[Any, ...]) -> Any:
    return options[rng.integers(len(options))]


def _log_uniform(rng: Generator, low: float, high: float) -> float:
    return float(np.exp(rng.uniform(np.log(low), np.log(high))))


# Parcels, near the origin


def _quadrilateral(rng: Generator, width: tuple[float, float], length: tuple[float, float]) -> BaseGeometry:
    size = np.array([rng.uniform(*width), rng.uniform(*length)])
    corners = np.array([(0, 0), (1, 0), (1, 1), (0, 1)]) + rng.uniform(-0.08, 0.08, (4, 2))
    return affinity.rotate(shapely.Polygon(corners * size), rng.uniform(0, 360))


def _house_plot(rng: Generator) -> BaseGeometry:
    return _quadrilateral(rng, (3.5, 8), (10, 30))


def _narrow_strip(rng: Generator) -> BaseGeometry:
    return _quadrilateral(rng, (3, 10), (40, 150))


def _field(rng: Generator) -> BaseGeometry:
    return _quadrilateral(rng, (20, 70), (30, 120))


def _blob(rng: Generator, vertices: int, radius: float, roughness: float) -> BaseGeometry:
    """A star-shaped outline: slow waves, and a little noise at each vertex."""
    turn = np.sort(rng.uniform(0, 2 * np.pi, vertices))
    waves = sum(rng.normal(0, 0.35 / k) * np.sin(k * turn + rng.uniform(0, 2 * np.pi)) for k in (2, 3, 5))
    reach = radius * np.clip(1 + waves + rng.normal(0, roughness, vertices), 0.2, 3)
    return _valid(shapely.Polygon(np.column_stack([reach * np.cos(turn), reach * np.sin(turn)])))


def _rough_field(rng: Generator) -> BaseGeometry:
    return _blob(rng, int(rng.integers(5, 40)), rng.uniform(8, 60), 0.05)


def _field_with_hole(rng: Generator) -> BaseGeometry:
    field = _field(rng)
    hole = affinity.scale(field, *rng.uniform(0.2, 0.7, 2), origin=field.centroid)
    return field.difference(hole)


def _two_fields(rng: Generator) -> BaseGeometry:
    field = _field(rng)
    return field.union(affinity.translate(field, rng.uniform(60, 150), rng.uniform(60, 150)))


PARCELS: tuple[Callable[[Generator], BaseGeometry], ...] = (
    _house_plot,
    _narrow_strip,
    _field,
    _rough_field,
    _field_with_hole,
    _two_fields,
)


# Zones, with some place on their edge brought within a few margins of the parcel's edge


def _bring(rng: Generator, zone: BaseGeometry, parcel: BaseGeometry, margin: float) -> BaseGeometry:
    step = rng.normal(0, margin) * _direction(rng)
    target = _place_on(rng, parcel.boundary) + step * _choose(rng, (0.1, 1.0, 2.0, 8.0))
    edge = zone if shapely.get_dimensions(zone) < 2 else zone.boundary
    return affinity.translate(zone, *(target - _place_on(rng, edge)))


def _direction(rng: Generator) -> npt.NDArray[np.float64]:
    angle = rng.uniform(0, 2 * np.pi)
    return np.array([np.cos(angle), np.sin(angle)])


def _place_on(rng: Generator, shape: BaseGeometry) -> npt.NDArray[np.float64]:
    """A random place on lines, or one of several points."""
    if shapely.get_dimensions(shape) == 0:
        point: npt.NDArray[np.float64] = rng.choice(shapely.get_coordinates(shape))
        return point
    part = _choose(rng, tuple(shapely.get_parts(shape)))
    place: npt.NDArray[np.float64] = shapely.get_coordinates(part.interpolate(rng.random(), normalized=True))[0]
    return place


def _path(rng: Generator) -> BaseGeometry:
    """A line that wanders over 20 to 600 m with 2 to 200 vertices."""
    vertices = int(_log_uniform(rng, 2, 200))
    along = np.linspace(0, _log_uniform(rng, 20, 600), vertices)
    across = np.cumsum(rng.normal(0, 0.3 * along[-1] / vertices, vertices))
    return affinity.rotate(shapely.LineString(np.column_stack([along, across])), rng.uniform(0, 360))


def _strip_zone(rng: Generator, parcel: BaseGeometry, margin: float) -> BaseGeometry:
    strip = _path(rng).buffer(margin * rng.uniform(0.02, 1.5), quad_segs=2, cap_style="flat")
    return _bring(rng, strip, parcel, margin)


def _outline_zone(rng: Generator, parcel: BaseGeometry, margin: float) -> BaseGeometry:
    outline = _blob(rng, int(_log_uniform(rng, 6, 3000)), _log_uniform(rng, 30, 800), rng.uniform(0, 0.01))
    return _bring(rng, outline, parcel, margin)


def _ring_zone(rng: Generator, parcel: BaseGeometry, margin: float) -> BaseGeometry:
    outline = _blob(rng, int(rng.integers(8, 400)), rng.uniform(40, 300), 0.005)
    ring = outline.difference(affinity.scale(outline, *rng.uniform(0.3, 0.95, 2), origin=(0, 0)))
    return _bring(rng, ring, parcel, margin)


def _parts_zone(rng: Generator, parcel: BaseGeometry, margin: float) -> BaseGeometry:
    blobs = [_blob(rng, 30, _log_uniform(rng, 5, 80), 0.02) for _ in range(rng.integers(2, 6))]
    return shapely.union_all([_bring(rng, blob, parcel, margin) for blob in blobs])


def _tiny_zone(rng: Generator, parcel: BaseGeometry, margin: float) -> BaseGeometry:
    return _bring(rng, shapely.box(0, 0, *rng.uniform(0.05, 2.5, 2) * margin), parcel, margin)


def _half_plane_zone(rng: Generator, parcel: BaseGeometry, margin: float) -> BaseGeometry:
    half_plane = affinity.rotate(shapely.box(0, -2000, 2000, 2000), rng.uniform(0, 360), origin=(0, 0))
    return _bring(rng, half_plane, parcel, margin)


def _copy_zone(rng: Generator, parcel: BaseGeometry, margin: float) -> BaseGeometry:
    """The parcel as another survey has it: moved a little."""
    return affinity.translate(parcel, *(rng.normal(0, 0.5 * margin) * _direction(rng)))


def _grown_zone(rng: Generator, parcel: BaseGeometry, margin: float) -> BaseGeometry:
    """An edge that runs along the parcel's, inside or outside; round joins of few segments on purpose."""
    grown = parcel.buffer(rng.normal(0, margin), quad_segs=3)
    return _copy_zone(rng, parcel, margin) if grown.is_empty else grown


def _path_zone(rng: Generator, parcel: BaseGeometry, margin: float) -> BaseGeometry:
    return _bring(rng, _path(rng), parcel, margin)


def _paths_zone(rng: Generator, parcel: BaseGeometry, margin: float) -> BaseGeometry:
    return shapely.union_all([_path_zone(rng, parcel, margin) for _ in range(rng.integers(2, 5))])


def _edge_line_zone(rng: Generator, parcel: BaseGeometry, margin: float) -> BaseGeometry:
    return _grown_zone(rng, parcel, margin).boundary


def _point_zone(rng: Generator, parcel: BaseGeometry, margin: float) -> BaseGeometry:
    return _bring(rng, shapely.Point(0, 0), parcel, margin)


def _inner_point_zone(rng: Generator, parcel: BaseGeometry, margin: float) -> BaseGeometry:
    middle = parcel.representative_point()
    return affinity.translate(middle, *(rng.normal(0, 0.5 * margin) * _direction(rng)))


def _points_zone(rng: Generator, parcel: BaseGeometry, margin: float) -> BaseGeometry:
    return shapely.union_all([_point_zone(rng, parcel, margin) for _ in range(rng.integers(2, 6))])


ZONES: dict[str, tuple[Callable[[Generator, BaseGeometry, float], BaseGeometry], ...]] = {
    "area": (
        _strip_zone,
        _outline_zone,
        _ring_zone,
        _parts_zone,
        _tiny_zone,
        _half_plane_zone,
        _copy_zone,
        _grown_zone,
    ),
    "line": (_path_zone, _paths_zone, _edge_line_zone),
    "point": (_point_zone, _inner_point_zone, _points_zone),
}
