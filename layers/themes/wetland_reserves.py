"""Wetland reserves (areas) by subzone: strict protection, ecological restoration, buffer.

Luật Đa dạng sinh học 20/2008/QH12; Nghị định 66/2019/NĐ-CP on wetlands.
"""

from __future__ import annotations

from django.contrib.gis.db import models

from layers.catalogue import register
from layers.declare import Field, LegendClass, Words, spoken
from layers.regulated import AREA_PAPER, FIELDS, MANAGER, RegulatedAreas, RegulatedLayer


class WetlandReserve(RegulatedAreas):
    reserve = models.CharField(max_length=160)
    subzone = models.CharField(max_length=12)
    area_paper_ha = models.FloatField(null=True, blank=True)
    manager = models.CharField(max_length=160, blank=True)


register(
    RegulatedLayer(
        slug="wetland-reserves",
        title=Words("Khu bảo tồn đất ngập nước", "Wetland reserves"),
        theme="coast",
        model=WetlandReserve,
        fields=(
            *FIELDS,
            Field(
                "reserve",
                Words("Khu bảo tồn", "Reserve"),
                aliases=("KHUBT", "KHUBAOTON"),
                public=True,
                required=True,
            ),
            Field(
                "subzone",
                Words("Phân khu", "Subzone"),
                aliases=("PHANKHU",),
                codes="reserve_subzone",
                public=True,
                required=True,
            ),
            AREA_PAPER,
            MANAGER,
        ),
        tile_fields=("code", "name", "subzone"),
        legend_by="subzone",
        legend=(
            LegendClass(
                Words("Bảo vệ nghiêm ngặt", "Strict protection"),
                value="strict",
                fill="#5f9a6c",
                line="#2c5f3b",
                hatch="cross",
                width=2.2,
            ),
            LegendClass(
                Words("Phục hồi sinh thái", "Ecological restoration"),
                value="restoration",
                fill="#86b58b",
                line="#3f7550",
                hatch="diagonal",
            ),
            LegendClass(
                Words("Vùng đệm", "Buffer zone"),
                value="buffer",
                fill="#b2cfae",
                line="#5d8a62",
                hatch="dots",
                dash=(4, 3),
                opacity=0.18,
            ),
        ),
        minzoom=8,
        accuracy_m=10.0,
        legal_basis=Words(
            "Luật Đa dạng sinh học 20/2008/QH12; Nghị định 66/2019/NĐ-CP",
            "Law on Biodiversity 20/2008/QH12; Decree 66/2019/NĐ-CP",
        ),
        office=Words(
            "Ban quản lý khu bảo tồn; Sở Nông nghiệp và Môi trường",
            "The reserve's management board; Department of Agriculture and Environment",
        ),
        meaning=spoken(
            "{Subject} nằm trong khu bảo tồn đất ngập nước. Phân khu nào thì quy định của phân khu đó áp dụng: nghiêm ngặt nhất ở vùng lõi, nhẹ hơn ở vùng đệm.",
            "The {subject} lies in a wetland reserve. The rules of its subzone apply: strictest in the core, lighter in the buffer.",
        ),
        next_steps=Words(
            "Trước khi xây dựng, nuôi trồng, đào đắp hoặc khai thác, hỏi Ban quản lý khu bảo tồn và Sở Nông nghiệp và Môi trường.",
            "Before building, farming, digging or gathering, ask the reserve's board and the Department of Agriculture and Environment.",
        ),
    )
)
