"""Surface-water permits (points): works that take water from rivers, canals and lakes by permit.

Luật Tài nguyên nước 28/2023/QH15; Nghị định 54/2024/NĐ-CP.
"""

from __future__ import annotations

from django.contrib.gis.db import models

from layers.catalogue import register
from layers.declare import Field, LegendClass, Words, spoken
from layers.regulated import DRAWN, HOLDER, RegulatedLayer, RegulatedPoints


class SurfaceWaterPermit(RegulatedPoints):
    holder = models.CharField(max_length=200, blank=True)
    works = models.CharField(max_length=200, blank=True)
    water_source = models.CharField(max_length=120)
    purpose = models.CharField(max_length=200, blank=True)
    yield_m3_day = models.FloatField(null=True, blank=True)
    flow_m3_s = models.FloatField(null=True, blank=True)
    regime = models.CharField(max_length=120, blank=True)


register(
    RegulatedLayer(
        slug="surface-water-permits",
        title=Words("Giấy phép khai thác nước mặt", "Permits to take surface water"),
        theme="water",
        model=SurfaceWaterPermit,
        fields=(
            *DRAWN,
            HOLDER,
            Field("works", Words("Công trình", "Works"), aliases=("CONGTRINH", "TENCT"), public=True),
            Field(
                "water_source",
                Words("Nguồn nước khai thác", "Water source"),
                aliases=("NGUONNUOC", "SONG"),
                public=True,
                required=True,
            ),
            Field("purpose", Words("Mục đích khai thác", "Purpose"), aliases=("MUCDICH",), public=True),
            Field(
                "yield_m3_day",
                Words("Lượng nước cho phép", "Volume allowed"),
                aliases=("LUONGNUOC", "LUULUONG"),
                unit="m³/ngày",
                public=True,
            ),
            Field(
                "flow_m3_s",
                Words("Lưu lượng lớn nhất", "Largest flow"),
                aliases=("LUULUONGMAX", "QMAX"),
                unit="m³/s",
                public=True,
            ),
            Field("regime", Words("Chế độ khai thác", "Regime"), aliases=("CHEDO",), public=True),
        ),
        legend=(
            LegendClass(
                Words("Điểm lấy nước có giấy phép", "Licensed intake"),
                fill="#2f74c0",
                line="#164a85",
                symbol="square",
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
            "Trên {subject} này có công trình khai thác nước mặt đã được cấp giấy phép.",
            "Works that take surface water by permit stand on this {subject}.",
        ),
        next_steps=Words(
            "Xem thời hạn và lượng nước cho phép; muốn gia hạn, điều chỉnh hoặc chuyển nhượng, liên hệ Sở Nông nghiệp và Môi trường trước khi giấy phép hết hạn.",
            "Look at the term and the volume allowed; to prolong, change or transfer the permit, contact the Department of Agriculture and Environment before it ends.",
        ),
    )
)
