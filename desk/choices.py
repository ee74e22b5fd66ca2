"""What an officer said about a file, between the form, the table (JSON) and the engine."""

from __future__ import annotations

import datetime
from typing import Any

from importers.columns import match
from importers.steps.context import Choices
from layers.declare import Layer

NOTHING: dict[str, Any] = {
    "crs": None,
    "encodings": {},
    "mapping": {},
    "constants": {},
    "fix": False,
    "accuracy_m": None,
    "source": "",
    "surveyed_on": None,
    "sublayer": None,
    "commune": "",
    "document": "",
}


# What an officer said of a file holds for the same file corrected; its columns may be others.
OF_THE_SAME_SURVEY = ("crs", "encodings", "fix", "accuracy_m", "source", "surveyed_on", "document")


def again(before: dict[str, Any], commune: str) -> dict[str, Any]:
    """The choices of a new delivery, with what was said of the one that it stands instead of (`before`; may be {})."""
    return NOTHING | {name: before[name] for name in OF_THE_SAME_SURVEY if name in before} | {"commune": commune}


def of(stored: dict[str, Any]) -> Choices:
    """For the engine. What is accepted is no choice of columns: the desk keeps it finding by finding."""
    said = NOTHING | stored
    return Choices(
        crs=said["crs"] or None,
        encodings=said["encodings"],
        mapping=said["mapping"],
        constants=constants(said),
        fix=said["fix"],
        accuracy_m=said["accuracy_m"],
        source=said["source"],
        surveyed_on=datetime.date.fromisoformat(said["surveyed_on"]) if said["surveyed_on"] else None,
        commune=said["commune"],
    )


def constants(said: dict[str, Any]) -> dict[str, str]:
    return {name: value for name, value in said["constants"].items() if value}


def with_commune(said: dict[str, Any], layer: Layer, delivered: list[str]) -> dict[str, Any]:
    """The commune named on sending stands for all rows of a file that has no column for it."""
    field = "commune_code"
    is_field = field in {known.name for known in layer.fields}
    if said["commune"] and is_field and field not in match(layer, delivered, said["mapping"], ()).columns:
        return {**said, "constants": {**said["constants"], field: said["commune"]}}
    return said
