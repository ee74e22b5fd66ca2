"""Source protection corridors: the bank line of a river or lake, and how far from it the corridor reaches.

The record is the bank line itself, because the decision names a width from the bank; the corridor is all ground
within `width_m` of the line. Luật Tài nguyên nước 28/2023/QH15; Nghị định 53/2024/NĐ-CP, articles 21 to 25.
"""

from __future__ import annotations

from django.contrib.gis.db import models

from layers.catalogue import register
from layers.declare import Field, LegendClass, Words
from layers.regulated import FIELDS, RegulatedLayer, RegulatedLines


class SourceCorridor(RegulatedLines):
    river = models.CharField(max_length=80)
    bank = models.CharField(max_length=10, blank=True)
    function = models.CharField(max_length=2, blank=True)
    width_m = models.FloatField()


register(
    RegulatedLayer(
        slug="source-corridors",
        title=Words("Hành lang bảo vệ nguồn nước", "Water source protection corridors"),
        theme="water",
        model=SourceCorridor,
        fields=(
            *FIELDS,
            Field(
                "river",
                Words("Sông, kênh, hồ", "River, canal or lake"),
                aliases=("SONG", "NGUONNUOC"),
                public=True,
                required=True,
            ),
            Field("bank", Words("Bờ", "Bank"), aliases=("BO",), codes="bank", public=True),
            Field(
                "function",
                Words("Chức năng hành lang", "Function"),
                aliases=("CHUCNANG",),
                codes="corridor_function",
                public=True,
            ),
            Field(
                "width_m",
                Words("Chiều rộng hành lang", "Corridor width"),
                aliases=("CHIEURONG", "RONG"),
                unit="m",
                public=True,
                required=True,
            ),
        ),
        tile_fields=("code", "name", "width_m"),
        legend=(
            LegendClass(
                Words("Hành lang bảo vệ nguồn nước", "Source protection corridor"),
                fill="#2b7bb9",
                line="#1c5c8f",
                hatch="back-diagonal",
                width=2.2,
            ),
        ),
        minzoom=9,
        accuracy_m=1.0,
        reach="width_m",
        legal_basis=Words(
            "Luật Tài nguyên nước 28/2023/QH15; Nghị định 53/2024/NĐ-CP, điều 21 đến 25",
            "Law on Water Resources 28/2023/QH15; Decree 53/2024/NĐ-CP, articles 21 to 25",
        ),
        meaning=Words(
            "Phần đất này nằm trong hành lang bảo vệ bờ sông, kênh hoặc hồ: xây dựng, khoan đào, san lấp và xả thải bị hạn chế.",
            "This ground lies in the protection corridor of a river, canal or lake: building, digging, filling and discharging are restricted.",
        ),
        next_steps=Words(
            "Trước khi xây dựng hoặc san lấp, xem quyết định kèm mốc giới và hỏi Ủy ban nhân dân xã hoặc Sở Nông nghiệp và Môi trường.",
            "Before building or filling, read the decision with its boundary marks and ask the commune or the Department.",
        ),
    )
)
