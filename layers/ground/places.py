"""What an owner recognises on the map: roads, water and the names of places. The base map is drawn from these."""

from __future__ import annotations

from django.contrib.gis.db import models
from django.contrib.postgres.indexes import GinIndex, OpClass

from layers.catalogue import register
from layers.declare import Field, Layer, LegendClass, Words
from layers.versioned import Areas, Fold, Lines, Points

KEY = Field("code", Words("Mã", "Code"), public=True, required=True)
NAME = Field("name", Words("Tên", "Name"), aliases=("TEN", "DIADANH"), public=True)
KIND = Field("kind", Words("Loại", "Kind"), public=True)


class Named(models.Model):
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=20)
    name_folded = models.GeneratedField(expression=Fold("name"), output_field=models.TextField(), db_persist=True)

    class Meta:
        abstract = True


def with_names(indexes: list[models.Index], name: str) -> list[models.Index]:
    return [
        *indexes,
        GinIndex(OpClass("name_folded", "gin_trgm_ops"), name=f"{name}_name_trigrams"),
    ]


class Road(Named, Lines):
    class Meta(Lines.Meta):
        indexes = with_names(Lines.Meta.indexes, "road")


class Water(Named, Areas):
    class Meta(Areas.Meta):
        indexes = with_names(Areas.Meta.indexes, "water")


class PlaceName(Named, Points):
    class Meta(Points.Meta):
        indexes = with_names(Points.Meta.indexes, "placename")


ROADS = register(
    Layer(
        slug="roads",
        title=Words("Đường", "Roads"),
        model=Road,
        key=("code",),
        label="name",
        search=("name",),
        fields=(KEY, NAME, KIND),
        tile_fields=("name", "kind"),
        legend=(LegendClass(Words("Đường", "Road"), fill="#fffdf7", line="#d8cfbd", width=3),),
        minzoom=9,
        accuracy_m=5.0,
    )
)

WATERS = register(
    Layer(
        slug="waters",
        title=Words("Sông, kênh, ao hồ", "Water"),
        model=Water,
        key=("code",),
        label="name",
        search=("name",),
        fields=(KEY, NAME, KIND),
        tile_fields=("name", "kind"),
        legend=(LegendClass(Words("Mặt nước", "Water"), fill="#a9cbe2", line="#86b3d1", width=1, opacity=1),),
        minzoom=7,
        accuracy_m=5.0,
    )
)

PLACE_NAMES = register(
    Layer(
        slug="place-names",
        title=Words("Địa danh", "Place names"),
        model=PlaceName,
        key=("code",),
        label="name",
        search=("name",),
        fields=(KEY, NAME, KIND),
        tile_fields=("name", "kind"),
        legend=(LegendClass(Words("Địa danh", "Place name"), fill="#475650", line="#475650", width=1),),
        minzoom=10,
        accuracy_m=50.0,
    )
)
