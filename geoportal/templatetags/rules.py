"""Words of the rules in templates."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext

from geoportal.verdicts import STYLES
from layers.report.may_i import Verdict

register = template.Library()


@register.filter
def verdict_words(verdict: Verdict) -> str:
    """The verdict in the reader's language; undecided is no verdict of a rule, so it has words of its own."""
    return gettext("Chưa thể kết luận") if verdict == Verdict.UNDECIDED else str(STYLES[verdict.value].words)
