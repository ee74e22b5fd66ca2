"""How the state of a case is told: four steps, each with its word and its moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django import template
from django.utils.translation import gettext_lazy

from contact.mistakes import STEPS, State, Status

register = template.Library()

STATES: dict[State, object] = {
    State.RECEIVED: gettext_lazy("Đã nhận"),
    State.LOOKING: gettext_lazy("Đang xem xét"),
    State.ANSWERED: gettext_lazy("Đã trả lời"),
    State.CLOSED: gettext_lazy("Đã đóng"),
}


@dataclass(frozen=True)
class Step:
    words: str
    moment: datetime | None
    is_reached: bool
    is_now: bool


@register.filter
def steps(status: Status) -> list[Step]:
    """All steps; one that was passed over counts as reached."""
    now = STEPS.index(status.state)
    return [
        Step(str(STATES[state]), moment, place <= now, place == now)
        for place, (state, moment) in enumerate(status.moments)
    ]
