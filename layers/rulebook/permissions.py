"""May I do this here? One row: an activity, in a kind of zone, is allowed, forbidden, or allowed on a condition.

A row without a layer speaks of the activity anywhere in the province. What has no row is *not assessed*: an empty cell
never reads as allowed.
"""

from __future__ import annotations

from django.db import models

from layers.catalogue import register
from layers.declare import Field, Layer, Words
from layers.rulebook.edition import EDITION, Edition


class Permission(Edition):
    """`zone_layer` is a layer's slug, `zone_kind` the value its legend tells classes by; empty: every kind, everywhere.
    Papers and steps stand a line each. `procedure_code` names the procedure that is needed."""

    activity = models.CharField(max_length=40)
    zone_layer = models.CharField(max_length=60, blank=True)
    zone_kind = models.CharField(max_length=40, blank=True)
    verdict = models.CharField(max_length=20)
    condition = models.CharField(max_length=600, blank=True)
    office = models.CharField(max_length=200, blank=True)
    papers = models.TextField(blank=True)
    steps = models.TextField(blank=True)
    procedure_code = models.CharField(max_length=40, blank=True)

    class Meta(Edition.Meta):
        indexes = [
            *Edition.Meta.indexes,
            models.Index(fields=["activity"], name="permission_activity"),
            models.Index(fields=["procedure_code"], name="permission_procedure"),
        ]

    def __str__(self) -> str:
        return f"{self.activity} {self.zone_layer} {self.zone_kind}: {self.verdict}"


PERMISSIONS = register(
    Layer(
        slug="permissions",
        title=Words("Được làm gì ở đâu", "What may be done where"),
        model=Permission,
        key=("activity", "zone_layer", "zone_kind"),
        scope=("activity",),
        label="activity",
        fields=(
            Field(
                "activity",
                Words("Hoạt động", "Activity"),
                aliases=("HOATDONG",),
                codes="activity",
                public=True,
                required=True,
            ),
            Field("zone_layer", Words("Lớp vùng", "Zone layer"), aliases=("LOPVUNG",), public=True),
            Field("zone_kind", Words("Loại vùng", "Kind of zone"), aliases=("LOAIVUNG",), public=True),
            Field(
                "verdict",
                Words("Kết luận", "Verdict"),
                aliases=("KETLUAN",),
                codes="verdict",
                public=True,
                required=True,
            ),
            Field("condition", Words("Điều kiện", "Condition"), aliases=("DIEUKIEN",), public=True),
            Field("office", Words("Cơ quan", "Office"), aliases=("COQUAN",), public=True),
            Field("papers", Words("Giấy tờ", "Papers"), aliases=("GIAYTO",), public=True),
            Field("steps", Words("Các bước", "Steps"), aliases=("CACBUOC",), public=True),
            Field(
                "procedure_code",
                Words("Mã thủ tục", "Procedure code"),
                aliases=("MATTHC", "MATHUTUC"),
                public=True,
            ),
            *EDITION,
        ),
        on_map=False,
    )
)
