"""Words that stand inside findings: what a cell should hold, what a shape is, why GEOS calls it broken."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from importers.findings.rule import Text

# The blanks of a finding that hold one of these terms; other blanks are data and never translated.
TERM_BLANKS = ("expected", "kind", "reason")
# The blanks that hold a measure of ours (m, m², cm), written with a point; the reader sees his own sign.
MEASURES = frozenset({"after", "area", "before", "difference", "drawn", "length", "paper", "tolerance"})
TERMS: dict[str, Text] = {
    "number": _("một số"),
    "whole-number": _("một số nguyên"),
    "date": _("ngày, ví dụ 31/12/2025"),
    "moment": _("ngày và giờ, ví dụ 31/12/2025 07:00"),
    "truth": _("có hoặc không"),
    "points": _("dạng điểm"),
    "lines": _("dạng đường"),
    "areas": _("dạng vùng"),
    "collection": _("tập hợp nhiều loại hình"),
    "Self-intersection": _("ranh tự cắt"),
    "Ring Self-intersection": _("ranh tự chạm"),
    "Too few points in geometry component": _("vòng có dưới ba đỉnh"),
    "Hole lies outside shell": _("lỗ nằm ngoài hình"),
    "Holes are nested": _("lỗ nằm trong lỗ"),
    "Nested shells": _("hình nằm trong hình"),
    "Interior is disconnected": _("vùng bị cắt rời"),
    "Duplicate Rings": _("hai vòng trùng nhau"),
}
