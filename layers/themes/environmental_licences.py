"""Environmental licences (points): which works may discharge what, where to and until when.

Luật Bảo vệ môi trường 72/2020/QH14.
"""

from __future__ import annotations

from django.contrib.gis.db import models

from layers.catalogue import register
from layers.declare import Field, LegendClass, Words, spoken
from layers.measured import LIMITS
from layers.regulated import DRAWN, HOLDER, RegulatedLayer, RegulatedPoints


class EnvironmentalLicence(RegulatedPoints):
    holder = models.CharField(max_length=200, blank=True)
    project = models.CharField(max_length=200)
    project_group = models.CharField(max_length=3, blank=True)
    discharge = models.CharField(max_length=200, blank=True)
    flow_m3_day = models.FloatField(null=True, blank=True)
    receiving_source = models.CharField(max_length=120, blank=True)
    limit_edition = models.CharField(max_length=120, blank=True)
    limit_class = models.CharField(max_length=60, blank=True)


register(
    RegulatedLayer(
        slug="environmental-licences",
        title=Words("Giấy phép môi trường", "Environmental licences"),
        theme="environment",
        model=EnvironmentalLicence,
        fields=(
            *DRAWN,
            HOLDER,
            Field(
                "project",
                Words("Dự án, cơ sở", "Project or works"),
                aliases=("DUAN", "COSO", "TENDUAN"),
                public=True,
                required=True,
            ),
            Field(
                "project_group",
                Words("Nhóm dự án", "Project group"),
                aliases=("NHOM", "NHOMDA"),
                codes="project_group",
                public=True,
            ),
            Field("discharge", Words("Chất thải, điểm xả", "Discharge"), aliases=("CHATTHAI", "DIEMXA"), public=True),
            Field(
                "flow_m3_day",
                Words("Lưu lượng nước thải", "Flow of waste water"),
                aliases=("LUULUONG", "LUULUONGXA"),
                unit="m³/ngày",
                public=True,
            ),
            Field(
                "receiving_source",
                Words("Nguồn tiếp nhận", "Receiving source"),
                aliases=("NGUONTN", "NGUONTIEPNHAN"),
                public=True,
            ),
            *LIMITS,
        ),
        legend=(
            LegendClass(
                Words("Cơ sở có giấy phép môi trường", "Works with a licence"),
                fill="#8a5a7c",
                line="#5a3350",
                symbol="diamond",
                opacity=1,
            ),
        ),
        minzoom=11,
        accuracy_m=5.0,
        legal_basis=Words(
            "Luật Bảo vệ môi trường 72/2020/QH14; Nghị định 08/2022/NĐ-CP",
            "Law on Environmental Protection 72/2020/QH14; Decree 08/2022/NĐ-CP",
        ),
        meaning=spoken(
            "Trên {subject} này có cơ sở hoặc điểm xả đã được cấp giấy phép môi trường.",
            "Works or a discharge with an environmental licence stand on this {subject}.",
        ),
        next_steps=Words(
            "Xem thời hạn, lưu lượng và quy chuẩn trong giấy phép. Nếu thấy mùi, nước hoặc khói khác thường, báo Ủy ban nhân dân xã hoặc Sở Nông nghiệp và Môi trường.",
            "Look at the term, the flow and the limits in the licence. Tell the commune or the Department of Agriculture and Environment of unusual smell, water or smoke.",
        ),
    )
)
