"""What was read of an edition of a layer, kept in this process: an edition holds the same rows for ever, and many
answers ask for the same few (a commune's name, the survey that a parcel lies in)."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import lru_cache
from typing import Any, TypeVar

from layers.queries.snapshots import Edition

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")
# Of the layers kept, the present and a few editions before.
EDITIONS = 32


@lru_cache(maxsize=EDITIONS)
def shelf(layer: str, edition: Edition) -> dict[Any, Any]:
    """What is kept of one edition, by key; None: looked for, and not there."""
    return {}


def kept(
    layer: str, edition: Edition | None, keys: set[Key], read: Callable[[set[Key]], dict[Key, Value]]
) -> dict[Key, Value]:
    """The values of the keys; only what was never read of the edition is read. Without an edition all of it is."""
    if edition is None:
        return read(keys)
    held = shelf(layer, edition)
    missing = {key for key in keys if key not in held}
    if missing:
        found = read(missing)
        held |= {key: found.get(key) for key in missing}
    return {key: value for key in keys if (value := held[key]) is not None}
