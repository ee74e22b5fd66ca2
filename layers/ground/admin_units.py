"""Communes, old and new. A code without its edition is ambiguous: every new code of 2025 is an old one's with
another extent, so both stand in the key. Lists: General Statistics Office, 2025-01-04 and 2025-07-01.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib.gis.db import models
from django.contrib.postgres.indexes import GinIndex, OpClass

from layers.catalogue import register
from layers.declare import Field, Layer, LegendClass, Words
from layers.versioned import NOW, PAST, Fold, Versioned, spatial_index

OLD, NEW = "2025-01-04", "2025-07-01"


class AdminUnit(Versioned):
    """A commune of one edition; its shape is optional (no open one exists for most old communes)."""

    edition = models.CharField(max_length=10)
    code = models.CharField(max_length=5)
    name = models.CharField(max_length=80)
    level = models.CharField(max_length=20)
    district_code = models.CharField(max_length=3, blank=True)
    district = models.CharField(max_length=80, blank=True)
    province_code = models.CharField(max_length=2)
    province = models.CharField(max_length=80)
    geom = models.MultiPolygonField(srid=settings.STORAGE_SRID, null=True, blank=True, spatial_index=False)
    geom_3857 = models.MultiPolygonField(srid=3857, null=True, blank=True, spatial_index=False)
    name_folded = models.GeneratedField(expression=Fold("name"), output_field=models.TextField(), db_persist=True)
    district_folded = models.GeneratedField(
        expression=Fold("district"), output_field=models.TextField(), db_persist=True
    )

    province_folded = models.GeneratedField(
        expression=Fold("province"), output_field=models.TextField(), db_persist=True
    )

    class Meta(Versioned.Meta):
        indexes = [
            *Versioned.Meta.indexes,
            models.Index(fields=["edition", "code"], name="adminunit_code"),
            models.Index(fields=["name_folded"], condition=NOW, name="adminunit_name"),
            models.Index(fields=["district_folded"], condition=NOW, name="adminunit_district"),
            spatial_index("geom", NOW, "adminunit_geom_now"),
            spatial_index("geom", PAST, "adminunit_geom_past"),
            spatial_index("geom_3857", NOW, "adminunit_tile_now"),
            GinIndex(OpClass("name_folded", "gin_trgm_ops"), name="adminunit_name_trigrams"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.code}, {self.edition})"


class AdminSuccession(Versioned):
    """An old commune went into a new one on 2025-07-01. Three old ones are split: there the place decides."""

    old_code = models.CharField(max_length=5)
    new_code = models.CharField(max_length=5)
    split_among = models.SmallIntegerField()

    class Meta(Versioned.Meta):
        indexes = [
            *Versioned.Meta.indexes,
            models.Index(fields=["old_code"], name="adminsuccession_old"),
            models.Index(fields=["new_code"], name="adminsuccession_new"),
        ]


ADMIN_UNITS = register(
    Layer(
        slug="admin-units",
        title=Words("Đơn vị hành chính cấp xã", "Communes"),
        model=AdminUnit,
        key=("edition", "code"),
        scope=(),
        label="name",
        search=("name",),
        fields=(
            Field("edition", Words("Ấn bản", "Edition"), public=True, required=True),
            Field(
                "code",
                Words("Mã đơn vị", "Code"),
                aliases=("MAXA", "XAID", "MaDVHC"),
                public=True,
                required=True,
            ),
            Field("name", Words("Tên", "Name"), aliases=("TENXA", "Ten"), public=True, required=True),
            Field("level", Words("Loại", "Kind"), public=True),
            Field("district_code", Words("Mã huyện cũ", "Former district code"), public=True),
            Field("district", Words("Huyện cũ", "Former district"), public=True),
            Field("province_code", Words("Mã tỉnh", "Province code"), public=True),
            Field("province", Words("Tỉnh", "Province"), public=True),
        ),
        tile_fields=("code", "name", "edition"),
        legend=(LegendClass(Words("Ranh giới xã", "Commune"), fill="#ffffff", line="#7a6f5d", dash=(6, 3), opacity=0),),
        minzoom=7,
        accuracy_m=10.0,
    )
)

ADMIN_SUCCESSIONS = register(
    Layer(
        slug="admin-successions",
        title=Words("Sắp xếp xã năm 2025", "Commune mergers of 2025"),
        model=AdminSuccession,
        key=("old_code", "new_code"),
        label="old_code",
        fields=(
            Field("old_code", Words("Mã cũ", "Old code"), public=True, required=True),
            Field("new_code", Words("Mã mới", "New code"), public=True, required=True),
            Field("split_among", Words("Số xã mới", "Number of new communes"), public=True),
        ),
        on_map=False,
    )
)
