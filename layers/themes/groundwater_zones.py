"""Groundwater restriction zones (areas): where new wells are limited, by aquifer and depth.

Luật Tài nguyên nước 28/2023/QH15; Nghị định 53/2024/NĐ-CP, article 36. Two zones may lie one above the other.
"""

from __future__ import annotations

from django.contrib.gis.db import models

from layers.catalogue import register
from layers.declare import Field, LegendClass, Words
from layers.regulated import FIELDS, RegulatedAreas, RegulatedLayer


class GroundwaterZone(RegulatedAreas):
    kind = models.CharField(max_length=2)
    aquifer = models.CharField(max_length=40)
    depth_from_m = models.FloatField(null=True, blank=True)
    depth_until_m = models.FloatField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)


register(
    RegulatedLayer(
        slug="groundwater-zones",
        title=Words("Vùng hạn chế khai thác nước dưới đất", "Groundwater restriction zones"),
        theme="water",
        model=GroundwaterZone,
        fields=(
            *FIELDS,
            Field(
                "kind",
                Words("Vùng hạn chế", "Restriction kind"),
                aliases=("LOAIVUNG",),
                codes="groundwater_kind",
                public=True,
                required=True,
            ),
            Field(
                "aquifer",
                Words("Tầng chứa nước", "Aquifer"),
                aliases=("TANGCN", "TCN"),
                public=True,
                required=True,
            ),
            Field("depth_from_m", Words("Độ sâu từ", "Depth from"), aliases=("SAUTU",), unit="m", public=True),
            Field("depth_until_m", Words("Độ sâu đến", "Depth to"), aliases=("SAUDEN",), unit="m", public=True),
            Field("reason", Words("Lý do hạn chế", "Reason"), aliases=("LYDO",), public=True),
        ),
        tile_fields=("code", "name", "kind"),
        legend_by="kind",
        legend=(
            LegendClass(
                Words("Vùng hạn chế 1", "Restriction zone 1"),
                value="1",
                fill="#7a3fa0",
                line="#5d2b7e",
                hatch="diagonal",
                width=1.8,
            ),
            LegendClass(
                Words("Vùng hạn chế 2", "Restriction zone 2"),
                value="2",
                fill="#a06fc0",
                line="#7a4f9a",
                hatch="dots",
                dash=(4, 2),
            ),
        ),
        minzoom=9,
        accuracy_m=10.0,
        legal_basis=Words(
            "Luật Tài nguyên nước 28/2023/QH15; Nghị định 53/2024/NĐ-CP, điều 36",
            "Law on Water Resources 28/2023/QH15; Decree 53/2024/NĐ-CP, article 36",
        ),
        meaning=Words(
            "Trong vùng này việc khoan giếng mới hoặc tăng lượng khai thác nước dưới đất ở tầng chứa nước đã nêu bị hạn chế.",
            "Here drilling new wells or pumping more from the named aquifer is restricted.",
        ),
        next_steps=Words(
            "Trước khi khoan giếng, hỏi Sở Nông nghiệp và Môi trường về tầng chứa nước và độ sâu được phép; giếng đang dùng cần kiểm tra giấy phép hoặc đăng ký.",
            "Before drilling, ask the Department of Agriculture and Environment which aquifer and depth are allowed; check the licence or registration of an existing well.",
        ),
    )
)
