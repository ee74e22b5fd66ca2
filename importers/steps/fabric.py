"""Which layer is the fabric everything stands on: its features share the ground and may not lie over each other."""

from __future__ import annotations

from layers.declare import Layer
from layers.ground.parcels import Parcel


def is_fabric(layer: Layer) -> bool:
    return issubclass(layer.model, Parcel)
