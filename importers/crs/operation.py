"""The one way from a delivered system to the storage plane. The datum operation is named here and nowhere else.

PROJ holds two operations between VN-2000 and WGS 84; for Thái Bình they lie 0.7 m apart, and programs choose by
area of use. EPSG:6960 has the parameters of Quyết định 05/2007/QĐ-BTNMT, so it is pinned.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer
from pyproj.transformer import TransformerGroup

from importers.crs.systems import System

OPERATION = "EPSG:6960"
STORAGE_EPSG = 9209
_CODE = int(OPERATION.removeprefix("EPSG:"))


@cache
def transformer(epsg: int) -> Transformer:
    """x, y (east, north; longitude, latitude) of that system to easting, northing of the storage plane, by OPERATION.

    Within VN-2000 no datum operation is needed. Raises LookupError when PROJ has not the pinned one.
    """
    group = TransformerGroup(epsg, STORAGE_EPSG, always_xy=True, allow_ballpark=False)
    for candidate in group.transformers:
        codes = {_id(operation.to_json_dict()) for operation in candidate.operations or ()}
        if _CODE in codes or (len(group.transformers) == 1 and not codes & _DATUM_OPERATIONS):
            return candidate
    raise LookupError(f"PROJ knows no way from EPSG:{epsg} to EPSG:{STORAGE_EPSG} by {OPERATION}")


# The other operations between VN-2000 and WGS 84 in the EPSG register; a way through one of them is never taken.
_DATUM_OPERATIONS = frozenset({5194})


def _id(operation: dict[str, Any]) -> int | None:
    code = operation.get("id", {}).get("code")
    return int(code) if code is not None else None


def to_storage(shapes: NDArray[np.object_], system: System, *, swapped: bool = False) -> NDArray[np.object_]:
    """Shapes of that system as new shapes in EPSG:9209 (metres). `swapped`: the file has north before east.

    A point that cannot be transformed becomes NaN, never infinite, so that checks can name its row.
    """
    way = transformer(system.epsg)

    def move(points: NDArray[np.float64]) -> NDArray[np.float64]:
        x, y = (points[:, 1], points[:, 0]) if swapped else (points[:, 0], points[:, 1])
        moved = np.column_stack(way.transform(x, y))
        moved[~np.isfinite(moved)] = np.nan
        return moved

    moved: NDArray[np.object_] = shapely.transform(shapes, move)
    return moved
