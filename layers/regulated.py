"""What every thematic record carries: its number and name, the decision behind it, its term and its state."""

from __future__ import annotations

from django.contrib.gis.db import models
from django.contrib.postgres.indexes import GinIndex, OpClass

from layers.declare import Field, Words
from layers.versioned import Areas, Fold, FoldNumber, Lines, Points

IN_FORCE = "in-force"


class Regulated(models.Model):
    """`whole_parcels`: the decision lists whole parcels, so no margin applies. A record counts on a day only while
    `state` is in force and the day lies within `valid_from` and `valid_until` (NULL: open)."""

    code = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    decision_no = models.CharField(max_length=80, blank=True)
    decision_date = models.DateField(null=True, blank=True)
    issuer = models.CharField(max_length=200, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=20, default=IN_FORCE)
    whole_parcels = models.BooleanField(default=False)
    name_folded = models.GeneratedField(expression=Fold("name"), output_field=models.TextField(), db_persist=True)
    code_folded = models.GeneratedField(expression=FoldNumber("code"), output_field=models.TextField(), db_persist=True)
    decision_folded = models.GeneratedField(
        expression=FoldNumber("decision_no"), output_field=models.TextField(), db_persist=True
    )

    class Meta:
        abstract = True


# Search asks every theme by name, by number and by decision.
SEARCHED = [
    GinIndex(OpClass("name_folded", "gin_trgm_ops"), name="%(class)s_name"),
    GinIndex(OpClass("code_folded", "gin_trgm_ops"), name="%(class)s_code"),
    GinIndex(OpClass("decision_folded", "gin_trgm_ops"), name="%(class)s_decision"),
]


class RegulatedAreas(Areas, Regulated):
    class Meta(Areas.Meta):
        abstract = True
        indexes = [*Areas.Meta.indexes, *SEARCHED]


class RegulatedLines(Lines, Regulated):
    class Meta(Lines.Meta):
        abstract = True
        indexes = [*Lines.Meta.indexes, *SEARCHED]


class RegulatedPoints(Points, Regulated):
    class Meta(Points.Meta):
        abstract = True
        indexes = [*Points.Meta.indexes, *SEARCHED]


BASIS = (
    Field(
        "code",
        Words("Số hiệu", "Number"),
        aliases=("MA", "MASO", "SOHIEU", "CODE"),
        public=True,
        required=True,
    ),
    Field("name", Words("Tên", "Name"), aliases=("TEN", "TENVUNG", "NAME"), public=True, required=True),
    Field("decision_no", Words("Quyết định số", "Decision"), aliases=("SOQD", "QUYETDINH"), public=True),
    Field("decision_date", Words("Ngày quyết định", "Date of decision"), aliases=("NGAYQD",), public=True),
    Field("issuer", Words("Cơ quan ban hành", "Issued by"), aliases=("CQBANHANH", "COQUAN"), public=True),
    Field("valid_from", Words("Có hiệu lực từ", "In force from"), aliases=("TUNGAY", "HIEULUCTU"), public=True),
    Field(
        "valid_until",
        Words("Có hiệu lực đến", "In force until"),
        aliases=("DENNGAY", "HIEULUCDEN"),
        public=True,
    ),
    Field("state", Words("Trạng thái", "State"), aliases=("TRANGTHAI",), codes="state", public=True),
)
"""The basis of every record; all that lines and points need, which never list parcels."""

FIELDS = (
    *BASIS,
    Field(
        "whole_parcels",
        Words("Quyết định theo cả thửa", "Lists whole parcels"),
        aliases=("CATHUA",),
        public=True,
    ),
)

HOLDER = Field(
    "holder",
    Words("Tổ chức được cấp phép", "Licence holder"),
    aliases=("CHUGP", "TOCHUC", "DONVI", "TENTOCHUC"),
    public=True,
    organisation=True,
)
OFFICE = Words("Sở Nông nghiệp và Môi trường", "Department of Agriculture and Environment")
