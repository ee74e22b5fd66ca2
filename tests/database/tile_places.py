"""Where a tile lies, and asking for one and reading it with another library than the one that made it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import mapbox_vector_tile
from django.test import Client
from pyproj import Transformer

from layers import public
from layers.declare import Layer
from layers.queries.snapshots import newest
from tests.database.province import SOUTH, WEST

TO_WGS84 = Transformer.from_crs(9209, 4326, always_xy=True)


@dataclass(frozen=True)
class Place:
    """A tile, and where on it (4096 units, y down) a point of the province's plane must be."""

    z: int
    x: int
    y: int

    def unit(self, east: float, north: float) -> tuple[float, float]:
        across, down = world(east, north)
        return (across * 2**self.z - self.x) * 4096, (down * 2**self.z - self.y) * 4096


def world(east: float, north: float) -> tuple[float, float]:
    """How far across and down the Mercator world, 0 to 1, by the textbook's formula on pyproj's degrees."""
    lon, lat = TO_WGS84.transform(east, north)
    return (lon + 180) / 360, (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2


def tile_at(z: int, east: float = WEST + 50, north: float = SOUTH + 25) -> Place:
    across, down = world(east, north)
    return Place(z, int(across * 2**z), int(down * 2**z))


def address(layer: Layer, place: Place, snapshot: int | None = None) -> str:
    template = public.tile_address(layer, snapshot or newest() or 0)
    assert template is not None
    return template.format(z=place.z, x=place.x, y=place.y)


def get(client: Client, layer: Layer, place: Place, snapshot: int | None = None) -> Any:
    return client.get(address(layer, place, snapshot))


def decoded(answer: Any) -> dict[str, Any]:
    """The one layer of a tile; y down, as it is written."""
    assert answer.status_code == 200, answer.content
    [layer] = mapbox_vector_tile.decode(answer.content, default_options={"y_coord_down": True}).values()
    return dict(layer)


def features(answer: Any) -> list[dict[str, Any]]:
    return list(decoded(answer)["features"])
