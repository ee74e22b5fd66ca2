"""Recovery projects (areas): ground that the State takes back for a project, by the list of the year's plan.

Luật Đất đai 31/2024/QH15. A project on the list is an intention; the parcel is recovered by a decision of its own, and
nobody's name stands here.
"""

from __future__ import annotations

from django.contrib.gis.db import models

from layers.catalogue import register
from layers.declare import Field, LegendClass, Words, spoken
from layers.regulated import AREA_PAPER, FIELDS, RegulatedAreas, RegulatedLayer


class RecoveryProject(RegulatedAreas):
    purpose = models.CharField(max_length=200, blank=True)
    stage = models.CharField(max_length=16)
    plan_year = models.IntegerField(null=True, blank=True)
    area_paper_ha = models.FloatField(null=True, blank=True)
    area_by_kind = models.CharField(max_length=200, blank=True)
    parcels_named = models.CharField(max_length=300, blank=True)


register(
    RegulatedLayer(
        slug="recovery-projects",
        title=Words("Dự án thu hồi đất", "Land recovery projects"),
        theme="land-use-plan",
        model=RecoveryProject,
        fields=(
            *FIELDS,
            Field("purpose", Words("Mục đích thu hồi", "Recovered for"), aliases=("MUCDICH", "MUCDICHTH"), public=True),
            Field(
                "stage",
                Words("Bước thực hiện", "Stage"),
                aliases=("BUOC", "TIENDO"),
                codes="recovery_stage",
                public=True,
                required=True,
            ),
            Field(
                "plan_year",
                Words("Kế hoạch sử dụng đất năm", "Land-use plan of the year"),
                aliases=("NAMKH", "NAM"),
                public=True,
            ),
            AREA_PAPER,
            Field(
                "area_by_kind",
                Words("Diện tích theo loại đất", "Area by land use"),
                aliases=("DTTHEOLOAI", "COCAU"),
                public=True,
            ),
            Field(
                "parcels_named",
                Words("Thửa đất nêu trong danh mục", "Parcels named in the list"),
                aliases=("DSTHUA", "CACTHUA"),
                public=True,
            ),
        ),
        tile_fields=("code", "name", "stage"),
        legend_by="stage",
        legend=(
            LegendClass(
                Words("Trong danh mục", "On the list"),
                value="listed",
                fill="#d9a0a8",
                line="#8f3d4c",
                hatch="dots",
                dash=(4, 3),
            ),
            LegendClass(
                Words("Đã thông báo thu hồi", "Announced"),
                value="announced",
                fill="#cf7f8b",
                line="#7d2b3b",
                hatch="diagonal",
                dash=(8, 2),
                width=2,
            ),
            LegendClass(
                Words("Đã có quyết định thu hồi", "Decided"),
                value="decided",
                fill="#c05f6e",
                line="#6b1f2e",
                hatch="cross",
                width=2.4,
            ),
        ),
        minzoom=9,
        accuracy_m=5.0,
        legal_basis=Words("Luật Đất đai 31/2024/QH15", "Land Law 31/2024/QH15"),
        office=Words(
            "Ủy ban nhân dân cấp xã; Sở Nông nghiệp và Môi trường",
            "The commune's People's Committee; Department of Agriculture and Environment",
        ),
        meaning=spoken(
            "{Subject} có phần nằm trong ranh một dự án thu hồi đất. Có trong danh mục chưa phải là đã bị thu hồi: việc thu hồi từng thửa theo thông báo và quyết định riêng.",
            "Part of the {subject} lies inside a project for which land is recovered. Being on the list is not being recovered: each parcel is recovered by a notice and a decision of its own.",
        ),
        next_steps=Words(
            "Trước khi mua bán, xây dựng hoặc trồng cây lâu năm, hỏi Ủy ban nhân dân xã: dự án đang ở bước nào, các thửa ở đây có trong danh sách không, và phương án bồi thường, hỗ trợ, tái định cư.",
            "Before buying, building or planting trees, ask the commune: at which stage the project is, whether the parcels here are on its list, and what is planned for compensation and resettlement.",
        ),
    )
)
