"""Cadastral map sheets: numbered from 1 within one commune, so a sheet number without its commune says nothing."""

from __future__ import annotations

from django.contrib.gis.db import models

from layers.catalogue import register
from layers.declare import Field, Layer, LegendClass, Words
from layers.versioned import NOW, Areas, FoldNumber


class MapSheet(Areas):
    commune_code = models.CharField(max_length=5)
    sheet_no = models.CharField(max_length=20)
    scale = models.IntegerField(null=True, blank=True)
    sheet_key = models.GeneratedField(
        expression=FoldNumber("sheet_no"), output_field=models.TextField(), db_persist=True
    )

    class Meta(Areas.Meta):
        indexes = [
            *Areas.Meta.indexes,
            models.Index(fields=["commune_code", "sheet_key"], name="mapsheet_number"),
            models.Index(fields=["sheet_key"], condition=NOW, name="mapsheet_anywhere"),
        ]

    def __str__(self) -> str:
        return f"{self.commune_code} {self.sheet_no}"


MAP_SHEETS = register(
    Layer(
        slug="map-sheets",
        title=Words("Tờ bản đồ địa chính", "Cadastral map sheets"),
        model=MapSheet,
        key=("commune_code", "sheet_no"),
        scope=("commune_code",),
        label="sheet_no",
        fields=(
            Field(
                "commune_code",
                Words("Mã xã", "Commune code"),
                aliases=("MAXA", "XAID"),
                public=True,
                required=True,
            ),
            Field(
                "sheet_no",
                Words("Tờ bản đồ số", "Map sheet"),
                aliases=("SHBANDO", "SOHIEUTOBANDO", "PCIX_NO"),
                public=True,
                required=True,
            ),
            Field("scale", Words("Tỷ lệ bản đồ 1:", "Map scale 1:"), aliases=("TYLE",), public=True),
        ),
        tile_fields=("sheet_no",),
        legend=(
            LegendClass(
                Words("Tờ bản đồ", "Map sheet"),
                fill="#ffffff",
                line="#9a8f7c",
                dash=(2, 2),
                opacity=0,
                width=1,
            ),
        ),
        minzoom=11,
        maxzoom=15,
        accuracy_m=1.0,
    )
)
