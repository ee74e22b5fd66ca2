"""Columns that never leave the file: names, addresses, numbers and papers of persons.

Nghị định 13/2023/NĐ-CP, article 2, and Luật 91/2025/QH15 say what is personal; the names of columns are those seen
in cadastral files. The table is handed to the reader, which drops them while reading; findings name the columns only.
"""

from __future__ import annotations

import csv
from pathlib import Path


def _load() -> frozenset[str]:
    with Path(__file__).with_name("personal.csv").open(encoding="utf-8", newline="") as file:
        return frozenset(row["column"] for row in csv.DictReader(file))


PERSONAL_COLUMNS = _load()
