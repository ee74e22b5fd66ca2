"""Distances a law names from an object: a corridor of a river, a dyke or the coast. Data, so that no width is in code.

One row: an object (a layer, or the records of one kind in it), how far its rule reaches, and the article that says so.
A distance is measured from the drawn object, in every direction; what a rule adds (landward only, in towns only) stands
in `condition` in words and is for people to judge.
"""

from __future__ import annotations

from django.db import models

from layers.catalogue import register
from layers.declare import Field, Layer, Words
from layers.rulebook.edition import EDITION, Edition


class StatutoryDistance(Edition):
    """`object_layer` is a layer's slug, `kind` the value its legend tells classes by (empty: every record of it)."""

    code = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200, blank=True)
    object_layer = models.CharField(max_length=60)
    kind = models.CharField(max_length=40, blank=True)
    width_m = models.FloatField()
    condition = models.CharField(max_length=400, blank=True)
    condition_en = models.CharField(max_length=400, blank=True)

    def __str__(self) -> str:
        return f"{self.code}: {self.width_m} m"


STATUTORY_DISTANCES = register(
    Layer(
        slug="statutory-distances",
        title=Words("Khoảng cách theo luật", "Statutory distances"),
        model=StatutoryDistance,
        key=("code",),
        label="title",
        fields=(
            Field("code", Words("Mã", "Code"), aliases=("MA",), public=True, required=True),
            Field("title", Words("Quy tắc", "Rule"), aliases=("TEN", "QUYTAC"), public=True, required=True),
            Field("title_en", Words("Quy tắc (tiếng Anh)", "Rule (English)"), aliases=("TENTIENGANH",), public=True),
            Field(
                "object_layer",
                Words("Đo từ lớp", "Measured from the layer"),
                aliases=("LOPDOITUONG",),
                public=True,
                required=True,
            ),
            Field("kind", Words("Loại đối tượng", "Kind of object"), aliases=("LOAI",), public=True),
            Field(
                "width_m",
                Words("Khoảng cách", "Distance"),
                aliases=("KHOANGCACH", "CHIEURONG"),
                unit="m",
                public=True,
                required=True,
            ),
            Field("condition", Words("Điều kiện", "Condition"), aliases=("DIEUKIEN",), public=True),
            Field(
                "condition_en",
                Words("Điều kiện (tiếng Anh)", "Condition (English)"),
                aliases=("DIEUKIENTIENGANH",),
                public=True,
            ),
            *EDITION,
        ),
        on_map=False,
    )
)
