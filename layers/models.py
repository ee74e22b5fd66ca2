"""Imports every declaration, so that Django finds the models and the catalogue the layers: one file, one layer."""

from importlib import import_module
from pkgutil import iter_modules

import layers.ground
import layers.rulebook
import layers.themes
from layers.revisions import Revision
from layers.stretches import Measurable, Stretch
from layers.twins import CoveragePiece, ZoneEdge, ZonePiece
from layers.undecided import UndecidedRate
from layers.withdrawals import Withdrawal

for _package in (layers.ground, layers.themes, layers.rulebook):
    for _module in sorted(module.name for module in iter_modules(_package.__path__)):
        import_module(f"{_package.__name__}.{_module}")

__all__ = ["CoveragePiece", "Measurable", "Revision", "Stretch", "UndecidedRate", "Withdrawal", "ZoneEdge", "ZonePiece"]
