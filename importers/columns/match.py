"""Which column means which field: by the aliases of the layer's declaration, or by what the officer says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from importers.reader.personal import fold
from importers.text import ENCODINGS, decode
from layers.declare import Field, Layer

DBF_NAME_LENGTH = 10


@dataclass(frozen=True)
class Match:
    """`columns`: field -> delivered column. `rivals`: field -> all columns that would fit, where several do;
    `cut`: fields found by a name cut to ten characters; `wrong`: what an officer asked for that is not there."""

    columns: dict[str, str]
    rivals: dict[str, tuple[str, ...]]
    cut: frozenset[str]
    wrong: dict[str, str]

    def unused(self, delivered: Iterable[str]) -> list[str]:
        taken = set(self.columns.values())
        return [column for column in delivered if column not in taken]


def readings(column: str) -> Iterator[str]:
    """A column's name folded, as it stands and in each encoding it may have been typed in ("Sè tê" in TCVN3)."""
    yield fold(column)
    if not column.isascii():
        yield from (fold(decode(column, name)) for name in ENCODINGS if name != "unicode")


def match(layer: Layer, delivered: list[str], asked: Mapping[str, str], constants: Iterable[str]) -> Match:
    """Match `delivered` columns to the layer's fields; `asked` (field -> column, "" for none) wins; `constants` need no
    column."""
    fields = {field.name: field for field in layer.fields}
    columns = {name: column for name, column in asked.items() if name in fields and column in delivered}
    wrong = {name: column for name, column in asked.items() if column and name not in columns}
    rivals: dict[str, tuple[str, ...]] = {}
    cut: set[str] = set()
    for name, field in fields.items():
        if name in columns or name in set(constants) or asked.get(name) == "":
            continue
        free = [column for column in delivered if column not in columns.values()]
        fitting, was_cut = _fitting(field, free)
        if fitting:
            columns[name] = fitting[0]
            cut |= {name} if was_cut else set()
        if len(fitting) > 1:
            rivals[name] = tuple(fitting)
    return Match(columns, rivals, frozenset(cut), wrong)


def _fitting(field: Field, delivered: list[str]) -> tuple[list[str], bool]:
    """The columns that fit: the field's own name first, then its aliases in order, then names cut by a DBF."""
    wanted = list(dict.fromkeys(fold(name) for name in (field.name, *field.aliases, field.title.vi)))
    named = {column: set(readings(column)) for column in delivered}
    whole = [column for name in wanted for column in delivered if name in named[column]]
    if whole:
        return list(dict.fromkeys(whole)), False
    stems = [name for name in wanted if len(name) >= DBF_NAME_LENGTH]
    cut = [
        column
        for column in delivered
        if DBF_NAME_LENGTH - 1 <= len(column) <= DBF_NAME_LENGTH
        and any(stem.startswith(reading) for stem in stems for reading in named[column] if len(reading) > 4)
    ]
    return cut, bool(cut)
