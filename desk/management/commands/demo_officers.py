"""demo_officers: three accounts for the demo province, with passwords for their first day."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand

from desk.accounts import add_officer
from desk.models import ADMINISTRATOR, APPROVER, EDITOR

OFFICERS = (
    ("lan", "Trần Thị Lan (minh họa)", EDITOR),
    ("minh", "Phạm Văn Minh (minh họa)", APPROVER),
    ("quantri", "Quản trị (minh họa)", ADMINISTRATOR),
)


class Command(BaseCommand):
    help = "Tạo các cán bộ của tỉnh minh họa và in mật khẩu dùng một lần; đã có thì để yên."

    def handle(self, *args: Any, **options: Any) -> None:
        for username, name, role in OFFICERS:
            if User.objects.filter(username=username).exists():
                continue
            password = add_officer(username, name, [(role, "", "")], "./portal run (demo)")
            self.stdout.write(f"Officer of the demo at /desk/: {username} ({role}), one-time password {password}")
