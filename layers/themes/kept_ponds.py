"""Ponds, lakes and lagoons that must not be filled (areas), as the province's list names them.

Nghị định 53/2024/NĐ-CP, article 56: from 0.5 ha in towns, from 1 ha elsewhere. What is not on the list is not here.
"""

from __future__ import annotations

from django.contrib.gis.db import models

from layers.catalogue import register
from layers.declare import Field, LegendClass, Words, spoken
from layers.regulated import AREA_PAPER, FIELDS, RegulatedAreas, RegulatedLayer


class KeptPond(RegulatedAreas):
    kind = models.CharField(max_length=10, blank=True)
    area_paper_ha = models.FloatField(null=True, blank=True)
    function = models.CharField(max_length=200, blank=True)
    place = models.CharField(max_length=200, blank=True)


register(
    RegulatedLayer(
        slug="kept-ponds",
        title=Words("Hồ, ao, đầm, phá không được san lấp", "Ponds and lakes not to be filled"),
        theme="water",
        model=KeptPond,
        fields=(
            *FIELDS,
            Field("kind", Words("Loại", "Kind"), aliases=("LOAI", "LOAIHINH"), codes="pond_kind", public=True),
            AREA_PAPER,
            Field("function", Words("Chức năng", "Function"), aliases=("CHUCNANG",), public=True),
            Field("place", Words("Địa điểm", "Place"), aliases=("DIADIEM", "VITRI"), public=True),
        ),
        legend=(
            LegendClass(
                Words("Không được san lấp", "Not to be filled"),
                fill="#6fa8dc",
                line="#1f4e86",
                hatch="dots",
                width=2.4,
                opacity=0.3,
            ),
        ),
        minzoom=10,
        accuracy_m=2.0,
        legal_basis=Words(
            "Luật Tài nguyên nước 28/2023/QH15; Nghị định 53/2024/NĐ-CP, điều 56",
            "Law on Water Resources 28/2023/QH15; Decree 53/2024/NĐ-CP, article 56",
        ),
        meaning=spoken(
            "{Subject} có phần thuộc hồ, ao, đầm trong danh mục không được san lấp của tỉnh.",
            "Part of the {subject} belongs to a pond or lake on the province's list of those not to be filled.",
        ),
        next_steps=Words(
            "Không lấp, không thu hẹp mặt nước; muốn kè bờ, nạo vét hoặc chuyển mục đích, hỏi Ủy ban nhân dân xã trước.",
            "Do not fill or narrow the water; before lining the bank, dredging or changing the use, ask the commune.",
        ),
    )
)
