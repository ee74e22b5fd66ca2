"""What a half-typed query may become: a whole name, or the commune after the numbers of a red book."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext

from layers.ground.admin_units import ADMIN_UNITS, OLD
from layers.queries.suggest import Named, beginning
from layers.search.hits import in_sentence

MOST = 8
# "thửa 123 tờ 45 xã đông h": what stands behind the last number may be a commune.
_NUMBERED = re.compile(r"(?P<head>.*\d\w*[\s,;:]+)(?:(?:x|p|tt|ttr)(?:\.\s*|\s+))?(?P<tail>\D+)", re.IGNORECASE)


@dataclass(frozen=True)
class Suggestion:
    """`query`: what the search box will hold when it is chosen; `name` and `kind` are what is read."""

    query: str
    name: str
    kind: str


def suggest(typed: str) -> list[Suggestion]:
    """The likeliest completions, at most a few; none for fewer than two letters."""
    numbered = _NUMBERED.fullmatch(typed)
    head, tail = (numbered["head"], numbered["tail"]) if numbered else ("", typed)
    return [_suggestion(named, head) for named in beginning(typed, tail, MOST)]


def _suggestion(named: Named, head: str) -> Suggestion:
    if named.layer is not ADMIN_UNITS:
        return Suggestion(named.name, named.name, str(named.layer.title))
    if named.edition == OLD:
        kind = gettext("đơn vị cũ, {district}").format(district=in_sentence(named.district))
        return Suggestion(f"{head}{named.name}, {named.district}", named.name, kind)
    return Suggestion(f"{head}{named.name}", named.name, gettext("đơn vị hành chính từ 1/7/2025"))
