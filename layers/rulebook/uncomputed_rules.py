"""What this portal does not compute, printed with every answer: silence about a rule must not read as its absence.

A table with an edition like any other; the department adds a row when a law does, and ends it when we compute the rule.
"""

from __future__ import annotations

from django.db import models

from layers.catalogue import register
from layers.declare import Field, Layer, Words
from layers.rulebook.edition import EDITION, Edition


class UncomputedRule(Edition):
    """`why` says what is missing (no data, a distance along the river, a height); `ask` whom to ask instead."""

    code = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200, blank=True)
    why = models.CharField(max_length=400)
    why_en = models.CharField(max_length=400, blank=True)
    ask = models.CharField(max_length=200, blank=True)
    ask_en = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.code}: {self.title}"


UNCOMPUTED_RULES = register(
    Layer(
        slug="uncomputed-rules",
        title=Words("Quy tắc cổng chưa tính", "Rules the portal does not compute"),
        model=UncomputedRule,
        key=("code",),
        label="title",
        fields=(
            Field("code", Words("Mã", "Code"), aliases=("MA",), public=True, required=True),
            Field("title", Words("Quy tắc", "Rule"), aliases=("TEN", "QUYTAC"), public=True, required=True),
            Field("title_en", Words("Quy tắc (tiếng Anh)", "Rule (English)"), aliases=("TENTIENGANH",), public=True),
            Field("why", Words("Vì sao chưa tính", "Why not"), aliases=("LYDO",), public=True, required=True),
            Field("why_en", Words("Vì sao (tiếng Anh)", "Why not (English)"), aliases=("LYDOTIENGANH",), public=True),
            Field("ask", Words("Hỏi ở đâu", "Whom to ask"), aliases=("HOI", "COQUAN"), public=True),
            Field(
                "ask_en", Words("Hỏi ở đâu (tiếng Anh)", "Whom to ask (English)"), aliases=("HOITIENGANH",), public=True
            ),
            *EDITION,
        ),
        on_map=False,
    )
)
