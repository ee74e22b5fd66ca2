"""Page after page of one list. A page begins behind the last result of the page before, so that what is published
meanwhile neither repeats a result nor hides one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from layers.queries.search import LIMIT
from layers.queries.search_records import MOST
from layers.search.coordinates import Reading
from layers.search.filters import Cursor, Filters
from layers.search.hits import Hit
from layers.search.places import Place
from layers.search.understanding import Understood


class PageGone(Exception):
    """The result behind which the page begins is no longer in the list."""


@dataclass(frozen=True)
class Found:
    """What the query was taken for, the results (exact ones first), and how many `more` there are. `spot`: how
    coordinates or a parcel code were read, in words; `trouble`: one sentence when something is wrong with them.
    `reading`: the same as it can be corrected. `total`: how many results there are in all, as far as one counts;
    `behind`: where the next page begins, None at the end."""

    understood: Understood
    place: Place
    results: list[Hit] = field(default_factory=list)
    more: int = 0
    spot: str = ""
    trouble: str = ""
    total: int = 0
    behind: Cursor | None = None
    reading: Reading | None = None


def reach(filters: Filters) -> int:
    """How many results to fetch: one page, or all that one may walk through, in search of where the page begins."""
    return MOST if filters.after else LIMIT


def page(results: Sequence[Hit], total: int, after: Cursor | None) -> tuple[list[Hit], int, Cursor | None]:
    """The results of the page, how many more follow, and where the next page begins. Raises PageGone."""
    start = 0
    if after:
        found = (at for at, hit in enumerate(results) if (hit.layer, hit.id) == (after.layer, after.feature_id))
        start = next(found, -1) + 1
        if not start:
            raise PageGone
    shown = list(results[start : start + LIMIT])
    more = total - start - len(shown)
    last = shown[-1] if shown else None
    goes_on = more > 0 and last is not None and last.id is not None and start + LIMIT < MOST
    return shown, more, Cursor("", last.layer, last.id or 0) if goes_on and last else None
