"""import_layer LAYER FILE: read a delivery, say what it is and would change, publish it when told to."""

from __future__ import annotations

import datetime
from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any, NoReturn

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import translation
from django.utils.translation import gettext as _

from importers.columns import PERSONAL_COLUMNS
from importers.delivering import emptied, losses, publishable, seen_before
from importers.findings import RULES, Finding, undecided
from importers.management.printing import Printer, refused, stopped
from importers.neighbours import against_published, beside_published
from importers.outlines import published_ground
from importers.pipeline import Understood, context_of, understand
from importers.publish import Delivery, Difference, PublishRefused, compare, publish
from importers.reader import Reading, Refused, read
from importers.reader.refusals import words
from importers.steps.context import Choices
from importers.steps.values import Unreadable, to_date
from layers import catalogue
from layers.declare import Layer

# Stands in the history beside what was published without a second officer.
PUBLISHER = "Người vận hành tại bàn lệnh (by the operator at the console)"
LONGEST_NOTE = 500


def pair(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not (sign and name):
        raise ArgumentTypeError(f"{text!r}: NAME=VALUE")
    return name, value


def encoding(text: str) -> tuple[str, str]:
    """ "vni" for every field, "name=vni" for one."""
    name, sign, value = text.partition("=")
    return (name, value) if sign else ("", name)


def day(text: str) -> datetime.date:
    try:
        return to_date(text)
    except Unreadable:
        raise ArgumentTypeError(f"{text!r}: 31/12/2025, 2025-12-31") from None


class Command(BaseCommand):
    help = "Đọc một tệp khảo sát vào một lớp dữ liệu; chỉ công bố khi có --publish."

    def add_arguments(self, parser: ArgumentParser) -> None:
        add = parser.add_argument
        add("layer", metavar="LAYER", help="tên lớp, ví dụ parcels")
        add("file", metavar="FILE", type=Path, help="tệp .zip, .shp, .gpkg, .geojson, .topojson hoặc thư mục")
        add("--sublayer", metavar="NAME", help="lớp nào trong tệp, khi có nhiều")
        add("--crs", help="hệ tọa độ: EPSG:9209 hoặc 105°30'")
        add("--encoding", nargs="+", action="extend", type=encoding, default=[], metavar="[FIELD=]NAME")
        add("--map", nargs="+", action="extend", type=pair, default=[], metavar="FIELD=COLUMN")
        add("--set", nargs="+", action="extend", type=pair, default=[], metavar="FIELD=VALUE")
        add("--accuracy", type=float, metavar="M", help="độ chính xác của dữ liệu, mét")
        add("--source", default="", help="nguồn dữ liệu")
        add("--surveyed-on", type=day, metavar="DATE", help="ngày đo")
        add("--fix", action="store_true", help="sửa những gì sửa được, kể rõ trước và sau")
        add("--accept", nargs="+", action="extend", default=[], metavar="CODE", help="chấp nhận phát hiện theo mã")
        add("--whole-layer", action="store_true", help="tệp chứa cả lớp: những gì thiếu là đã mất")
        add("--publish", action="store_true", help="công bố nếu không còn gì chặn")
        add("--lang", choices=("vi", "en"), default="vi")

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(options["lang"]):
            self.printer = Printer(self.stdout)  # type: ignore[arg-type]  # it has write
            self._run(options)

    def _run(self, options: dict[str, Any]) -> None:
        layer = self._layer(options["layer"])
        choices = self._choices(options)
        if options["publish"] and not settings.CONSOLE_MAY_PUBLISH:
            self._stop(_("Cài đặt CONSOLE_MAY_PUBLISH không cho công bố từ bàn lệnh. Bỏ --publish để chỉ kiểm tra."))
        reading = self._read(layer, options)
        understood = understand(reading.frame, context_of(reading, layer, choices, published_ground()))
        extra = seen_before(layer, reading.sha256)
        difference = self._compare(layer, understood, options["whole_layer"])
        if difference:
            extra += [*losses(difference), *emptied(layer, understood.frame, difference)]
            extra += [*beside_published(layer, understood.frame), *against_published(layer, understood.frame)[1]]
        self._tell(reading, understood, extra, choices, difference)
        still_open = [*understood.open, *undecided(extra, choices.accepted)]
        if still_open or difference is None:
            self._stop(_blocked(still_open))
        if difference.changes_nothing:
            self.printer.heading(_("Tệp này không thay đổi gì."))
        elif options["publish"]:
            self._publish(layer, reading, understood, options, choices)
        else:
            self.printer.heading(_("Chưa công bố. Thêm --publish để công bố."))

    def _layer(self, slug: str) -> Layer:
        try:
            return catalogue.get(slug)
        except KeyError:
            listed = "\n".join(f"  {layer.slug}: {layer.title}" for layer in catalogue.every())
            self._stop(_("Không có lớp dữ liệu “{slug}”. Các lớp:").format(slug=slug[:60]) + "\n" + listed)

    def _choices(self, options: dict[str, Any]) -> Choices:
        unknown = [code for code in options["accept"] if code not in RULES or not RULES[code].acceptable]
        if unknown:
            may = ", ".join(c for c, rule in RULES.items() if rule.acceptable)
            self._stop(_("Không thể chấp nhận: {codes}. Có thể: {may}.").format(codes=", ".join(unknown), may=may))
        return Choices(
            crs=options["crs"],
            encodings=dict(options["encoding"]),
            mapping=dict(options["map"]),
            constants=dict(options["set"]),
            accepted=frozenset(options["accept"]),
            fix=options["fix"],
            accuracy_m=options["accuracy"],
            source=options["source"],
            surveyed_on=options["surveyed_on"],
        )

    def _read(self, layer: Layer, options: dict[str, Any]) -> Reading:
        shapes = layer.geometry_type is not None
        try:
            return read(options["file"], sublayer=options["sublayer"], personal=PERSONAL_COLUMNS, shapes=shapes)
        except Refused as refusal:
            self._stop(" ".join([f"{refusal.code}:", *words(refusal)]))

    def _compare(self, layer: Layer, understood: Understood, whole_layer: bool) -> Difference | None:
        """None where the frame is not yet one that could be published."""
        if understood.unchecked or any(finding.severity == "block" for finding in understood.open):
            return None
        try:
            return compare(layer, [publishable(understood.frame, layer)], whole_layer=whole_layer)
        except PublishRefused as refusal:
            self._refused(refusal)

    def _tell(
        self,
        reading: Reading,
        understood: Understood,
        extra: list[Finding],
        choices: Choices,
        difference: Difference | None,
    ) -> None:
        self.printer.reading(reading)
        self.printer.findings(understood, extra, choices.accepted)
        if difference is not None:
            self.printer.difference(difference)

    def _publish(
        self, layer: Layer, reading: Reading, understood: Understood, options: dict[str, Any], choices: Choices
    ) -> None:
        delivery = Delivery(options["file"].name[:200], reading.sha256, PUBLISHER, note=_note(choices))
        frame = publishable(understood.frame, layer)
        try:
            revision = publish(layer, [frame], delivery, whole_layer=options["whole_layer"])
        except PublishRefused as refusal:
            self._refused(refusal)
        if revision is None:
            self.printer.heading(_("Tệp này không thay đổi gì."))
        else:
            self.printer.heading(_("Đã công bố bản số {number}.").format(number=revision.number))

    def _refused(self, refusal: PublishRefused) -> NoReturn:
        refused(self.stderr, refusal)

    def _stop(self, sentence: str) -> NoReturn:
        stopped(self.stderr, sentence)


def _blocked(findings: list[Finding]) -> str:
    codes = ", ".join(dict.fromkeys(finding.code for finding in findings))
    return _("Chưa thể công bố, còn {count} điều: {codes}.").format(count=len(findings), codes=codes)


def _note(choices: Choices) -> str:
    """What the operator decided, for the history: no value of the file stands in it."""
    said = [f"--crs {choices.crs}"] if choices.crs else []
    said += ["--fix"] if choices.fix else []
    said += [f"--encoding {name}={value}".replace(" =", " ") for name, value in choices.encodings.items()]
    said += [f"--accept {code}" for code in sorted(choices.accepted)]
    return "; ".join(said)[:LONGEST_NOTE]
