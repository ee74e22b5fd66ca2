"""precheck_key add FIRM | list | end NUMBER: the keys with which survey firms have files checked."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Count
from django.utils import timezone

from desk import keys
from desk.models import FirmKey


class Command(BaseCommand):
    help = "Cấp, liệt kê, chấm dứt khóa kiểm tra trước của đơn vị đo đạc."

    def add_arguments(self, parser: ArgumentParser) -> None:
        todo = parser.add_subparsers(dest="todo", required=True)
        todo.add_parser("add", help="cấp một khóa; khóa chỉ in ra một lần").add_argument("firm", metavar="FIRM")
        todo.add_parser("list", help="các khóa đã cấp")
        todo.add_parser("end", help="chấm dứt một khóa").add_argument("number", metavar="NUMBER", type=int)

    def handle(self, *args: Any, **options: Any) -> None:
        {"add": self.add, "list": self.list, "end": self.end}[options["todo"]](options)

    def add(self, options: dict[str, Any]) -> None:
        firm = options["firm"].strip()
        if not firm or len(firm) > 150:
            raise CommandError("Cần tên đơn vị, không quá 150 chữ.")
        self.stdout.write(f"{firm}: {keys.make(firm)}")

    def list(self, options: dict[str, Any]) -> None:
        for key in FirmKey.objects.annotate(checked=Count("prechecks")).order_by("pk"):
            until = f", chấm dứt {timezone.localtime(key.ended_at):%d/%m/%Y}" if key.ended_at else ""
            made = timezone.localtime(key.made_at)
            self.stdout.write(f"{key.pk}  {key.firm}  cấp {made:%d/%m/%Y}{until}, {key.checked} lần kiểm tra")

    def end(self, options: dict[str, Any]) -> None:
        if not FirmKey.objects.filter(pk=options["number"], ended_at=None).update(ended_at=timezone.now()):
            raise CommandError(f"Không có khóa số {options['number']} còn hiệu lực.")
        self.stdout.write(f"Đã chấm dứt khóa số {options['number']}.")
