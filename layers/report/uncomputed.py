"""What the portal does not compute, told with every answer: silence about a rule must not read as its absence."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from layers.declare import Words
from layers.queries.parcels import as_of
from layers.queries.snapshots import Edition
from layers.report.not_computed import NotComputed
from layers.rulebook.uncomputed_rules import UNCOMPUTED_RULES, UncomputedRule


def both(vietnamese: str, english: str) -> Words:
    """A row's text in both languages; where nobody translated it, the Vietnamese one stands for both."""
    return Words(vietnamese, english or vietnamese)


def not_computed(there: Mapping[str, Edition], snapshot: int, day: date) -> tuple[NotComputed, ...]:
    """The list as of an answer. `there`: the layers published by the snapshot; of a list that is not, nothing."""
    edition = there.get(UNCOMPUTED_RULES.slug)
    return () if edition is None else listed(edition, snapshot, day)


@lru_cache(maxsize=256)
def listed(edition: Edition, snapshot: int, day: date) -> tuple[NotComputed, ...]:
    """The rows of an edition, the same in every answer as long as it stands; a row whose own edition ended is computed
    now, or gone."""
    rows = as_of(UncomputedRule, snapshot).order_by("code")
    return tuple(told(row) for row in rows if not row.is_outdated(day))


def told(row: UncomputedRule) -> NotComputed:
    return NotComputed(
        code=row.code,
        title=both(row.title, row.title_en),
        why=both(row.why, row.why_en),
        ask=both(row.ask, row.ask_en),
        legal_basis=row.legal_basis,
        edition=row.edition,
        source=row.source,
    )
