"""How the demo makes up records of a layer: a small table for each layer, one way to make a frame of it.

Numbers of decisions and names of holders are visibly made up ("minh họa"); nothing here speaks of a real place.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import geopandas as gpd
import numpy as np
import shapely

from importers.demo.drawing import Random
from importers.demo.layout import Plan
from importers.demo.plane import SEED, Shapes
from importers.demo.water import PROVINCE

Values = dict[str, Any]
SOURCE: Final = "Dữ liệu minh họa"
ENDED: Final[Values] = {"valid_until": "2024-12-31"}
DRAFT: Final[Values] = {"state": "draft", "valid_from": None, "valid_until": None}
# Where the generators of the recipes begin, after those of the other parts of the demo.
FIRST_SEED: Final = 50


@dataclass(frozen=True)
class Recipe:
    """`draw` gives the shapes, `tell` the name and the layer's own fields of record number 1, 2, …; `unlike` says
    which records differ from the common decision. Surveyed from what, when; `half_surveyed` names the commune (of
    every twenty) of which only one half was."""

    slug: str
    prefix: str
    draw: Callable[[Plan, Random], Shapes]
    tell: Callable[[int, shapely.Geometry, Random], Values]
    decision: str
    accuracy_m: float
    survey: tuple[str, str]
    unlike: Mapping[int, Values] = field(default_factory=dict)
    term: str | None = None
    half_surveyed: int | None = None


def company(number: int) -> str:
    return f"Công ty TNHH Minh họa {number:02d}"


def frame(recipe: Recipe, place: int, plan: Plan) -> gpd.GeoDataFrame:
    """All records of the recipe, the `place`th of the demo's."""
    random = np.random.default_rng([SEED, FIRST_SEED + place])
    shapes = recipe.draw(plan, random)
    rows = [
        record(recipe, number) | recipe.tell(number, shape, random) | recipe.unlike.get(number, {})
        for number, shape in enumerate(shapes, start=1)
    ]
    return gpd.GeoDataFrame(rows, geometry=shapes, crs=9209)


def record(recipe: Recipe, number: int) -> Values:
    """What all records of a recipe have in common."""
    return {
        "code": f"{recipe.prefix}-{number:03d}",
        "decision_no": recipe.decision.format(number=number),
        "decision_date": "2024-03-15",
        "issuer": PROVINCE,
        "valid_from": "2024-04-01",
        "valid_until": recipe.term,
        "state": "in-force",
        "accuracy_m": recipe.accuracy_m,
        "source": SOURCE,
    }
