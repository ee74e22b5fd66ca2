"""roll_back NUMBER: undo one publication by copies under a new number."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import translation
from django.utils.translation import gettext as _

from importers.management.commands.import_layer import PUBLISHER
from importers.management.printing import Printer, refused, stopped
from importers.publish import Delivery, PublishRefused, roll_back


class Command(BaseCommand):
    help = "Hoàn tác một bản công bố: không xóa gì, chép lại dưới số mới."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("number", type=int, metavar="NUMBER", help="số của bản công bố")
        parser.add_argument("--note", default="", help="lý do, ghi vào lịch sử")
        parser.add_argument("--lang", choices=("vi", "en"), default="vi")

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(options["lang"]):
            if not settings.CONSOLE_MAY_PUBLISH:
                stopped(self.stderr, _("Cài đặt CONSOLE_MAY_PUBLISH không cho hoàn tác từ bàn lệnh."))
            try:
                revision = roll_back(options["number"], Delivery("", "", PUBLISHER, note=options["note"][:500]))
            except PublishRefused as refusal:
                refused(self.stderr, refusal)
            sentence = _(
                "Đã hoàn tác bản số {undone} bằng bản số {number}: {added} mở lại, {changed} đổi lại, {removed} đóng."
            )
            told = {name: getattr(revision, name) for name in ("number", "added", "changed", "removed")}
            Printer(self.stdout).line(sentence.format(undone=options["number"], **told))  # type: ignore[arg-type]  # it has write
