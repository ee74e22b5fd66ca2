"""On which parcel does somebody stand? His place with its circle of error, weighed against the borders of parcels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from layers.ground.parcels import PARCELS
from layers.queries import identify
from layers.queries.identify import MOST, Found

# A circle larger than this holds hundreds of parcels: naming them would help nobody.
FARTHEST_ACCURACY_M = 500.0


class Stands(StrEnum):
    ON = "on"  # the whole circle lies inside one parcel
    POSSIBLY = "possibly"  # parcels lie within the circle, and perhaps he stands between them
    NOWHERE = "nowhere"  # no parcel lies within the circle
    ANYWHERE = "anywhere"  # the circle is too large to say


@dataclass(frozen=True)
class Standing:
    """`parcels`: those within the circle, nearest first; `inside`: the middle of the circle lies in the first one;
    `more`: there are more than are named. `accuracy_m` is the radius of the circle."""

    stands: Stands
    accuracy_m: float
    parcels: tuple[Found, ...] = ()
    inside: bool = False
    more: bool = False


def stands(found: Sequence[Found], lon: float, lat: float, snapshot: int, accuracy_m: float) -> Standing:
    """From what was `found` within `accuracy_m` around the place (degrees, WGS 84)."""
    near = tuple(each for each in found if each.layer is PARCELS)
    if not near:
        return Standing(Stands.NOWHERE, accuracy_m)
    inside = near[0].distance_m == 0
    if inside and len(near) == 1 and identify.depth_m(near[0].feature_id, lon, lat, snapshot) >= accuracy_m:
        return Standing(Stands.ON, accuracy_m, near, inside)
    return Standing(Stands.POSSIBLY, accuracy_m, near, inside, more=len(near) >= MOST)


def standing_json(standing: Standing) -> dict[str, object]:
    return {
        "stands": standing.stands,
        "accuracy_m": standing.accuracy_m,
        "parcels": [found.feature_id for found in standing.parcels],
        "inside_first": standing.inside,
        "more": standing.more,
    }
