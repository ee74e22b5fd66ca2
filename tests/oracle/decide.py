"""The oracle: the definition of an answer, written down slowly and independently of the portal.

It knows nothing of the database, of subdivided twins or of indexes, so that it can disagree with them.
Everything is in metres on one plane (EPSG:9209). P is the parcel, Z the zone, m the margin: the accuracy
of Z plus the accuracy of P. P and Z are sets of points, so their parts are united before anything is
measured: the seam between two parts is no boundary, and ground covered twice counts once.

* affected: some point of P ∩ Z lies deeper than m inside Z (only areas have an inside) or inside P;
* too close: not so, but P and Z are at most m apart;
* not affected: farther apart than m.

When the decision lists whole parcels, m is 0 and nothing is too close. An area then affects P when they
share at least min(1 m², 1 % of P); a line when some length of it lies in the interior of P, a point when
it lies there itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from tests.oracle.depth import LENGTH_TOLERANCE, Depth, greatest_depth

Answer = Literal["affected", "too-close", "not-assessed", "not-affected"]

# From the strongest to the weakest: a layer and a theme say the strongest of what they are made of.
STRENGTH: tuple[Answer, ...] = ("affected", "too-close", "not-assessed", "not-affected")

AREA_TOLERANCE = 0.001  # m²; the counterpart of LENGTH_TOLERANCE where areas are compared
UNCOVERED_TOLERANCE = 0.01  # m²; below this an uncovered rest is rounding, not ground


@dataclass(frozen=True)
class Decision:
    """What one zone means for one parcel. Areas in m², lengths in m, `share` of the parcel from 0 to 1.

    `depth` is the greatest depth found; the search stops as soon as the answer is certain, so it is a lower
    bound. `near_limit`: what decides lies within 1 mm (0.001 m²) of its limit, and another correct program
    may say otherwise.
    """

    answer: Answer
    shared_area: float
    share: float
    distance: float
    depth: float
    near_limit: bool


def decide(parcel: BaseGeometry, zone: BaseGeometry, margin: float, whole_parcels: bool = False) -> Decision:
    """Decide one pair. Broken rings are repaired (see `clean`); raises ValueError for what has no meaning."""
    if not 0 <= margin < float("inf"):
        raise ValueError(f"A margin is a length in metres, not {margin}.")
    parcel, zone = _near_the_origin(clean(parcel), clean(zone))
    if shapely.get_dimensions(parcel) != 2:
        raise ValueError(f"A parcel is an area, not a {parcel.geom_type}.")
    if whole_parcels and shapely.get_dimensions(zone) == 2:
        return _by_area(parcel, zone)
    return _by_depth(parcel, zone, 0.0 if whole_parcels else margin, may_be_close=not whole_parcels)


def clean(geometry: BaseGeometry) -> BaseGeometry:
    """The set of points a drawing stands for: flat, valid, parts united.

    A self-crossing ring is repaired by the "structure" method of GEOS: a bow tie becomes its two triangles,
    holes stay holes, parts drawn over each other are one. What is empty, has a coordinate that is no number,
    collapses to nothing, or mixes areas with lines or points is refused with ValueError.
    """
    if geometry is None or geometry.is_empty:
        raise ValueError("An empty drawing cannot be decided.")
    if not np.isfinite(shapely.get_coordinates(geometry)).all():
        raise ValueError("A coordinate is not a number.")
    parts = shapely.get_parts(shapely.get_parts(shapely.force_2d(geometry)))
    dimensions = set(shapely.get_dimensions(parts).tolist())
    if len(dimensions) != 1:
        raise ValueError("Areas, lines and points cannot be mixed in one drawing.")
    valid = shapely.make_valid(parts, method="structure", keep_collapsed=False)
    united = shapely.union_all(valid)
    if united.is_empty:
        raise ValueError("The drawing encloses no ground.")
    return united


def combine_layer(zone_answers: Iterable[Answer], covered: bool) -> Answer:
    """The answer of a layer for one parcel; `covered` when the layer was surveyed on all of it."""
    return _strongest([*zone_answers, "not-affected" if covered else "not-assessed"])


def combine_theme(layer_answers: Iterable[Answer]) -> Answer:
    """The answer of a theme. A theme without layers has assessed nothing."""
    return _strongest(list(layer_answers) or ["not-assessed"])


def uncovered_area(parcel: BaseGeometry, coverage: Iterable[BaseGeometry]) -> float:
    """The part of the parcel, in m², that none of the surveyed areas reaches."""
    return float(clean(parcel).difference(shapely.union_all([clean(area) for area in coverage])).area)


def is_covered(parcel: BaseGeometry, coverage: Iterable[BaseGeometry]) -> bool:
    return uncovered_area(parcel, coverage) <= UNCOVERED_TOLERANCE


def _strongest(answers: list[Answer]) -> Answer:
    return min(answers, key=STRENGTH.index)


def _near_the_origin(*geometries: BaseGeometry) -> tuple[BaseGeometry, ...]:
    """Move by whole metres, which is exact: northings of millions would cost digits in every product."""
    corner = np.floor(shapely.get_coordinates(geometries[0]).min(axis=0))
    return tuple(shapely.transform(geometry, lambda xy: xy - corner) for geometry in geometries)


def _by_area(parcel: BaseGeometry, zone: BaseGeometry) -> Decision:
    shared_area = float(parcel.intersection(zone).area)
    limit = min(1.0, 0.01 * parcel.area)
    return Decision(
        answer="affected" if shared_area >= limit else "not-affected",
        shared_area=shared_area,
        share=shared_area / parcel.area,
        distance=float(parcel.distance(zone)),
        depth=0.0,
        near_limit=abs(shared_area - limit) <= AREA_TOLERANCE,
    )


def _by_depth(parcel: BaseGeometry, zone: BaseGeometry, margin: float, may_be_close: bool) -> Decision:
    shared = _of_same_dimension(parcel.intersection(zone), zone)
    distance = float(parcel.distance(zone))
    depth = _deepest(shared, parcel, zone, margin)
    at_distance = not depth.exceeds and abs(distance - margin) <= LENGTH_TOLERANCE
    if depth.exceeds:
        answer: Answer = "affected"
    else:
        answer = "too-close" if may_be_close and distance <= margin else "not-affected"
    return Decision(
        answer, shared.area, shared.area / parcel.area, distance, depth.found, depth.near_limit or at_distance
    )


def _of_same_dimension(shared: BaseGeometry, zone: BaseGeometry) -> BaseGeometry:
    """Drop the places where P and Z only touch: they lie on both boundaries, so they have no depth."""
    parts = shapely.get_parts(shared)
    return shapely.union_all(parts[shapely.get_dimensions(parts) == shapely.get_dimensions(zone)])


def _deepest(shared: BaseGeometry, parcel: BaseGeometry, zone: BaseGeometry, margin: float) -> Depth:
    """The greater of both depths; the second is not searched when the first decides."""
    in_parcel = greatest_depth(shared, parcel.boundary, margin)
    if shapely.get_dimensions(zone) < 2 or in_parcel.certain:
        return in_parcel
    in_zone = greatest_depth(shared, zone.boundary, margin)
    if in_zone.certain:
        return in_zone
    return max(in_parcel, in_zone, key=lambda depth: depth.found)
