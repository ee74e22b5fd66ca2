"""Protected areas on land (areas): national parks, nature reserves, species and habitat areas, landscapes.

Luật Đa dạng sinh học 20/2008/QH12; Luật Bảo vệ môi trường 72/2020/QH14.
"""

from __future__ import annotations

from django.contrib.gis.db import models

from layers.catalogue import register
from layers.declare import Field, LegendClass, Words, spoken
from layers.regulated import AREA_PAPER, FIELDS, MANAGER, RegulatedAreas, RegulatedLayer


class ProtectedArea(RegulatedAreas):
    kind = models.CharField(max_length=20)
    area_paper_ha = models.FloatField(null=True, blank=True)
    manager = models.CharField(max_length=160, blank=True)


register(
    RegulatedLayer(
        slug="protected-areas",
        title=Words("Khu bảo tồn thiên nhiên", "Protected areas"),
        theme="environment",
        model=ProtectedArea,
        fields=(
            *FIELDS,
            Field(
                "kind",
                Words("Loại khu bảo tồn", "Kind of protected area"),
                aliases=("LOAI", "LOAIKBT"),
                codes="protected_area_kind",
                public=True,
                required=True,
            ),
            AREA_PAPER,
            MANAGER,
        ),
        legend=(
            LegendClass(
                Words("Khu bảo tồn", "Protected area"),
                fill="#5b8f4b",
                line="#2f5d23",
                hatch="back-diagonal",
                width=2.2,
                opacity=0.22,
            ),
        ),
        minzoom=8,
        accuracy_m=10.0,
        legal_basis=Words(
            "Luật Đa dạng sinh học 20/2008/QH12; Luật Bảo vệ môi trường 72/2020/QH14",
            "Law on Biodiversity 20/2008/QH12; Law on Environmental Protection 72/2020/QH14",
        ),
        office=Words(
            "Ban quản lý khu bảo tồn; Sở Nông nghiệp và Môi trường",
            "The area's management board; Department of Agriculture and Environment",
        ),
        meaning=spoken(
            "{Subject} nằm trong khu bảo tồn: xây dựng, khai thác, xả thải và đưa loài lạ vào bị cấm hoặc hạn chế theo phân khu.",
            "The {subject} lies in a protected area: building, gathering, discharging and bringing in alien species are forbidden or restricted by subzone.",
        ),
        next_steps=Words(
            "Xem quyết định thành lập và quy chế quản lý; hỏi Ban quản lý trước mọi việc làm thay đổi hiện trạng.",
            "Read the decision and the rules of the area; ask its board before changing anything.",
        ),
    )
)
