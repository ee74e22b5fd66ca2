"""Mineral areas (areas): the six kinds of the law, from where mining may go on to where it is forbidden.

Luật Địa chất và Khoáng sản 54/2024/QH15, articles 24 and 27; Nghị định 193/2025/NĐ-CP.
"""

from __future__ import annotations

from django.contrib.gis.db import models

from layers.catalogue import register
from layers.declare import Field, LegendClass, Words, spoken
from layers.regulated import AREA_PAPER, FIELDS, RegulatedAreas, RegulatedLayer


class MineralArea(RegulatedAreas):
    kind = models.CharField(max_length=24)
    mineral = models.CharField(max_length=120, blank=True)
    area_paper_ha = models.FloatField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)


register(
    RegulatedLayer(
        slug="mineral-areas",
        title=Words("Khu vực khoáng sản theo luật", "Mineral areas under the law"),
        theme="minerals",
        model=MineralArea,
        fields=(
            *FIELDS,
            Field(
                "kind",
                Words("Loại khu vực", "Kind of area"),
                aliases=("LOAIKV", "LOAIKHUVUC", "LOAI"),
                codes="mineral_area_kind",
                public=True,
                required=True,
            ),
            Field("mineral", Words("Khoáng sản", "Mineral"), aliases=("KHOANGSAN", "LOAIKS"), public=True),
            AREA_PAPER,
            Field("reason", Words("Lý do", "Reason"), aliases=("LYDO",), public=True),
        ),
        tile_fields=("code", "name", "kind"),
        legend_by="kind",
        legend=(
            LegendClass(
                Words("Hoạt động khoáng sản", "Mineral activity"),
                value="activity",
                fill="#b98a4e",
                line="#8a6128",
                hatch="diagonal",
            ),
            LegendClass(
                Words("Quy hoạch khoáng sản", "Mineral planning"),
                value="planning",
                fill="#d8b878",
                line="#9c7733",
                hatch="dots",
                dash=(5, 3),
                opacity=0.2,
            ),
            LegendClass(
                Words("Cấm hoạt động khoáng sản", "Mineral activity forbidden"),
                value="forbidden",
                fill="#b8604f",
                line="#8c3325",
                hatch="cross",
                width=2.2,
            ),
            LegendClass(
                Words("Tạm thời cấm hoạt động khoáng sản", "Temporarily forbidden"),
                value="temporarily-forbidden",
                fill="#c98e7f",
                line="#96493b",
                hatch="back-diagonal",
                dash=(4, 2),
                opacity=0.2,
            ),
            LegendClass(
                Words("Khoáng sản phân tán, nhỏ lẻ", "Small scattered minerals"),
                value="small-scattered",
                fill="#a89c72",
                line="#6f6439",
                hatch="dots",
                opacity=0.2,
            ),
            LegendClass(
                Words("Dự trữ khoáng sản quốc gia", "National mineral reserve"),
                value="national-reserve",
                fill="#86705a",
                line="#54412f",
                hatch="diagonal",
                dash=(8, 3),
                width=2.2,
                opacity=0.2,
            ),
        ),
        minzoom=9,
        accuracy_m=10.0,
        legal_basis=Words(
            "Luật Địa chất và Khoáng sản 54/2024/QH15, điều 24 và 27; Nghị định 193/2025/NĐ-CP",
            "Law on Geology and Minerals 54/2024/QH15, articles 24 and 27; Decree 193/2025/NĐ-CP",
        ),
        meaning=spoken(
            "{Subject} nằm trong một khu vực khoáng sản đã được khoanh định. Tùy loại khu vực, việc thăm dò, khai thác hoặc san gạt, lấy đất đá ở đây bị cấm, bị hạn chế hoặc chỉ được làm khi có giấy phép.",
            "The {subject} lies in a delimited mineral area. Depending on its kind, prospecting, mining or taking soil and rock is forbidden, restricted or allowed only with a permit.",
        ),
        next_steps=Words(
            "Xem loại khu vực và quyết định kèm theo; trước khi đào ao, lấy đất hoặc lập dự án, hỏi Sở Nông nghiệp và Môi trường.",
            "Look at the kind of area and its decision; before digging a pond, taking soil or planning a project, ask the Department of Agriculture and Environment.",
        ),
    )
)
