"""Every recipe of the demo, in the order of publishing."""

from __future__ import annotations

from typing import Final

from importers.demo import coast, environment, intakes, minerals, recovery
from importers.demo.recipes import Recipe

RECIPES: Final[tuple[Recipe, ...]] = (
    *intakes.RECIPES, *minerals.RECIPES, *coast.RECIPES, *environment.RECIPES, *recovery.RECIPES,
)  # fmt: skip
