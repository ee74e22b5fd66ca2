"""Environmental licences (points): which works may discharge what, where to and until when.

Luật Bảo vệ môi trường 72/2020/QH14, articles 39 and 40.
"""

from __future__ import annotations

from django.contrib.gis.db import models

from layers.catalogue import register
from layers.declare import Field, Layer, LegendClass, Words
from layers.regulated import BASIS, HOLDER, OFFICE, RegulatedPoints


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
    Layer(
        slug="environmental-licences",
        title=Words("Giấy phép môi trường", "Environmental licences"),
        theme="environment",
        model=EnvironmentalLicence,
        key=("code",),
        scope=("decision_no",),
        label="name",
        search=("code", "name", "decision_no"),
        fields=(
            *BASIS,
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
            Field("limit_edition", Words("Quy chuẩn áp dụng", "Limits applied"), aliases=("QUYCHUAN",), public=True),
            Field(
                "limit_class",
                Words("Cột, mức của quy chuẩn", "Class of the limits"),
                aliases=("COT", "MUC"),
                public=True,
                only_with="limit_edition",
            ),
        ),
        tile_fields=("code", "name"),
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
        report="zones",
        legal_basis=Words(
            "Luật Bảo vệ môi trường 72/2020/QH14, điều 39 và 40; Nghị định 08/2022/NĐ-CP",
            "Law on Environmental Protection 72/2020/QH14, articles 39 and 40; Decree 08/2022/NĐ-CP",
        ),
        office=OFFICE,
        meaning=Words(
            "Trên thửa này có cơ sở hoặc điểm xả đã được cấp giấy phép môi trường.",
            "Works or a discharge with an environmental licence stand on this parcel.",
        ),
        next_steps=Words(
            "Xem thời hạn, lưu lượng và quy chuẩn trong giấy phép. Nếu thấy mùi, nước hoặc khói khác thường, báo Ủy ban nhân dân xã hoặc Sở Nông nghiệp và Môi trường.",
            "Look at the term, the flow and the limits in the licence. Tell the commune or the Department of Agriculture and Environment of unusual smell, water or smoke.",
        ),
    )
)
