"""Hydrometeorological stations (points): rain, water level, salinity, with the newest value of the bulletin.

Luật Khí tượng thủy văn 90/2015/QH13; Quyết định 05/2020/QĐ-TTg sets the alert levels. A level is told only with the
edition that sets it: a wrong alert is worse than none. A tidal peak near a level is routine at the coast.
"""

from __future__ import annotations

from django.contrib.gis.db import models

from layers.catalogue import register
from layers.declare import Field, LegendClass, Nearest, Words
from layers.measured import MEASURED, Measured
from layers.regulated import DRAWN, RegulatedLayer, RegulatedPoints


class HydrometStation(RegulatedPoints, Measured):
    kind = models.CharField(max_length=12)
    river = models.CharField(max_length=80, blank=True)
    river_km = models.FloatField(null=True, blank=True)
    is_tidal = models.BooleanField(default=False)
    alert_level = models.CharField(max_length=10, blank=True)
    alert_edition = models.CharField(max_length=120, blank=True)


register(
    RegulatedLayer(
        slug="hydromet-stations",
        title=Words("Trạm khí tượng thủy văn", "Hydrometeorological stations"),
        theme="hydrometeorology",
        model=HydrometStation,
        search=("code", "name"),
        fields=(
            *DRAWN,
            Field(
                "kind",
                Words("Loại trạm", "Kind of station"),
                aliases=("LOAITRAM", "LOAI"),
                codes="hydromet_kind",
                public=True,
                required=True,
            ),
            Field("river", Words("Sông", "River"), aliases=("SONG",), public=True),
            Field(
                "river_km",
                Words("Cách cửa sông", "Distance from the mouth"),
                aliases=("KM", "CACHBIEN"),
                unit="km",
                public=True,
            ),
            Field(
                "is_tidal",
                Words("Chịu ảnh hưởng triều", "Tidal"),
                aliases=("TRIEU", "ANHHUONGTRIEU"),
                public=True,
            ),
            *MEASURED,
            Field(
                "alert_edition",
                Words("Cấp báo động theo", "Alert levels set by"),
                aliases=("VANBANBD", "CANCUBD"),
                public=True,
            ),
            Field(
                "alert_level",
                Words("Cấp báo động", "Alert level"),
                aliases=("BAODONG", "CAPBD"),
                codes="alert_level",
                public=True,
                only_with="alert_edition",
            ),
        ),
        tile_fields=("code", "name", "kind"),
        legend_by="kind",
        legend=(
            LegendClass(
                Words("Đo mưa", "Rain"), value="rain", fill="#4b6fa5", line="#2b4673", symbol="down", opacity=1
            ),
            LegendClass(
                Words("Mực nước", "Water level"),
                value="water-level",
                fill="#2f8196",
                line="#174f5e",
                symbol="ring",
                opacity=1,
            ),
            LegendClass(
                Words("Độ mặn", "Salinity"),
                value="salinity",
                fill="#7a7f52",
                line="#4b4f2c",
                symbol="star",
                opacity=1,
            ),
        ),
        minzoom=9,
        accuracy_m=20.0,
        report="nearest",
        nearest=Nearest(
            kind="kind",
            within_m=30_000.0,
            told=(
                "kind",
                "river",
                "is_tidal",
                "latest_value",
                "measured_at",
                "alert_edition",
                "alert_level",
                "source",
            ),
        ),
        legal_basis=Words(
            "Luật Khí tượng thủy văn 90/2015/QH13; Quyết định 05/2020/QĐ-TTg",
            "Law on Hydrometeorology 90/2015/QH13; Decision 05/2020/QĐ-TTg",
        ),
        office=Words("Đài Khí tượng Thủy văn tỉnh", "Provincial hydrometeorological station"),
        meaning=Words(
            "Số đo mới nhất của trạm theo bản tin; mực nước tại vùng triều lên xuống hằng ngày và đỉnh triều gần cấp báo động không phải là lũ.",
            "The newest value of the bulletin; where tides reach, the level rises and falls every day, and a tidal peak near an alert level is no flood.",
        ),
        next_steps=Words(
            "Xem bản tin mới nhất của Đài Khí tượng Thủy văn trước khi xuống giống, lấy nước hoặc ra đồng; khi có lũ, bão, làm theo thông báo của chính quyền.",
            "Read the station's newest bulletin before sowing or taking in water; in floods and storms follow what the authorities announce.",
        ),
    )
)
