"""Coverage is data: where a layer has been surveyed, when, from what, how accurately. No row: not assessed."""

from __future__ import annotations

from django.contrib.gis.db import models

from layers.catalogue import register
from layers.declare import Field, Layer, Words
from layers.versioned import Areas


class Coverage(Areas):
    layer = models.SlugField(max_length=60)
    name = models.CharField(max_length=120)
    completeness = models.CharField(max_length=200, blank=True)

    class Meta(Areas.Meta):
        indexes = [*Areas.Meta.indexes, models.Index(fields=["layer"], name="coverage_layer")]

    def __str__(self) -> str:
        return f"{self.layer}: {self.name}"


COVERAGE = register(
    Layer(
        slug="coverage",
        title=Words("Vùng đã khảo sát", "Surveyed areas"),
        model=Coverage,
        key=("layer", "name"),
        scope=("layer",),
        label="name",
        fields=(
            Field("layer", Words("Lớp dữ liệu", "Layer"), public=True, required=True),
            Field("name", Words("Vùng", "Area"), public=True, required=True),
            Field("completeness", Words("Mức đầy đủ", "Completeness"), public=True),
        ),
        on_map=False,
    )
)
