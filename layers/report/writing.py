"""Values of an answer as canonical JSON, in one pass: the bytes that `canonical.plain` and the standard library give,
but declarations and their words, half of every answer, are written only once."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from json.encoder import encode_basestring
from operator import attrgetter
from types import NoneType
from typing import Any

from layers.declare import Layer, Words
from layers.report.answers import MayApply
from layers.report.not_computed import NotComputed
from layers.report.sites import Rule

Write = Callable[[Any], str]


def written(value: Any) -> str:
    """A value of an answer as canonical JSON."""
    kind = type(value)
    write = BY_CLASS.get(kind)
    if write is None:
        write = BY_CLASS[kind] = writer(kind)
    return write(value)


def writer(kind: type) -> Write:
    """How values of one class are written."""
    for known, write in WRITERS:
        if issubclass(kind, known):
            return write
    return of_members(kind) if is_dataclass(kind) else standard


def of_members(kind: type) -> Write:
    names = sorted(field.name for field in fields(kind))
    form = "{" + ",".join(f'"{name}":%s' for name in names) + "}"
    # With one name it would give the member itself, not a list of one.
    members = attrgetter(*names) if len(names) > 1 else lambda value: (getattr(value, names[0]),)

    def write(value: Any) -> str:
        # As `written` does, without a call for each of the thousands of values.
        return form % tuple([(of(type(one)) or written)(one) for one in members(value)])

    return write


def of_kept(kind: type) -> Write:
    """Writes an object once, and keeps the text with it: one that many answers share."""
    write = of_members(kind)

    def written_once(value: Any) -> str:
        text: str = value.__dict__.setdefault("written", None) or write(value)
        value.__dict__["written"] = text
        return text

    return written_once


def object_of(values: dict[str, str]) -> str:
    """An object of members that are written already."""
    return "{" + ",".join(f'"{name}":{values[name]}' for name in sorted(values)) + "}"


@cache
def of_words(words: Words) -> str:
    return standard(both(words))


@cache
def of_layer(layer: Layer) -> str:
    return standard(declared(layer))


def standard(value: Any) -> str:
    """Plain JSON values as canonical text."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def both(words: Words) -> dict[str, str]:
    return {"vi": words.vi, "en": words.en}


def declared(layer: Layer) -> dict[str, Any]:
    """What of a declaration explains an answer."""
    told = {
        "title": layer.title,
        "legal_basis": layer.legal_basis,
        "office": layer.office,
        "meaning": layer.meaning,
        "next_steps": layer.next_steps,
    }
    return {"slug": layer.slug, **{name: both(words) for name, words in told.items()}}


def of_list(values: list[Any] | tuple[Any, ...]) -> str:
    return "[" + ",".join([(of(type(value)) or written)(value) for value in values]) + "]"


# The first that fits: a truth is a number too, a word of an enumeration a text, a moment a day.
WRITERS: tuple[tuple[type, Write], ...] = (
    (Layer, of_layer),
    (Words, of_words),
    (MayApply, of_kept(MayApply)),
    (NotComputed, of_kept(NotComputed)),
    (Rule, of_kept(Rule)),
    (bool, lambda value: "true" if value else "false"),
    (Enum, lambda value: standard(value.value)),
    (str, encode_basestring),
    (int, int.__repr__),
    (float, float.__repr__),
    (Decimal, lambda value: float.__repr__(float(value))),
    (datetime, lambda value: f'"{value.isoformat()}"'),
    (date, lambda value: f'"{value.isoformat()}"'),
    (list, of_list),
    (tuple, of_list),
    (NoneType, lambda value: "null"),
)
# Filled with every class that was met.
BY_CLASS: dict[type, Write] = {}
of = BY_CLASS.get
