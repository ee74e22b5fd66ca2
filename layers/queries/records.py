"""The public values of records and of surveys by their rows: one prepared question each."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from typing import Any

from layers.declare import Layer
from layers.queries import prepared

Record = dict[str, Any]


def public_records(layer: Layer, rows: Collection[int]) -> dict[int, Record]:
    """What may be told of the rows, with the id of the feature, by row id."""
    if not rows:
        return {}
    names, statement = question(layer)
    found = prepared.rows("default", statement, {"rows": list(rows)})
    return {row_id: dict(zip(names, told, strict=True)) for row_id, *told in found}


@cache
def question(layer: Layer) -> tuple[tuple[str, ...], str]:
    names = ("feature_id", *(field.name for field in layer.public_fields))
    told = ", ".join(f'"{name}"' for name in names)
    return names, f"SELECT row_id, {told} FROM {layer.table} WHERE row_id = ANY(%(rows)s)"  # noqa: S608  # the model's


SURVEYED = """
    SELECT row_id, name, surveyed_on, source, accuracy_m, completeness
    FROM layers_coverage WHERE row_id = ANY(%(rows)s)"""


def surveyed(rows: Collection[int]) -> list[tuple[Any, ...]]:
    """Of rows of the coverage: id, name, day, source, accuracy (m), how complete."""
    return prepared.rows("default", SURVEYED, {"rows": list(rows)}) if rows else []
