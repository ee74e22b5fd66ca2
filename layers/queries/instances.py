"""Rows of a table as instances of its model, by prepared statements: what every answer asks, Django's own questions
would plan and compile anew each time (tried: nine of them were half of a report's time)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, TypeVar

from django.db.models import Field, GeneratedField

from layers.queries import prepared
from layers.versioned import Versioned

Row = TypeVar("Row", bound=Versioned)
# What an answer does not need of a row; read later, such a column costs a question of its own.
LEFT_OUT = frozenset({"digest", "geom", "geom_3857", "plain_shape"})

AS_OF = "since <= %(snapshot)s AND (until IS NULL OR until > %(snapshot)s)"


def instances(model: type[Row], rest: str, values: Mapping[str, object]) -> list[Row]:
    """The rows that `rest` (all after FROM and the table) chooses, without shapes."""
    names = columns(model)
    statement = f"SELECT {', '.join(names)} FROM {model._meta.db_table} {rest}"  # noqa: S608  # names are the model's
    return [model.from_db("default", names, told) for told in prepared.rows("default", statement, values)]


@cache
def columns(model: type[Versioned]) -> tuple[str, ...]:
    """The names of what is read of a model, in the order in which it takes them."""
    own: tuple[Field[Any, Any], ...] = model._meta.concrete_fields
    kept = (field for field in own if not isinstance(field, GeneratedField))
    return tuple(field.attname for field in kept if field.name not in LEFT_OUT)
