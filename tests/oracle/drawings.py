"""What a hand-made case is made of: its row, and the drawings that several cases share."""

from __future__ import annotations

from typing import NamedTuple

import shapely
from shapely.geometry.base import BaseGeometry

SITE = (583_000.0, 2_260_000.0)  # a place in the province, EPSG:9209


class Case(NamedTuple):
    """One row of the table: drawings in metres from `SITE`, and the answer. Area in m², distance in metres.

    None: not said, because it is not a round number. `at_limit`: lies on a limit on purpose. `broken`: an
    invalid drawing; the database never stores one: repair it before it is inserted, as an import does.
    """

    name: str
    parcel: str
    zone: str
    margin: float
    answer: str
    area: float | None = 0.0
    share: float | None = 0.0
    distance: float | None = 0.0
    whole_parcels: bool = False
    at_limit: bool = False
    broken: bool = False

    def parcel_at_site(self) -> BaseGeometry:
        return at_site(self.parcel)

    def zone_at_site(self) -> BaseGeometry:
        return at_site(self.zone)


def at_site(wkt: str) -> BaseGeometry:
    return shapely.transform(shapely.from_wkt(wkt), lambda xy: xy + SITE)


def box(x0: float, y0: float, x1: float, y1: float) -> str:
    return f"POLYGON {_ring(x0, y0, x1, y1)}"


def boxes(*corners: tuple[float, float, float, float]) -> str:
    return f"MULTIPOLYGON ({', '.join(_ring(*corner) for corner in corners)})"


def _ring(x0: float, y0: float, x1: float, y1: float) -> str:
    return f"(({x0} {y0}, {x1} {y0}, {x1} {y1}, {x0} {y1}, {x0} {y0}))"


FIELD = box(0, 0, 100, 50)  # 5,000 m²
LANE = box(0, 0, 100, 8)  # 800 m², nowhere deeper than 4 m
HOUSE = box(0, 0, 4, 10)  # 40 m², nowhere deeper than 2 m
HUT = box(0, 0, 6, 5)  # 30 m²
FRAME = "POLYGON ((0 0, 100 0, 100 50, 0 50, 0 0), (30 10, 70 10, 70 40, 30 40, 30 10))"
BOW_TIE = "POLYGON ((20 10, 60 40, 60 10, 20 40, 20 10))"  # two triangles of 300 m²
CORNER_FIELD = "POLYGON ((0 0, 100 0, 100 20, 20 20, 20 100, 0 100, 0 0))"  # L, 3,600 m²
TWO_FIELDS = boxes((0, 0, 40, 50), (60, 0, 100, 50))  # 4,000 m²
SLIVERS = boxes(*((x * 0.25, 20, x * 0.25 + 0.125, 27.2) for x in range(200)))  # 200 of 0.9 m²
