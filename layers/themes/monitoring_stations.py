"""Environmental monitoring stations (points) with the newest value of a parameter.

Luật Bảo vệ môi trường 72/2020/QH14; Thông tư 10/2021/TT-BTNMT. A value is shown with the edition and class of the
limit it is judged by, or without any judgement; an old measurement is judged by the edition of its day.
"""

from __future__ import annotations

from django.contrib.gis.db import models

from layers.catalogue import register
from layers.declare import Field, Layer, LegendClass, Words
from layers.measured import MEASURED, Measured
from layers.regulated import BASIS, OFFICE, RegulatedPoints


class MonitoringStation(RegulatedPoints, Measured):
    medium = models.CharField(max_length=16)
    parameter = models.CharField(max_length=60, blank=True)
    limit_value = models.CharField(max_length=40, blank=True)
    limit_class = models.CharField(max_length=60, blank=True)
    limit_edition = models.CharField(max_length=120, blank=True)
    averaging = models.CharField(max_length=60, blank=True)


register(
    Layer(
        slug="monitoring-stations",
        title=Words("Điểm quan trắc môi trường", "Environmental monitoring stations"),
        theme="environment",
        model=MonitoringStation,
        key=("code",),
        scope=("decision_no",),
        label="name",
        search=("code", "name", "decision_no"),
        fields=(
            *BASIS,
            Field(
                "medium",
                Words("Thành phần môi trường", "What is monitored"),
                aliases=("THANHPHAN", "MOITRUONG"),
                codes="monitored",
                public=True,
                required=True,
            ),
            Field("parameter", Words("Thông số", "Parameter"), aliases=("THONGSO", "CHITIEU"), public=True),
            *MEASURED,
            Field(
                "averaging",
                Words("Thời gian trung bình", "Averaging time"),
                aliases=("TRUNGBINH", "TGTB"),
                public=True,
            ),
            Field("limit_edition", Words("Quy chuẩn so sánh", "Judged by"), aliases=("QUYCHUAN",), public=True),
            Field(
                "limit_class",
                Words("Cột, mức của quy chuẩn", "Class of the limits"),
                aliases=("COT", "MUC"),
                public=True,
                only_with="limit_edition",
            ),
            Field(
                "limit_value",
                Words("Giá trị giới hạn", "Limit"),
                aliases=("GIOIHAN", "GTGH"),
                public=True,
                verbatim=True,
                only_with="limit_edition",
            ),
        ),
        tile_fields=("code", "name"),
        legend=(
            LegendClass(
                Words("Điểm quan trắc", "Monitoring station"),
                fill="#55636b",
                line="#2c363c",
                symbol="plus",
                opacity=1,
            ),
        ),
        minzoom=10,
        accuracy_m=10.0,
        legal_basis=Words(
            "Luật Bảo vệ môi trường 72/2020/QH14; Thông tư 10/2021/TT-BTNMT",
            "Law on Environmental Protection 72/2020/QH14; Circular 10/2021/TT-BTNMT",
        ),
        office=OFFICE,
        meaning=Words(
            "Giá trị đo tại điểm quan trắc, chỉ có nghĩa cho nơi đo và thời điểm đo; so sánh với giới hạn chỉ khi nêu rõ quy chuẩn và mức áp dụng.",
            "A value measured at the station; it speaks of that place and moment alone, and is judged only where the edition and class of the limit are named.",
        ),
    )
)
