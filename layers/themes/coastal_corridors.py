"""Coastal protection corridors (areas): measured landward from the mean highest tide line, at least 100 m wide.

Luật Tài nguyên, môi trường biển và hải đảo 82/2015/QH13; Nghị định 40/2016/NĐ-CP, articles 31 to 41. A
corridor is a draft until it is approved and published.
"""

from __future__ import annotations

from django.contrib.gis.db import models

from layers.catalogue import register
from layers.declare import Field, LegendClass, Words, spoken
from layers.regulated import FIELDS, RegulatedAreas, RegulatedLayer


class CoastalCorridor(RegulatedAreas):
    commune = models.CharField(max_length=120, blank=True)
    description = models.CharField(max_length=300, blank=True)
    width_m = models.FloatField(null=True, blank=True)
    purpose = models.CharField(max_length=200, blank=True)


register(
    RegulatedLayer(
        slug="coastal-corridors",
        title=Words("Hành lang bảo vệ bờ biển", "Coastal protection corridors"),
        theme="coast",
        model=CoastalCorridor,
        fields=(
            *FIELDS,
            Field(
                "commune",
                Words("Xã theo quyết định", "Commune named in the decision"),
                aliases=("XA", "TENXA"),
                public=True,
            ),
            Field("description", Words("Mô tả ranh giới", "Description"), aliases=("MOTA", "RANHGIOI"), public=True),
            Field(
                "width_m",
                Words("Chiều rộng từ mực triều cao", "Width from the high tide line"),
                aliases=("CHIEURONG", "RONG"),
                unit="m",
                public=True,
            ),
            Field("purpose", Words("Mục đích bảo vệ", "Purpose"), aliases=("MUCDICH",), public=True),
        ),
        legend=(
            LegendClass(
                Words("Hành lang bảo vệ bờ biển", "Coastal protection corridor"),
                fill="#4c9a94",
                line="#1f625d",
                hatch="back-diagonal",
                dash=(7, 2),
                width=2.2,
                opacity=0.22,
            ),
        ),
        minzoom=9,
        accuracy_m=5.0,
        legal_basis=Words(
            "Luật Tài nguyên, môi trường biển và hải đảo 82/2015/QH13; Nghị định 40/2016/NĐ-CP, điều 31 đến 41 (sửa đổi bởi Nghị định 65/2025/NĐ-CP)",
            "Law on Marine and Island Resources and Environment 82/2015/QH13; Decree 40/2016/NĐ-CP, articles 31 to 41 (amended by Decree 65/2025/NĐ-CP)",
        ),
        meaning=spoken(
            "{Subject} nằm trong hành lang bảo vệ bờ biển: xây dựng mới, khai thác khoáng sản, san lấp và hoạt động làm sạt lở bờ bị cấm hoặc hạn chế.",
            "The {subject} lies in the coastal protection corridor: new building, mining, filling and whatever erodes the shore is forbidden or restricted.",
        ),
        next_steps=Words(
            "Trước khi xây dựng hoặc đào đắp, xem quyết định, mốc giới ngoài thực địa và hỏi Ủy ban nhân dân xã hoặc Sở Nông nghiệp và Môi trường.",
            "Before building or digging, read the decision, look for the marks on the ground and ask the commune or the Department of Agriculture and Environment.",
        ),
    )
)
