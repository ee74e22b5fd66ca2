"""Environmental monitoring stations (points) with the newest value of a parameter.

Luật Bảo vệ môi trường 72/2020/QH14; Thông tư 10/2021/TT-BTNMT. A value is shown with the edition and class of the
limit it is judged by, or without any judgement; an old measurement is judged by the edition of its day.
"""

from __future__ import annotations

from django.contrib.gis.db import models

from layers.catalogue import register
from layers.declare import Field, LegendClass, Nearest, Words, spoken
from layers.measured import MEASURED, Measured
from layers.regulated import DRAWN, RegulatedLayer, RegulatedPoints


class MonitoringStation(RegulatedPoints, Measured):
    medium = models.CharField(max_length=16)
    parameter = models.CharField(max_length=60, blank=True)
    limit_value = models.CharField(max_length=40, blank=True)
    limit_class = models.CharField(max_length=60, blank=True)
    limit_edition = models.CharField(max_length=120, blank=True)
    averaging = models.CharField(max_length=60, blank=True)


register(
    RegulatedLayer(
        slug="monitoring-stations",
        title=Words("Điểm quan trắc môi trường", "Environmental monitoring stations"),
        theme="environment",
        model=MonitoringStation,
        fields=(
            *DRAWN,
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
        report="nearest",
        nearest=Nearest(
            kind="medium",
            within_m=20_000.0,
            told=(
                "medium",
                "parameter",
                "latest_value",
                "measured_at",
                "averaging",
                "limit_edition",
                "limit_class",
                "limit_value",
                "source",
            ),
        ),
        legal_basis=Words(
            "Luật Bảo vệ môi trường 72/2020/QH14; Thông tư 10/2021/TT-BTNMT",
            "Law on Environmental Protection 72/2020/QH14; Circular 10/2021/TT-BTNMT",
        ),
        meaning=Words(
            "Giá trị đo tại điểm quan trắc, chỉ có nghĩa cho nơi đo và thời điểm đo; so sánh với giới hạn chỉ khi nêu rõ quy chuẩn và mức áp dụng.",
            "A value measured at the station; it speaks of that place and moment alone, and is judged only where the edition and class of the limit are named.",
        ),
        next_steps=spoken(
            "Muốn biết chất lượng môi trường tại {subject}, hỏi Sở Nông nghiệp và Môi trường kết quả quan trắc của khu vực; không suy số đo của trạm ra cho {subject}.",
            "To learn the quality of the environment on the {subject}, ask the Department of Agriculture and Environment for what was measured around it; a station's value is not the {subject}'s.",
        ),
    )
)
