"""What is delivered, what it would change, and why it may be refused."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["added", "changed", "removed", "same"]


@dataclass(frozen=True)
class Delivery:
    """Where rows come from and who answers for them; it stands in the history for ever."""

    name: str
    sha256: str
    publisher: str
    approver: str = ""
    note: str = ""


@dataclass(frozen=True)
class Difference:
    """A delivery against what is published. `examples` names at most a few features of each kind by their key."""

    added: int
    changed: int
    removed: int
    same: int
    examples: dict[Kind, list[tuple[str, ...]]] = field(default_factory=dict)

    @property
    def changes_nothing(self) -> bool:
        return not (self.added or self.changed or self.removed)


class PublishRefused(Exception):
    """The rows contradict what a published layer promises. `code` is one of REFUSALS, `keys` names the rows."""

    def __init__(self, code: str, keys: list[tuple[str, ...]]) -> None:
        super().__init__(f"{code}: {keys[:5]}")
        self.code, self.keys = code, keys


REFUSALS = ("duplicate-key", "invalid-shape", "empty-shape")
