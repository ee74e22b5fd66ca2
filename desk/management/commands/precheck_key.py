"""precheck_key add FIRM | list | end NUMBER: the keys with which survey firms have files checked."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Count
from django.utils import timezone

from desk import keys
from desk.models import FirmKey
from exports.api_keys.stored import ApiKey


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
        if not firm or len(firm) > 80:
            raise CommandError("Cần tên đơn vị, không quá 80 chữ.")
        if ApiKey.objects.filter(name=firm).exclude(ended_at=None).exists():
            raise CommandError(f"Khóa mang tên {firm} đã chấm dứt; đặt tên khác, ví dụ thêm năm.")
        self.stdout.write(f"{firm}: {keys.allow(firm) or 'dùng khóa đã có'}")

    def list(self, options: dict[str, Any]) -> None:
        for firm in FirmKey.objects.select_related("key").annotate(checked=Count("prechecks")).order_by("pk"):
            key = firm.key
            until = f", chấm dứt {timezone.localtime(key.ended_at):%d/%m/%Y}" if key.ended_at else ""
            made = timezone.localtime(key.made_at)
            self.stdout.write(f"{firm.pk}  {key.name}  cấp {made:%d/%m/%Y}{until}, {firm.checked} lần kiểm tra")

    def end(self, options: dict[str, Any]) -> None:
        firm = ApiKey.objects.filter(firm__pk=options["number"], ended_at=None)
        if not firm.update(ended_at=timezone.now()):
            raise CommandError(f"Không có khóa số {options['number']} còn hiệu lực.")
        self.stdout.write(f"Đã chấm dứt khóa số {options['number']}.")
