"""What a station tells: the newest value of its parameter, as text of the record, with its unit and moment.

A value is never judged here: a limit belongs to a parameter, an edition, a class and a unit, and the record names them.
"""

from __future__ import annotations

from django.contrib.gis.db import models

from layers.declare import Field, Words


class Measured(models.Model):
    """`latest_value` is text, as the bulletin prints it: "< 0.01", "5.0" and "không phát hiện" are values too."""

    latest_value = models.CharField(max_length=40, blank=True)
    unit = models.CharField(max_length=20, blank=True)
    measured_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True


MEASURED = (
    Field(
        "latest_value",
        Words("Giá trị mới nhất", "Latest value"),
        aliases=("GIATRI", "KETQUA", "SOLIEU"),
        public=True,
        verbatim=True,
        only_with="unit",
        unit_in="unit",
    ),
    Field("unit", Words("Đơn vị", "Unit"), aliases=("DONVITINH", "DVT"), public=True, verbatim=True),
    Field(
        "measured_at",
        Words("Thời điểm đo", "Measured at"),
        aliases=("THOIGIAN", "NGAYDO", "THOIDIEM"),
        public=True,
    ),
)

# A limit without the edition that sets it judges nothing.
LIMITS = (
    Field("limit_edition", Words("Quy chuẩn áp dụng", "Limits applied"), aliases=("QUYCHUAN",), public=True),
    Field(
        "limit_class",
        Words("Cột, mức của quy chuẩn", "Class of the limits"),
        aliases=("COT", "MUC"),
        public=True,
        only_with="limit_edition",
    ),
)
