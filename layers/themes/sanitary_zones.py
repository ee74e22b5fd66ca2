"""Sanitary protection zones of drinking-water intakes (areas).

Thông tư 24/2016/TT-BTNMT, article 5. On a river the zone follows the water (800 m up and 200 m down for a plant of
100 to 50,000 m³ a day in the plains), so the record is the shape of the decision and never a circle made here.
"""

from __future__ import annotations

from django.contrib.gis.db import models

from layers.catalogue import register
from layers.declare import Field, LegendClass, Words, spoken
from layers.regulated import FIELDS, RegulatedAreas, RegulatedLayer


class SanitaryZone(RegulatedAreas):
    works = models.CharField(max_length=200)
    water_source = models.CharField(max_length=120, blank=True)
    side = models.CharField(max_length=12, blank=True)
    capacity_m3_day = models.FloatField(null=True, blank=True)
    length_m = models.FloatField(null=True, blank=True)


register(
    RegulatedLayer(
        slug="sanitary-zones",
        title=Words("Vùng bảo hộ vệ sinh khu vực lấy nước sinh hoạt", "Sanitary zones of drinking-water intakes"),
        theme="water",
        model=SanitaryZone,
        fields=(
            *FIELDS,
            Field(
                "works",
                Words("Công trình lấy nước", "Intake works"),
                aliases=("CONGTRINH", "TENCT"),
                public=True,
                required=True,
            ),
            Field("water_source", Words("Nguồn nước", "Water source"), aliases=("NGUONNUOC", "SONG"), public=True),
            Field("side", Words("Phía", "Side"), aliases=("PHIA",), codes="intake_side", public=True),
            Field(
                "capacity_m3_day",
                Words("Quy mô khai thác", "Capacity"),
                aliases=("CONGSUAT", "QUYMO"),
                unit="m³/ngày",
                public=True,
            ),
            Field(
                "length_m",
                Words("Phạm vi tính từ điểm lấy nước", "Reach from the intake"),
                aliases=("PHAMVI", "CHIEUDAI"),
                unit="m",
                public=True,
            ),
        ),
        legend=(
            LegendClass(
                Words("Vùng bảo hộ vệ sinh", "Sanitary zone"),
                fill="#4fa3a5",
                line="#1d6b6d",
                hatch="cross",
                dash=(6, 2),
                width=2,
                opacity=0.2,
            ),
        ),
        minzoom=10,
        accuracy_m=5.0,
        legal_basis=Words(
            "Luật Tài nguyên nước 28/2023/QH15; Thông tư 24/2016/TT-BTNMT, điều 5",
            "Law on Water Resources 28/2023/QH15; Circular 24/2016/TT-BTNMT, article 5",
        ),
        meaning=spoken(
            "{Subject} nằm trong vùng bảo hộ vệ sinh của nơi lấy nước cấp cho sinh hoạt: xả thải, chăn nuôi, chôn lấp và hoạt động có thể làm bẩn nguồn nước bị hạn chế.",
            "The {subject} lies in the sanitary zone of a drinking-water intake: discharge, livestock, burying and whatever may foul the source are restricted.",
        ),
        next_steps=Words(
            "Trước khi xây chuồng trại, bể chứa, nhà vệ sinh hoặc xả thải, hỏi đơn vị cấp nước và Ủy ban nhân dân xã.",
            "Before building a stable, a tank or a toilet, or discharging, ask the water supplier and the commune.",
        ),
    )
)
