"""Biosphere reserves (areas) by zone: core, buffer, transition.

Luật Bảo vệ môi trường 72/2020/QH14. Their lines come from small-scale maps.
"""

from __future__ import annotations

from django.contrib.gis.db import models

from layers.catalogue import register
from layers.declare import Field, LegendClass, Words, spoken
from layers.regulated import AREA_PAPER, FIELDS, MANAGER, RegulatedAreas, RegulatedLayer


class BiosphereReserve(RegulatedAreas):
    reserve = models.CharField(max_length=160)
    zone = models.CharField(max_length=12)
    area_paper_ha = models.FloatField(null=True, blank=True)
    manager = models.CharField(max_length=160, blank=True)


register(
    RegulatedLayer(
        slug="biosphere-reserves",
        title=Words("Khu dự trữ sinh quyển", "Biosphere reserves"),
        theme="environment",
        model=BiosphereReserve,
        fields=(
            *FIELDS,
            Field(
                "reserve",
                Words("Khu dự trữ sinh quyển", "Biosphere reserve"),
                aliases=("KHUDTSQ",),
                public=True,
                required=True,
            ),
            Field(
                "zone",
                Words("Vùng", "Zone"),
                aliases=("VUNG", "PHANVUNG"),
                codes="biosphere_zone",
                public=True,
                required=True,
            ),
            AREA_PAPER,
            MANAGER,
        ),
        tile_fields=("code", "name", "zone"),
        legend_by="zone",
        legend=(
            LegendClass(
                Words("Vùng lõi", "Core zone"),
                value="core",
                fill="#7c9a3e",
                line="#4d6620",
                hatch="cross",
                width=2.2,
                opacity=0.22,
            ),
            LegendClass(
                Words("Vùng đệm", "Buffer zone"),
                value="buffer",
                fill="#a3b86c",
                line="#687f36",
                hatch="back-diagonal",
                dash=(6, 2),
                opacity=0.18,
            ),
            LegendClass(
                Words("Vùng chuyển tiếp", "Transition zone"),
                value="transition",
                fill="#c8d49f",
                line="#869a56",
                hatch="dots",
                dash=(2, 3),
                opacity=0.15,
            ),
        ),
        minzoom=8,
        accuracy_m=20.0,
        legal_basis=Words(
            "Luật Bảo vệ môi trường 72/2020/QH14; Nghị định 08/2022/NĐ-CP",
            "Law on Environmental Protection 72/2020/QH14; Decree 08/2022/NĐ-CP",
        ),
        office=Words(
            "Ban quản lý khu dự trữ sinh quyển; Sở Nông nghiệp và Môi trường",
            "The reserve's board; Department of Agriculture and Environment",
        ),
        meaning=spoken(
            "{Subject} nằm trong khu dự trữ sinh quyển. Vùng lõi được bảo vệ nghiêm ngặt; ở vùng đệm và vùng chuyển tiếp người dân vẫn sinh sống, sản xuất, nhưng dự án phải xét tác động.",
            "The {subject} lies in a biosphere reserve. The core is strictly protected; in the buffer and transition zones people live and farm, but projects must consider their effect.",
        ),
        next_steps=Words(
            "Nếu lập dự án hoặc chuyển mục đích sử dụng đất, hỏi Sở Nông nghiệp và Môi trường về yêu cầu của vùng này.",
            "When planning a project or a change of land use, ask the Department of Agriculture and Environment what this zone requires.",
        ),
    )
)
