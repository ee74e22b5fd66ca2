"""How the composition of a parcel is drawn and told: one bar of shares, and a word for what differs from today."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django import template
from django.utils.translation import gettext, gettext_lazy

from exports import tints
from layers.report.answers import Composition, PlannedPart

register = template.Library()

# From this share on a part of the bar has room for its code.
ROOM_FOR_CODE = 14
UNKNOWN_TINT = "#d9d2c5"
# Each look has a sample of its own beside its words: colour alone tells nothing.
AS_TODAY: dict[bool | None, tuple[str, object]] = {
    True: ("same", gettext_lazy("giống hiện trạng")),
    False: ("different", gettext_lazy("khác hiện trạng")),
    None: ("unknown", gettext_lazy("chưa so được với hiện trạng")),
}


@dataclass(frozen=True)
class Segment:
    """A part of the bar, in per cent of its length. `look`: same, different, unknown, several or bare."""

    start: Decimal
    share: Decimal
    middle: Decimal
    tint: str
    look: str
    code: str


@register.filter
def segments(plan: Composition) -> list[Segment]:
    """The bar of a composition: its parts in their order, and what is bare at the end."""
    looks = [(part.share_percent or Decimal(0), tint(part), look(part), codes(part)) for part in plan.parts]
    if plan.uncovered_percent:
        looks.append((plan.uncovered_percent, "none", "bare", ""))
    made, start = [], Decimal(0)
    for share, colour, kind, code in looks:
        shown = code if share >= ROOM_FOR_CODE else ""
        made.append(Segment(start, share, start + share / 2, colour, kind, shown))
        start += share
    return made


@register.filter
def tint(part: PlannedPart) -> str:
    return tints.land_use().get(part.kinds[0].code, UNKNOWN_TINT)


@register.filter
def look(part: PlannedPart) -> str:
    return "several" if len(part.kinds) > 1 else AS_TODAY[part.kinds[0].as_today][0]


@register.filter
def codes(part: PlannedPart) -> str:
    return " + ".join(kind.code for kind in part.kinds)


@register.filter
def against_today(part: PlannedPart) -> str:
    """Whether the part is what it is today, in words; of several kinds over each other, that they are."""
    if len(part.kinds) > 1:
        return gettext("các quy hoạch chồng lấn")
    return str(AS_TODAY[part.kinds[0].as_today][1])


@register.filter
def until(plan: Composition) -> str:
    """The plan's target years as a title says them: 2030, or 2030 and 2050."""
    return " – ".join(str(year) for year in sorted({*plan.years[:1], *plan.years[-1:]}))
