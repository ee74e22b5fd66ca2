"""What every thematic record carries: its number and name, the decision behind it, its term and its state."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.gis.db import models
from django.contrib.postgres.indexes import GinIndex, OpClass

from layers.declare import Field, Layer, ReportRule, Words
from layers.versioned import Areas, Fold, FoldNumber, Lines, Points, Versioned

IN_FORCE = "in-force"


class Decided(models.Model):
    """A record counts on a day only while `state` is in force and the day lies within `valid_from` and `valid_until`
    (NULL: open)."""

    code = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    decision_no = models.CharField(max_length=80, blank=True)
    decision_date = models.DateField(null=True, blank=True)
    issuer = models.CharField(max_length=200, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=20, default=IN_FORCE)
    name_folded = models.GeneratedField(expression=Fold("name"), output_field=models.TextField(), db_persist=True)
    code_folded = models.GeneratedField(expression=FoldNumber("code"), output_field=models.TextField(), db_persist=True)
    decision_folded = models.GeneratedField(
        expression=FoldNumber("decision_no"), output_field=models.TextField(), db_persist=True
    )

    class Meta:
        abstract = True


class Regulated(Decided):
    """`whole_parcels`: the decision lists whole parcels, so no margin applies."""

    whole_parcels = models.BooleanField(default=False)

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


class RegulatedRows(Versioned, Decided):
    """A row of a decision's table, without a shape of its own."""

    source = models.CharField(max_length=200, blank=True)

    class Meta(Versioned.Meta):
        abstract = True


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
    Field("source", Words("Nguồn dữ liệu", "Source"), aliases=("NGUON", "NGUONDULIEU"), public=True),
)
"""The basis of every record; all that rows of a table need."""

ACCURACY = Field(
    "accuracy_m",
    Words("Sai số của hồ sơ", "Accuracy of the record"),
    aliases=("SAISO", "DOCHINHXAC"),
    unit="m",
    public=True,
)
DRAWN = (*BASIS, ACCURACY)
"""All that lines and points need, which never list parcels."""

FIELDS = (
    *DRAWN,
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
AREA_PAPER = Field(
    "area_paper_ha",
    Words("Diện tích trên giấy tờ", "Area on paper"),
    aliases=("DIENTICH", "DTICH", "DT_HA"),
    unit="ha",
    public=True,
)
MANAGER = Field("manager", Words("Đơn vị quản lý", "Managed by"), aliases=("QUANLY", "BANQL"), public=True)
OFFICE = Words("Sở Nông nghiệp và Môi trường", "Department of Agriculture and Environment")


@dataclass(frozen=True, eq=False)
class RegulatedLayer(Layer):
    """A layer of decided records, which answers by zones unless it says otherwise: a record is named by its number, a
    delivery is complete for one decision, people search by number, name and decision."""

    key: tuple[str, ...] = ("code",)
    label: str = "name"
    scope: tuple[str, ...] = ("decision_no",)
    search: tuple[str, ...] = ("code", "name", "decision_no")
    tile_fields: tuple[str, ...] = ("code", "name")
    report: ReportRule = "zones"
    office: Words = OFFICE
