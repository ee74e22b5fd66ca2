"""Mineral permits (areas): who may explore or extract what, where, how deep and until when.

Luật Địa chất và Khoáng sản 54/2024/QH15; Nghị định 193/2025/NĐ-CP. The corner table of the permit beats the drawn
line. A river moves, the permit does not.
"""

from __future__ import annotations

from django.contrib.gis.db import models

from layers.catalogue import register
from layers.declare import Field, LegendClass, Words, spoken
from layers.regulated import AREA_PAPER, FIELDS, HOLDER, RegulatedAreas, RegulatedLayer


class MineralPermit(RegulatedAreas):
    holder = models.CharField(max_length=200, blank=True)
    mineral = models.CharField(max_length=120)
    activity = models.CharField(max_length=12)
    mineral_group = models.CharField(max_length=3, blank=True)
    area_paper_ha = models.FloatField(null=True, blank=True)
    depth_from_m = models.FloatField(null=True, blank=True)
    depth_until_m = models.FloatField(null=True, blank=True)
    reserve = models.FloatField(null=True, blank=True)
    yearly_output = models.FloatField(null=True, blank=True)
    quantity_unit = models.CharField(max_length=20, blank=True)
    closing_decision = models.CharField(max_length=120, blank=True)


register(
    RegulatedLayer(
        slug="mineral-permits",
        title=Words("Giấy phép khoáng sản", "Mineral permits"),
        theme="minerals",
        model=MineralPermit,
        fields=(
            *FIELDS,
            HOLDER,
            Field(
                "mineral",
                Words("Khoáng sản", "Mineral"),
                aliases=("KHOANGSAN", "LOAIKS"),
                public=True,
                required=True,
            ),
            Field(
                "activity",
                Words("Loại giấy phép", "Kind of permit"),
                aliases=("LOAIGP", "HOATDONG"),
                codes="mineral_activity",
                public=True,
                required=True,
            ),
            Field(
                "mineral_group",
                Words("Nhóm khoáng sản", "Mineral group"),
                aliases=("NHOM", "NHOMKS"),
                codes="mineral_group",
                public=True,
            ),
            AREA_PAPER,
            Field("depth_from_m", Words("Độ sâu từ", "Depth from"), aliases=("SAUTU", "COTTU"), unit="m", public=True),
            Field(
                "depth_until_m", Words("Độ sâu đến", "Depth to"), aliases=("SAUDEN", "COTDEN"), unit="m", public=True
            ),
            Field(
                "reserve", Words("Trữ lượng", "Reserve"), aliases=("TRULUONG",), public=True, unit_in="quantity_unit"
            ),
            Field(
                "yearly_output",
                Words("Công suất mỗi năm", "Yearly output"),
                aliases=("CONGSUAT", "CONGSUATNAM"),
                public=True,
                unit_in="quantity_unit",
            ),
            Field(
                "quantity_unit",
                Words("Đơn vị trữ lượng, công suất", "Unit of reserve and output"),
                aliases=("DONVITINH", "DVT"),
                public=True,
            ),
            Field(
                "closing_decision",
                Words("Quyết định đóng cửa mỏ", "Decision of closing"),
                aliases=("QDDONGCUA", "DONGCUAMO"),
                public=True,
            ),
        ),
        tile_fields=("code", "name", "activity"),
        legend_by="activity",
        legend=(
            LegendClass(
                Words("Khai thác", "Extraction"),
                value="extraction",
                fill="#7d5a3c",
                line="#4f351f",
                hatch="back-diagonal",
                width=2.2,
                opacity=0.3,
            ),
            LegendClass(
                Words("Thăm dò", "Exploration"),
                value="exploration",
                fill="#a98b6f",
                line="#6a4a30",
                hatch="dots",
                dash=(3, 2),
            ),
            LegendClass(
                Words("Tận thu", "Salvage"),
                value="salvage",
                fill="#94806d",
                line="#5b4636",
                hatch="diagonal",
                dash=(6, 2),
            ),
            LegendClass(
                Words("Thu hồi khoáng sản", "Recovery"),
                value="recovery",
                fill="#9d8a79",
                line="#5b4636",
                hatch="cross",
                dash=(2, 2),
            ),
        ),
        minzoom=9,
        accuracy_m=5.0,
        legal_basis=Words(
            "Luật Địa chất và Khoáng sản 54/2024/QH15; Nghị định 193/2025/NĐ-CP",
            "Law on Geology and Minerals 54/2024/QH15; Decree 193/2025/NĐ-CP",
        ),
        meaning=spoken(
            "Trong {subject} có diện tích đã được cấp giấy phép thăm dò hoặc khai thác khoáng sản, với độ sâu và thời hạn nêu trong giấy phép.",
            "Part of the {subject} lies in an area for which a permit to explore or extract minerals was given, with the depth and term named in it.",
        ),
        next_steps=Words(
            "Xem thời hạn và tọa độ các điểm góc trong giấy phép; nếu thấy khai thác ngoài ranh giới hoặc sau khi giấy phép hết hạn, báo Ủy ban nhân dân xã hoặc Sở Nông nghiệp và Môi trường.",
            "Look at the term and the corner table of the permit; if you see extraction beyond its limits or after its end, tell the commune or the Department of Agriculture and Environment.",
        ),
    )
)
