"""Discharge permits (points): where waste water goes into a source by permit of the water law.

Permits of the older law stay valid to their end, or until an environmental licence replaces them (Luật Bảo vệ môi
trường 72/2020/QH14).
"""

from __future__ import annotations

from django.contrib.gis.db import models

from layers.catalogue import register
from layers.declare import Field, LegendClass, Words, spoken
from layers.measured import LIMITS
from layers.regulated import DRAWN, HOLDER, RegulatedLayer, RegulatedPoints


class DischargePermit(RegulatedPoints):
    holder = models.CharField(max_length=200, blank=True)
    works = models.CharField(max_length=200, blank=True)
    receiving_source = models.CharField(max_length=120)
    flow_m3_day = models.FloatField(null=True, blank=True)
    regime = models.CharField(max_length=120, blank=True)
    limit_edition = models.CharField(max_length=120, blank=True)
    limit_class = models.CharField(max_length=60, blank=True)


register(
    RegulatedLayer(
        slug="discharge-permits",
        title=Words("Giấy phép xả nước thải vào nguồn nước", "Permits to discharge waste water"),
        theme="water",
        model=DischargePermit,
        fields=(
            *DRAWN,
            HOLDER,
            Field("works", Words("Cơ sở, công trình", "Works"), aliases=("CONGTRINH", "COSO"), public=True),
            Field(
                "receiving_source",
                Words("Nguồn tiếp nhận", "Receiving source"),
                aliases=("NGUONTN", "NGUONTIEPNHAN"),
                public=True,
                required=True,
            ),
            Field(
                "flow_m3_day",
                Words("Lưu lượng xả", "Discharge"),
                aliases=("LUULUONG", "LUULUONGXA"),
                unit="m³/ngày",
                public=True,
            ),
            Field("regime", Words("Chế độ xả", "Regime"), aliases=("CHEDO", "CHEDOXA"), public=True),
            *LIMITS,
        ),
        legend=(
            LegendClass(
                Words("Điểm xả có giấy phép", "Licensed discharge"),
                fill="#6b6a2f",
                line="#45441a",
                symbol="triangle",
                opacity=1,
            ),
        ),
        minzoom=11,
        accuracy_m=5.0,
        legal_basis=Words(
            "Luật Tài nguyên nước 28/2023/QH15; Luật Bảo vệ môi trường 72/2020/QH14",
            "Law on Water Resources 28/2023/QH15; Law on Environmental Protection 72/2020/QH14",
        ),
        meaning=spoken(
            "Trên {subject} này có điểm xả nước thải đã được cấp giấy phép.",
            "A licensed discharge of waste water lies on this {subject}.",
        ),
        next_steps=Words(
            "Xem thời hạn và lưu lượng được phép; khi giấy phép sắp hết hạn, chủ cơ sở làm thủ tục giấy phép môi trường hoặc đăng ký môi trường. Thấy xả khác thường thì báo Ủy ban nhân dân xã.",
            "Look at the term and the flow allowed; before it ends, the operator applies for an environmental licence or registers. Tell the commune of any unusual discharge.",
        ),
    )
)
