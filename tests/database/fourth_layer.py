"""One file, as the next developer writes it: a model and its declaration. Nothing else of the portal knows of it."""

from __future__ import annotations

from django.contrib.gis.db import models

from layers.catalogue import register
from layers.declare import Field, Layer, LegendClass, Words
from layers.regulated import FIELDS, Regulated
from layers.versioned import Areas


class Mangrove(Areas, Regulated):
    species = models.CharField(max_length=80, blank=True)

    class Meta(Areas.Meta):
        app_label = "layers"


MANGROVES = register(
    Layer(
        slug="mangroves",
        title=Words("Rừng ngập mặn phòng hộ", "Protective mangrove forest"),
        theme="environment",
        model=Mangrove,
        key=("code",),
        scope=("decision_no",),
        label="name",
        search=("code", "name"),
        fields=(
            *FIELDS,
            Field("species", Words("Loài cây", "Species"), aliases=("LOAICAY",), public=True),
        ),
        tile_fields=("code", "name"),
        legend=(LegendClass(Words("Rừng ngập mặn", "Mangrove"), fill="#2f7d4f", line="#1f5a37", hatch="cross"),),
        accuracy_m=5.0,
        report="zones",
        legal_basis=Words("Luật Lâm nghiệp 16/2017/QH14", "Law on Forestry 16/2017/QH14"),
        office=Words("Sở Nông nghiệp và Môi trường", "Department of Agriculture and Environment"),
        meaning=Words("Đất này thuộc rừng phòng hộ ven biển.", "This ground is protective coastal forest."),
        next_steps=Words("Hỏi Hạt Kiểm lâm trước khi tác động.", "Ask the forest rangers before any change."),
    )
)
