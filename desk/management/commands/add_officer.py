"""add_officer NAME: an account at the desk, its rights, and a password for the first day."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from desk.accounts import add_officer
from desk.models import ROLES
from layers import catalogue


class Command(BaseCommand):
    help = "Tạo tài khoản cán bộ; in mật khẩu dùng cho lần đăng nhập đầu tiên."

    def add_arguments(self, parser: ArgumentParser) -> None:
        add = parser.add_argument
        add("name", metavar="NAME", help="tên đăng nhập")
        add("--role", nargs="+", choices=tuple(ROLES), required=True)
        add("--full-name", default="", help="tên đứng trong lịch sử")
        add("--layer", nargs="*", default=[""], help="lớp được quyền; không ghi: mọi lớp")
        add("--commune", nargs="*", default=[""], help="mã xã được quyền; không ghi: mọi xã")

    def handle(self, *args: Any, **options: Any) -> None:
        known = {layer.slug for layer in catalogue.every()}
        if wrong := [slug for slug in options["layer"] if slug and slug not in known]:
            raise CommandError(f"Không có lớp: {', '.join(wrong)}. Các lớp: {', '.join(sorted(known))}.")
        if User.objects.filter(username=options["name"]).exists():
            raise CommandError(f"Đã có tài khoản {options['name']}.")
        rights = [(r, la, c) for r in options["role"] for la in options["layer"] for c in options["commune"]]
        password = add_officer(options["name"], options["full_name"], rights, "./portal manage add_officer")
        self.stdout.write(f"{options['name']}: mật khẩu dùng một lần {password}")
