"""Land parcels, and their lineage. Numbers as the red book prints them: commune, map sheet, parcel; old beside new.

Two areas belong to a parcel, the one on paper and the drawn one; both are right (Thông tư 25/2014/TT-BTNMT).
A split or merged parcel's number is cancelled and never used again (same circular, article 17).
"""

from __future__ import annotations

from django.contrib.gis.db import models
from django.db.models.functions import Lower

from layers.catalogue import register
from layers.declare import Field, Layer, LegendClass, Words
from layers.versioned import NOW, PAST, Areas, FoldNumber, Versioned


def folded(column: str) -> models.GeneratedField:
    return models.GeneratedField(expression=FoldNumber(column), output_field=models.TextField(), db_persist=True)


class Parcel(Areas):
    """`purposes`: a list of {"code", "vocabulary", "area_m2"}, one a purpose; vocabulary says whose code it is."""

    commune_code = models.CharField(max_length=5)
    sheet_no = models.CharField(max_length=20)
    parcel_no = models.CharField(max_length=20)
    old_commune_code = models.CharField(max_length=5, blank=True)
    old_sheet_no = models.CharField(max_length=20, blank=True)
    old_parcel_no = models.CharField(max_length=20, blank=True)
    parcel_code = models.CharField(max_length=12, blank=True)
    area_paper_m2 = models.DecimalField(max_digits=12, decimal_places=1, null=True, blank=True)
    purposes = models.JSONField(default=list)
    land_use = models.CharField(max_length=8, blank=True)
    map_scale = models.IntegerField(null=True, blank=True)
    plain_shape = models.BooleanField(default=False)
    sheet_key = folded("sheet_no")
    parcel_key = folded("parcel_no")
    old_sheet_key = folded("old_sheet_no")
    old_parcel_key = folded("old_parcel_no")

    class Meta(Areas.Meta):
        indexes = [
            *Areas.Meta.indexes,
            models.Index(fields=["commune_code", "sheet_key", "parcel_key"], condition=NOW, name="parcel_number"),
            models.Index(fields=["sheet_key", "parcel_key"], condition=NOW, name="parcel_anywhere"),
            models.Index(fields=["old_sheet_key", "old_parcel_key"], condition=NOW, name="parcel_old_anywhere"),
            models.Index(
                fields=["old_commune_code", "old_sheet_key", "old_parcel_key"],
                condition=NOW,
                name="parcel_old_number",
            ),
            # A cancelled number is never used again, and people still type it.
            models.Index(fields=["commune_code", "sheet_key", "parcel_key"], condition=PAST, name="parcel_past_number"),
            models.Index(
                fields=["old_commune_code", "old_sheet_key", "old_parcel_key"],
                condition=PAST,
                name="parcel_past_old_number",
            ),
            # GeoHash knows no case; present and past together, because a code is unique in the country.
            models.Index(Lower("parcel_code"), condition=~models.Q(parcel_code=""), name="parcel_code"),
        ]

    def __str__(self) -> str:
        return f"{self.commune_code} {self.sheet_no}/{self.parcel_no}"


class ParcelSuccession(Versioned):
    """One parcel (`parent_id`) went into another (`child_id`), by feature id. A split into three is three rows."""

    kind = models.CharField(max_length=12)
    parent_id = models.BigIntegerField()
    child_id = models.BigIntegerField()
    happened_on = models.DateField(null=True, blank=True)
    document = models.CharField(max_length=200, blank=True)

    class Meta(Versioned.Meta):
        indexes = [
            *Versioned.Meta.indexes,
            models.Index(fields=["parent_id"], name="parcelsuccession_parent"),
            models.Index(fields=["child_id"], name="parcelsuccession_child"),
        ]


PARCELS = register(
    Layer(
        slug="parcels",
        title=Words("Thửa đất", "Land parcels"),
        model=Parcel,
        key=("commune_code", "sheet_no", "parcel_no"),
        scope=("commune_code", "sheet_no"),
        label="parcel_no",
        search=("sheet_no", "parcel_no"),
        fields=(
            Field(
                "commune_code",
                Words("Mã xã", "Commune code"),
                aliases=("MAXA", "XAID", "KVHCID"),
                public=True,
                required=True,
            ),
            Field(
                "sheet_no",
                Words("Tờ bản đồ số", "Map sheet"),
                aliases=("SHBANDO", "SOHIEUTOBANDO", "SOTO", "SHTOBD", "TOBD", "SOBANDO", "TO", "MAP"),
                public=True,
                required=True,
            ),
            Field(
                "parcel_no",
                Words("Thửa đất số", "Parcel"),
                aliases=("SHTHUA", "SOTHUTUTHUA", "SOTHUA", "SHTHUATAM", "THUA", "LOT"),
                public=True,
                required=True,
            ),
            Field("old_commune_code", Words("Mã xã cũ", "Former commune code"), aliases=("MAXACU",), public=True),
            Field(
                "old_sheet_no",
                Words("Tờ bản đồ cũ", "Former map sheet"),
                aliases=("SOHIEUTOBANDOCU", "SOTOCU"),
                public=True,
            ),
            Field(
                "old_parcel_no",
                Words("Thửa cũ", "Former parcel"),
                aliases=("SOTHUTUTHUACU", "SOTHUACU"),
                public=True,
            ),
            Field(
                "parcel_code",
                Words("Mã định danh thửa đất", "Parcel code"),
                aliases=("MATHUADAT",),
                public=True,
            ),
            Field(
                "area_paper_m2",
                Words("Diện tích trên giấy tờ", "Area on paper"),
                aliases=("DIENTICHPHAPLY", "DIENTICHPL"),
                unit="m²",
                public=True,
            ),
            Field(
                "purposes",
                Words("Mục đích sử dụng", "Purposes"),
                aliases=("KHLOAIDAT", "MALOAIDAT", "LOAIDAT", "MDSD", "KH2003", "MDSD2003", "MUCDICHSUDUNG"),
                codes="land_use",
                public=True,
            ),
            Field("land_use", Words("Loại đất chính", "Main land use"), codes="land_use", public=True),
            Field("map_scale", Words("Tỷ lệ bản đồ 1:", "Map scale 1:"), aliases=("TYLE",), public=True),
        ),
        tile_fields=("parcel_no", "land_use"),
        legend_by=None,
        legend=(LegendClass(Words("Thửa đất", "Parcel"), fill="#efe8d8", line="#a39a86", width=0.8, opacity=0.6),),
        minzoom=14,
        accuracy_m=None,
    )
)

PARCEL_SUCCESSIONS = register(
    Layer(
        slug="parcel-successions",
        title=Words("Biến động thửa đất", "Parcel lineage"),
        model=ParcelSuccession,
        key=("parent_id", "child_id"),
        label="kind",
        fields=(
            Field("kind", Words("Loại biến động", "Kind"), codes="succession", public=True, required=True),
            Field("parent_id", Words("Thửa gốc", "Parent"), public=True, required=True),
            Field("child_id", Words("Thửa mới", "Child"), public=True, required=True),
            Field("happened_on", Words("Ngày biến động", "Date"), public=True),
            Field("document", Words("Văn bản", "Document"), public=True),
        ),
        on_map=False,
    )
)
