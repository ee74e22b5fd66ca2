"""Administrative procedures of the department, as it must publish them: papers, time, fee, office, online or not.

Nghị định 224/2026/NĐ-CP, article 14: a procedure is done wholly online, or the reason for "một phần" is published.
Times are text: they speak of working days, of other clocks (days of posting, remote areas) and of cases.
"""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models

from layers.catalogue import register
from layers.declare import Field, Layer, Words
from layers.rulebook.edition import EDITION, Edition
from layers.versioned import Fold, FoldNumber


class Procedure(Edition):
    """`code` is the national one (1.012784, perhaps with the province's suffix .H19); papers stand a line each."""

    code = models.CharField(max_length=40)
    name = models.TextField()
    field = models.CharField(max_length=120)
    papers = models.TextField(blank=True)
    time_limit = models.CharField(max_length=600, blank=True)
    working_days = models.IntegerField(null=True, blank=True)
    fee = models.CharField(max_length=400, blank=True)
    authority = models.CharField(max_length=300, blank=True)
    office = models.CharField(max_length=300, blank=True)
    online = models.CharField(max_length=10, blank=True)
    online_reason = models.CharField(max_length=400, blank=True)
    code_folded = models.GeneratedField(expression=FoldNumber("code"), output_field=models.TextField(), db_persist=True)
    name_folded = models.GeneratedField(expression=Fold("name"), output_field=models.TextField(), db_persist=True)

    class Meta(Edition.Meta):
        indexes = [
            *Edition.Meta.indexes,
            models.Index(fields=["code"], name="procedure_code"),
            GinIndex(OpClass("name_folded", "gin_trgm_ops"), name="procedure_name"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


PROCEDURES = register(
    Layer(
        slug="procedures",
        title=Words("Thủ tục hành chính", "Administrative procedures"),
        model=Procedure,
        key=("code",),
        scope=("field",),
        label="name",
        search=("code", "name"),
        fields=(
            Field(
                "code",
                Words("Mã thủ tục", "Procedure code"),
                aliases=("MATTHC", "MATHUTUC", "NATIONALCODE"),
                public=True,
                required=True,
            ),
            Field(
                "name",
                Words("Tên thủ tục", "Name"),
                aliases=("TENTHUTUC", "TENTTHC", "NAMEVI"),
                public=True,
                required=True,
            ),
            Field("field", Words("Lĩnh vực", "Field"), aliases=("LINHVUC",), public=True, required=True),
            Field("papers", Words("Giấy tờ cần nộp", "Papers"), aliases=("THANHPHANHOSO", "GIAYTO"), public=True),
            Field(
                "time_limit",
                Words("Thời hạn giải quyết", "Time limit"),
                aliases=("THOIHAN", "THOIHANGIAIQUYET", "TIMELIMIT"),
                public=True,
            ),
            Field(
                "working_days",
                Words("Số ngày làm việc", "Working days"),
                aliases=("NGAYLAMVIEC", "WORKINGDAYS"),
                public=True,
            ),
            Field("fee", Words("Phí, lệ phí", "Fee"), aliases=("PHI", "LEPHI", "PHILEPHI"), public=True),
            Field(
                "authority",
                Words("Cơ quan quyết định", "Deciding authority"),
                aliases=("COQUANQUYETDINH", "DECIDINGAUTHORITY"),
                public=True,
            ),
            Field(
                "office",
                Words("Cơ quan thực hiện", "Handled by"),
                aliases=("COQUANTHUCHIEN", "HANDLINGAGENCY"),
                public=True,
            ),
            Field(
                "online",
                Words("Dịch vụ trực tuyến", "Online service"),
                aliases=("MUCDO", "TRUCTUYEN"),
                codes="online_level",
                public=True,
            ),
            Field(
                "online_reason",
                Words("Lý do chưa toàn trình", "Why not wholly online"),
                aliases=("LYDOMOTPHAN",),
                public=True,
            ),
            *EDITION,
        ),
        on_map=False,
    )
)
