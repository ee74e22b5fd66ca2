"""Sea areas granted for use (areas): who may use which piece of the sea, how deep and until when.

Nghị định 11/2021/NĐ-CP, amended by 65/2025/NĐ-CP.
"""

from __future__ import annotations

from django.contrib.gis.db import models

from layers.catalogue import register
from layers.declare import Field, LegendClass, Words, spoken
from layers.regulated import AREA_PAPER, FIELDS, HOLDER, RegulatedAreas, RegulatedLayer


class SeaArea(RegulatedAreas):
    holder = models.CharField(max_length=200, blank=True)
    purpose = models.CharField(max_length=200, blank=True)
    area_paper_ha = models.FloatField(null=True, blank=True)
    depth_used = models.CharField(max_length=120, blank=True)


register(
    RegulatedLayer(
        slug="sea-areas",
        title=Words("Khu vực biển đã giao", "Sea areas granted"),
        theme="coast",
        model=SeaArea,
        fields=(
            *FIELDS,
            HOLDER,
            Field("purpose", Words("Mục đích sử dụng", "Purpose"), aliases=("MUCDICH",), public=True),
            AREA_PAPER,
            Field(
                "depth_used",
                Words("Độ sâu, độ cao được sử dụng", "Depth or height used"),
                aliases=("DOSAU", "DOSAUSD"),
                public=True,
            ),
        ),
        legend=(
            LegendClass(
                Words("Khu vực biển đã giao", "Sea area granted"),
                fill="#6d8fc4",
                line="#37578c",
                hatch="diagonal",
                dash=(5, 2),
                width=1.8,
                opacity=0.22,
            ),
        ),
        minzoom=9,
        accuracy_m=5.0,
        legal_basis=Words(
            "Nghị định 11/2021/NĐ-CP (sửa đổi bởi Nghị định 65/2025/NĐ-CP)",
            "Decree 11/2021/NĐ-CP (amended by Decree 65/2025/NĐ-CP)",
        ),
        meaning=spoken(
            "Ranh {subject} chạm khu vực biển đã được giao cho một tổ chức sử dụng.",
            "The {subject} meets a sea area that was granted to an organisation.",
        ),
        next_steps=Words(
            "Xem quyết định giao khu vực biển và thời hạn; hỏi Ủy ban nhân dân xã (trong 3 hải lý) hoặc Sở Nông nghiệp và Môi trường trước khi nuôi trồng, neo đậu hay xây công trình.",
            "Read the grant and its term; ask the commune (within 3 nautical miles) or the Department of Agriculture and Environment before farming, mooring or building.",
        ),
    )
)
