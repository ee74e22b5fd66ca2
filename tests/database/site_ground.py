"""The ground of the tests of sites: three fields in a row, and how a shape is typed as a table of corners."""

from __future__ import annotations

import shapely

from layers import catalogue
from layers.ground.parcels import PARCELS
from tests.database.province import box, deliver, parcel, publish_ground, survey


def publish_fields() -> None:
    """Three fields of 100 m by 50 m, every layer surveyed, and the cadastre as well."""
    publish_ground()
    deliver(PARCELS, *(parcel(n, box(100 * n - 100, 0, 100 * n, 50)) for n in (1, 2, 3)))
    deliver("coverage", survey("parcels", accuracy_m=2.0), *(survey(layer.slug) for layer in catalogue.reported()))


def table(shape: shapely.Geometry) -> str:
    places = list(shapely.get_coordinates(shape))[:-1]
    return "\n".join(f"{n}; {y:.2f}; {x:.2f}" for n, (x, y) in enumerate(places, 1))
