"""Mean high and mean low water lines (lines): from the first the corridor is measured, from the second the coastal zone.

Nghị định 40/2016/NĐ-CP, article 8: averages over 18.6 years. Neither is the shore of the base map.
"""

from __future__ import annotations

from django.contrib.gis.db import models

from layers.catalogue import register
from layers.declare import Field, LegendClass, Words
from layers.regulated import DRAWN, RegulatedLayer, RegulatedLines


class TideLine(RegulatedLines):
    kind = models.CharField(max_length=12)
    height_m = models.FloatField(null=True, blank=True)
    height_datum = models.CharField(max_length=80, blank=True)


register(
    RegulatedLayer(
        slug="tide-lines",
        title=Words("Đường mực nước triều trung bình nhiều năm", "Mean tide lines"),
        theme="coast",
        model=TideLine,
        fields=(
            *DRAWN,
            Field(
                "kind",
                Words("Loại đường", "Kind of line"),
                aliases=("LOAI", "LOAIDUONG"),
                codes="tide_line_kind",
                public=True,
                required=True,
            ),
            Field("height_m", Words("Cao độ", "Height"), aliases=("CAODO", "DOCAO"), unit="m", public=True),
            Field(
                "height_datum",
                Words("Hệ độ cao", "Height datum"),
                aliases=("HEDOCAO",),
                public=True,
            ),
        ),
        tile_fields=("code", "name", "kind"),
        legend_by="kind",
        legend=(
            LegendClass(
                Words("Triều cao trung bình", "Mean high water"),
                value="mean-high",
                fill="#2f4f7f",
                line="#2f4f7f",
                width=2.4,
            ),
            LegendClass(
                Words("Triều thấp trung bình", "Mean low water"),
                value="mean-low",
                fill="#5a79a8",
                line="#5a79a8",
                dash=(4, 3),
                width=2,
            ),
        ),
        minzoom=9,
        accuracy_m=5.0,
        report="none",
        legal_basis=Words("Nghị định 40/2016/NĐ-CP, điều 8", "Decree 40/2016/NĐ-CP, article 8"),
    )
)
