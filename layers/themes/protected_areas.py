"""Protected areas on land (areas): national parks, nature reserves, species and habitat areas, landscapes.

Luật Đa dạng sinh học 20/2008/QH12, article 16; Luật Bảo vệ môi trường 72/2020/QH14, article 20.
"""

from __future__ import annotations

from django.contrib.gis.db import models

from layers.catalogue import register
from layers.declare import Field, Layer, LegendClass, Words
from layers.regulated import FIELDS, RegulatedAreas


class ProtectedArea(RegulatedAreas):
    kind = models.CharField(max_length=20)
    area_paper_ha = models.FloatField(null=True, blank=True)
    manager = models.CharField(max_length=160, blank=True)


register(
    Layer(
        slug="protected-areas",
        title=Words("Khu bảo tồn thiên nhiên", "Protected areas"),
        theme="environment",
        model=ProtectedArea,
        key=("code",),
        scope=("decision_no",),
        label="name",
        search=("code", "name", "decision_no"),
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
            Field(
                "area_paper_ha",
                Words("Diện tích theo quyết định", "Area in the decision"),
                aliases=("DIENTICH", "DTICH", "DT_HA"),
                unit="ha",
                public=True,
            ),
            Field("manager", Words("Đơn vị quản lý", "Managed by"), aliases=("QUANLY", "BANQL"), public=True),
        ),
        tile_fields=("code", "name"),
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
        report="zones",
        legal_basis=Words(
            "Luật Đa dạng sinh học 20/2008/QH12, điều 16; Luật Bảo vệ môi trường 72/2020/QH14, điều 20",
            "Law on Biodiversity 20/2008/QH12, article 16; Law on Environmental Protection 72/2020/QH14, article 20",
        ),
        office=Words(
            "Ban quản lý khu bảo tồn; Sở Nông nghiệp và Môi trường",
            "The area's management board; Department of Agriculture and Environment",
        ),
        meaning=Words(
            "Thửa đất nằm trong khu bảo tồn: xây dựng, khai thác, xả thải và đưa loài lạ vào bị cấm hoặc hạn chế theo phân khu.",
            "The parcel lies in a protected area: building, gathering, discharging and bringing in alien species are forbidden or restricted by subzone.",
        ),
        next_steps=Words(
            "Xem quyết định thành lập và quy chế quản lý; hỏi Ban quản lý trước mọi việc làm thay đổi hiện trạng.",
            "Read the decision and the rules of the area; ask its board before changing anything.",
        ),
    )
)
