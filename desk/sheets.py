"""The findings sheet of a firm: what the check told as data, in words, as a page, JSON or a table."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import asdict, dataclass
from io import StringIO
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from desk.advice import ADVICE
from desk.faults import as_told
from desk.views.findings import plain, rule
from importers.findings import Finding
from importers.findings.rules import SEVERITIES
from importers.reader import Notice, Refused
from importers.reader.refusals import words
from layers.declare import Layer

_SYSTEM = _("Gửi kèm tệp .prj đúng, hoặc chọn hệ tọa độ trong biểu mẫu kiểm tra trước.")
# What the desk's advice settles by buttons that a firm does not have.
_OFFICER = _("Sửa trong tệp rồi kiểm tra lại; điều không sửa được thì cán bộ quyết định khi nhận tệp.")
SYSTEMS = {"crs-unreadable", "crs-undecided", "crs-nowhere", "crs-contradicted", "outside-province"}


@dataclass(frozen=True)
class Line:
    """One finding in words; east and north in EPSG:9209 (metres), empty where the fault has no place."""

    severity: str
    code: str
    key: str
    row: int | None
    field: str
    value: str
    east: str
    north: str
    finding: str
    advice: str

    @property
    def place(self) -> tuple[float, float] | None:
        """For a page, which writes numbers as its reader does; the table and JSON have a point whoever reads them."""
        return (float(self.east), float(self.north)) if self.east else None


@dataclass(frozen=True)
class Sheet:
    """`refused`: the sentence and advice of a file that was not read; then there is nothing else."""

    layer: Layer
    sha256: str
    refused: tuple[str, str] | None
    rows: int
    lines: tuple[Line, ...]
    counts: dict[str, int]
    quiet: tuple[dict[str, str], ...]
    unchecked: tuple[dict[str, str], ...]
    notices: tuple[tuple[str, str], ...]
    dropped: tuple[str, ...]
    changes: dict[str, int]

    @property
    def is_ready(self) -> bool:
        """Whether the desk could send it for approval without another word."""
        return not self.refused and not (self.counts.get("block") or self.counts.get("decide") or self.unchecked)


def of(layer: Layer, sha256: str, found: dict[str, Any]) -> Sheet:
    refused = found.get("refused")
    lines = [line(Finding(**told), layer) for told in found.get("findings", ())]
    order = {str(severity): at for at, severity in enumerate(SEVERITIES)}
    counted = Counter(told.severity for told in lines)
    return Sheet(
        layer=layer,
        sha256=sha256,
        refused=words(Refused(refused["code"], **refused["detail"])) if refused else None,
        rows=found.get("rows", 0),
        lines=tuple(sorted(lines, key=lambda told: order[told.severity])),
        counts={name: counted[name] for name in order if counted[name]},
        quiet=tuple(rule(code) for code in found.get("quiet", ())),
        unchecked=tuple(rule(code) for code in found.get("unchecked", ())),
        notices=tuple(words(Notice(code, detail)) for code, detail in found.get("notices", ())),
        dropped=tuple(found.get("dropped", ())),
        changes=found.get("changes", {}),
    )


def line(finding: Finding, layer: Layer) -> Line:
    finding = as_told(finding, layer)
    east, north = (f"{ordinate:.3f}" for ordinate in finding.place) if finding.place else ("", "")
    told = finding.severity, finding.code, finding.key, finding.row, finding.field, finding.value, east, north
    return Line(*told, finding.sentence, advice(finding))


def advice(finding: Finding) -> str:
    if finding.code not in ADVICE:
        return finding.advice
    if finding.severity in ("fix", "note"):
        return ""  # the desk's words tell where its officer could choose otherwise
    return str(_SYSTEM if finding.code in SYSTEMS else _OFFICER)


def as_data(sheet: Sheet) -> dict[str, Any]:
    refused = {"sentence": sheet.refused[0], "advice": sheet.refused[1]} if sheet.refused else None
    return {
        "layer": sheet.layer.slug,
        "sha256": sheet.sha256,
        "checked_at": timezone.localtime().isoformat(timespec="seconds"),
        "ready": sheet.is_ready,
        "refused": refused,
        "rows": sheet.rows,
        "counts": sheet.counts,
        "changes": sheet.changes,
        "findings": [asdict(told) for told in sheet.lines],
        "quiet": [rule["code"] for rule in sheet.quiet],
        "unchecked": [rule["code"] for rule in sheet.unchecked],
        "notices": [{"sentence": sentence, "advice": what} for sentence, what in sheet.notices],
        "personal_columns": sheet.dropped,
    }


def as_table(sheet: Sheet) -> str:
    """CSV with the mark that makes spreadsheets read UTF-8; a cell that one would run is text."""
    out = StringIO()
    out.write("\ufeff")
    writer = csv.writer(out)
    writer.writerow(Line.__dataclass_fields__)
    if sheet.refused:
        writer.writerow([plain(cell) for cell in ("block", "refused", "", "", "", "", "", "", *sheet.refused)])
    for told in sheet.lines:
        writer.writerow([plain("" if cell is None else cell) for cell in asdict(told).values()])
    return out.getvalue()
