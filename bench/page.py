"""docs/performance.md: each size of the demo has its place between two markers, each part in it too."""

from __future__ import annotations

import os
import platform
import re
import time
from pathlib import Path

import django
from django.db import connections

FILE = Path(__file__).resolve().parent.parent / "docs" / "performance.md"


def heading(parcels: int) -> str:
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('server_version'), PostGIS_Lib_Version(),"
            " pg_size_pretty(pg_database_size(current_database()))"
        )
        postgres, postgis, size = cursor.fetchone()
    return (
        f"### {parcels:,} parcels\n\n"
        f"{time.strftime('%Y-%m-%d %H:%M')}, {processor()} ({os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}), "
        f"PostgreSQL {postgres}, PostGIS {postgis}, Python {platform.python_version()}, "
        f"Django {django.get_version()}; database {size}."
    )


def processor() -> str:
    known = Path("/proc/cpuinfo")
    named = re.search(r"^model name\s*:\s*(.+)$", known.read_text(), re.MULTILINE) if known.is_file() else None
    return named[1] if named else platform.machine()


def write(parcels: int, measured: dict[str, str]) -> None:
    """Put what was measured in the place of what stood there for this size; other sizes and parts stay."""
    text = FILE.read_text(encoding="utf-8")
    before = between(text, f"{parcels}") or ""
    parts = {part: between(before, f"{parcels} {part}") for part in ("tiles", "search", "identify", "report")}
    parts |= measured
    body = "\n\n".join(marked(f"{parcels} {part}", words) for part, words in parts.items() if words)
    section = marked(f"{parcels}", f"{heading(parcels)}\n\n{body}")
    old = marked(f"{parcels}", before) if before else None
    text = text.replace(old, section) if old else f"{text.rstrip()}\n\n{section}\n"
    FILE.write_text(text, encoding="utf-8")


def marked(name: str, words: str) -> str:
    return f"<!-- bench {name} -->\n{words}\n<!-- /bench {name} -->"


def between(text: str, name: str) -> str | None:
    found = re.search(rf"<!-- bench {name} -->\n(.*?)\n<!-- /bench {name} -->", text, re.DOTALL)
    return found[1] if found else None
