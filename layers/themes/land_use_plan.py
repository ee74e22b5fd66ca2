"""The land-use plan (areas that cover the ground): what a place is meant to become, until which year, by whose decision.

Luật Đất đai 31/2024/QH15; Nghị định 102/2024/NĐ-CP. A planned code is written in the letters of today's land use and
means something else: the use that is planned. The two conflict by nature and are shown side by side.
"""

from __future__ import annotations

from django.contrib.gis.db import models

from layers.catalogue import register
from layers.declare import Composed, Field, LegendClass, Words
from layers.regulated import FIELDS, RegulatedAreas, RegulatedLayer


class LandUsePlan(RegulatedAreas):
    planned_use = models.CharField(max_length=8)
    vocabulary = models.CharField(max_length=12, default="2024")
    target_year = models.IntegerField(null=True, blank=True)
    level = models.CharField(max_length=10, blank=True)


register(
    RegulatedLayer(
        slug="planned-land-use",
        title=Words("Quy hoạch sử dụng đất", "Land-use plan"),
        theme="land-use-plan",
        model=LandUsePlan,
        fields=(
            *FIELDS,
            Field(
                "planned_use",
                Words("Loại đất quy hoạch", "Planned use"),
                aliases=("LOAIDATQH", "MALOAIDATQH", "MDSDQH", "QUYHOACH"),
                codes="land_use",
                public=True,
                required=True,
            ),
            Field(
                "vocabulary",
                Words("Bộ mã loại đất", "Land-use vocabulary"),
                aliases=("BOMA",),
                codes="vocabulary",
                public=True,
            ),
            Field(
                "target_year",
                Words("Quy hoạch đến năm", "Plan until"),
                aliases=("NAMQH", "KYQH", "NAMMUCTIEU"),
                public=True,
            ),
            Field(
                "level",
                Words("Cấp quy hoạch", "Level of the plan"),
                aliases=("CAPQH",),
                codes="plan_level",
                public=True,
            ),
        ),
        tile_fields=("code", "name", "planned_use"),
        composed=Composed(kind="planned_use", vocabulary="vocabulary", year="target_year"),
        legend=(
            LegendClass(
                Words("Ranh loại đất quy hoạch", "Border of a planned use"),
                fill="#d9d2c5",
                line="#6d5f45",
                dash=(3, 2),
                width=1.2,
                opacity=0.8,
            ),
        ),
        minzoom=12,
        accuracy_m=5.0,
        report="composition",
        legal_basis=Words(
            "Luật Đất đai 31/2024/QH15; Nghị định 102/2024/NĐ-CP",
            "Land Law 31/2024/QH15; Decree 102/2024/NĐ-CP",
        ),
        office=Words(
            "Ủy ban nhân dân cấp xã; Sở Nông nghiệp và Môi trường",
            "The commune's People's Committee; Department of Agriculture and Environment",
        ),
        meaning=Words(
            "Quy hoạch nói đất này dự kiến dùng vào việc gì đến năm mục tiêu. Quy hoạch chưa làm thay đổi mục đích sử dụng đất ghi trên giấy chứng nhận.",
            "The plan says what this ground is meant to be used for by its target year. It does not yet change the purpose on the certificate.",
        ),
        next_steps=Words(
            "Trước khi mua bán, xây dựng hoặc xin chuyển mục đích, hỏi Ủy ban nhân dân xã về quy hoạch và kế hoạch sử dụng đất hằng năm; xem bản đồ kèm theo quyết định.",
            "Before buying, building or asking for another purpose, ask the commune's People's Committee about the plan and the yearly land-use plan; see the map of the decision.",
        ),
    )
)
