"""The outlines a delivery is held against, from the communes that are published."""

from __future__ import annotations

from collections import defaultdict

import shapely
from shapely.geometry.base import BaseGeometry

from importers.steps.context import WINDOW, Ground
from layers.ground.admin_units import NEW, AdminSuccession, AdminUnit
from layers.versioned import NOW


def published_ground() -> Ground:
    """Province and communes of the present. A bare commune code may mean an old or a new unit, so it gets both: its
    own shapes, and for an old commune without one the shapes of the communes it went into."""
    shapes: dict[str, list[BaseGeometry]] = defaultdict(list)
    new: dict[str, BaseGeometry] = {}
    codes: set[str] = set()
    undrawn_new = 0
    for unit in AdminUnit.objects.filter(NOW).only("edition", "code", "geom"):
        codes.add(unit.code)
        if unit.geom is not None:
            shape = shapely.from_wkb(bytes(unit.geom.wkb))
            shapes[unit.code].append(shape)
            if unit.edition == NEW:
                new[unit.code] = shape
        elif unit.edition == NEW:
            undrawn_new += 1
    for old, successor in AdminSuccession.objects.filter(NOW).values_list("old_code", "new_code"):
        if successor in new:
            shapes[old].append(new[successor])
    whole = bool(new) and not undrawn_new
    return Ground(
        province=shapely.union_all(list(new.values())) if whole else WINDOW,
        communes={code: shapely.union_all(parts) for code, parts in shapes.items()},
        codes=frozenset(codes),
    )
