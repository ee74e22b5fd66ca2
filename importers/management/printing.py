"""The engine's results in plain words on a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import IO, Any, NoReturn

from django.utils.translation import gettext as _
from rich.console import Console

from importers.findings import RULES, Finding
from importers.findings.rules import SEVERITIES, Severity
from importers.pipeline import Understood
from importers.publish import Difference, PublishRefused
from importers.reader import Reading
from importers.reader.refusals import words

SHOWN = 5


def stopped(stream: Any, sentence: str) -> NoReturn:
    """Say why nothing was done, and end with 1."""
    printer = Printer(stream)
    printer.line()
    for line in sentence.splitlines():
        printer.line(line)
    raise SystemExit(1)


def refused(stream: Any, refusal: PublishRefused) -> NoReturn:
    stopped(stream, "\n".join(filter(None, (f"{refusal.code}: {refusal.sentence}", refusal.advice))))


class Printer:
    """Prints to a stream. Delivered text is untrusted: signs that move a cursor never reach the terminal."""

    def __init__(self, stream: IO[str]) -> None:
        self._console = Console(file=stream, highlight=False, markup=False, emoji=False, soft_wrap=True)

    def line(self, text: str = "", style: str | None = None) -> None:
        self._console.print("".join(sign if sign.isprintable() else "·" for sign in text), style=style)

    def heading(self, text: str) -> None:
        self.line()
        self.line(text, style="bold")

    def reading(self, reading: Reading) -> None:
        self.heading(_("Đã đọc"))
        frame = reading.frame
        self.line(
            _("  {driver}, {rows} dòng, {size} byte").format(driver=reading.driver, rows=len(frame), size=reading.size)
        )
        self.line(_("  Tệp: {members}").format(members=", ".join(reading.members)))
        if reading.ignored:
            self.line(_("  Không dùng: {members}").format(members=", ".join(reading.ignored)))
        self.line(f"  SHA-256 {reading.sha256}")
        for notice in reading.findings:
            if notice.code == "crs-missing":
                continue  # the findings say what was done about it
            self.line("  " + " ".join(filter(None, words(notice))))

    def findings(self, understood: Understood, extra: Sequence[Finding], accepted: frozenset[str]) -> None:
        every = [*understood.findings, *extra]
        for severity in reversed(SEVERITIES):
            of_kind = [finding for finding in every if finding.severity == severity]
            if of_kind:
                self.heading(f"{_title(severity)} ({len(of_kind)})")
                for code in dict.fromkeys(finding.code for finding in of_kind):
                    self._rule(code, [f for f in of_kind if f.code == code], accepted)
        self.heading(_("Đã kiểm tra và không thấy gì: {count} quy tắc").format(count=len(understood.quiet)))
        self.line("  " + ", ".join(understood.quiet))
        if understood.unchecked:
            self.heading(_("Chưa kiểm tra được: {count} quy tắc").format(count=len(understood.unchecked)))
            self.line("  " + ", ".join(understood.unchecked))

    def _rule(self, code: str, findings: list[Finding], accepted: frozenset[str]) -> None:
        taken = _(" – đã chấp nhận") if code in accepted and RULES[code].severity == "decide" else ""
        self.line(f"  {code}: {len(findings)}{taken}")
        for finding in findings[:SHOWN]:
            self.line(f"    {finding.sentence}{_where(finding)}")
        if len(findings) > SHOWN:
            self.line(_("    … và {count} phát hiện nữa").format(count=len(findings) - SHOWN))
        if findings[0].advice:
            self.line(f"    → {findings[0].advice}")

    def difference(self, difference: Difference) -> None:
        self.heading(_("So với dữ liệu đang công bố"))
        counts = (
            (_("  thêm: {count}"), difference.added, "added"),
            (_("  đổi: {count}"), difference.changed, "changed"),
            (_("  mất: {count}"), difference.removed, "removed"),
            (_("  giữ nguyên: {count}"), difference.same, "same"),
        )
        for sentence, count, kind in counts:
            examples = "; ".join(" / ".join(map(str, key)) for key in difference.examples.get(kind, [])[:SHOWN])  # type: ignore[call-overload]  # kind is one of Kind
            self.line(sentence.format(count=count) + (f"  ({examples})" if examples and kind != "same" else ""))


def _title(severity: Severity) -> str:
    return {
        "block": _("CHẶN: phải sửa tệp"),
        "decide": _("CẦN QUYẾT ĐỊNH"),
        "fix": _("ĐÃ SỬA"),
        "warn": _("LƯU Ý"),
        "note": _("ĐÃ HIỂU"),
    }[severity]


def _where(finding: Finding) -> str:
    parts = [finding.key] if finding.key else []
    if finding.place:
        parts.append(f"E {finding.place[0]:.1f} N {finding.place[1]:.1f}")
    return f" [{'; '.join(parts)}]" if parts else ""
