"""withdraw LAYER FEATURE: blank what should never have been public, in every version. Two officers answer for it."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import translation
from django.utils.translation import gettext as _

from importers.management.printing import Printer, refused, stopped
from importers.publish import Delivery, PublishRefused, withdraw
from layers import catalogue


class Command(BaseCommand):
    help = "Thu hồi một đối tượng khỏi mọi phiên bản; cần hai cán bộ và lý do."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("layer", metavar="LAYER", help="tên lớp, ví dụ parcels")
        parser.add_argument("feature", type=int, metavar="FEATURE", help="số của đối tượng")
        parser.add_argument("--reason", required=True, help="lý do, hiện trong lịch sử; đừng nhắc lại điều cần thu hồi")
        parser.add_argument("--by", required=True, metavar="NAME", help="cán bộ đề nghị")
        parser.add_argument("--approved-by", required=True, metavar="NAME", help="cán bộ duyệt, người khác")
        parser.add_argument("--lang", choices=("vi", "en"), default="vi")

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(options["lang"]):
            if options["layer"] not in {layer.slug for layer in catalogue.every()}:
                stopped(self.stderr, _("Không có lớp dữ liệu “{slug}”. Các lớp:").format(slug=options["layer"][:60]))
            delivery = Delivery("", "", options["by"], approver=options["approved_by"])
            layer = catalogue.get(options["layer"])
            try:
                revision = withdraw(layer, options["feature"], reason=options["reason"][:500], delivery=delivery)
            except PublishRefused as refusal:
                refused(self.stderr, refusal)
            printer = Printer(self.stdout)  # type: ignore[arg-type]  # it has write
            sentence = _("Đã thu hồi bằng bản số {number}. Ô bản đồ cũ của lớp này không còn được trả lời.")
            printer.line(sentence.format(number=revision.number))
            printer.line(_("Bản sao lưu đã có vẫn giữ nội dung đó; xem docs/operations.md."))
