"""Licensed wells (points): permits to take groundwater.

Luật Tài nguyên nước 28/2023/QH15; Nghị định 54/2024/NĐ-CP. Holders that are companies are shown, persons dropped.
"""

from __future__ import annotations

from django.contrib.gis.db import models

from layers.catalogue import register
from layers.declare import Field, LegendClass, Words, spoken
from layers.regulated import FIELDS, HOLDER, RegulatedLayer, RegulatedPoints


class LicensedWell(RegulatedPoints):
    holder = models.CharField(max_length=200, blank=True)
    aquifer = models.CharField(max_length=40, blank=True)
    depth_m = models.FloatField(null=True, blank=True)
    yield_m3_day = models.FloatField(null=True, blank=True)
    purpose = models.CharField(max_length=200, blank=True)


register(
    RegulatedLayer(
        slug="licensed-wells",
        title=Words("Giếng khai thác nước dưới đất có giấy phép", "Licensed groundwater wells"),
        theme="water",
        model=LicensedWell,
        fields=(
            *FIELDS,
            HOLDER,
            Field("aquifer", Words("Tầng chứa nước", "Aquifer"), aliases=("TANGCN", "TCN"), public=True),
            Field(
                "depth_m",
                Words("Chiều sâu giếng", "Well depth"),
                aliases=("CHIEUSAU",),
                unit="m",
                public=True,
            ),
            Field(
                "yield_m3_day",
                Words("Lưu lượng cho phép", "Licensed yield"),
                aliases=("LUULUONG",),
                unit="m³/ngày",
                public=True,
            ),
            Field("purpose", Words("Mục đích khai thác", "Purpose"), aliases=("MUCDICH",), public=True),
        ),
        legend=(
            LegendClass(
                Words("Giếng có giấy phép", "Licensed well"),
                fill="#1f6f8b",
                line="#0d3f52",
                width=2,
                opacity=1,
            ),
        ),
        minzoom=11,
        accuracy_m=5.0,
        legal_basis=Words(
            "Luật Tài nguyên nước 28/2023/QH15; Nghị định 54/2024/NĐ-CP",
            "Law on Water Resources 28/2023/QH15; Decree 54/2024/NĐ-CP",
        ),
        meaning=spoken(
            "Trên {subject} này có giếng khai thác nước dưới đất đã được cấp giấy phép.",
            "A licensed groundwater well stands on this {subject}.",
        ),
        next_steps=Words(
            "Xem thời hạn giấy phép; nếu muốn tiếp tục dùng, chuyển nhượng hoặc trám lấp giếng, liên hệ Sở Nông nghiệp và Môi trường trước khi giấy phép hết hạn.",
            "Look at the term of the licence; to go on using, transfer or seal the well, contact the Department before it ends.",
        ),
    )
)
