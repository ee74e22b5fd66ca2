"""An answer as JSON, the exact twin of the page. Canonical: the same answer is the same bytes, years later.

Keys are sorted, numbers are those the database rounded, texts stand in both languages, days are ISO 8601.
"""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from layers.declare import Layer, Words
from layers.report.answers import Report
from layers.report.sites import SiteReport
from layers.report.writing import both, declared, object_of, written


def document(report: Report | SiteReport) -> dict[str, Any]:
    """The report as plain JSON values."""
    tree: dict[str, Any] = plain(report)
    tree["date"] = tree.pop("day")
    tree["counts"] = {answer.value: count for answer, count in report.counts.items()}
    tree["legal_force"] = False
    return tree


def dumps(report: Report | SiteReport) -> bytes:
    """Canonical UTF-8 bytes of the report: those of its `document`, written in one pass."""
    told = {field.name: written(getattr(report, field.name)) for field in fields(report)}
    told["date"] = told.pop("day")
    told["counts"] = object_of({answer.value: str(count) for answer, count in report.counts.items()})
    told["legal_force"] = "false"
    return object_of(told).encode()


def as_json(document: dict[str, Any]) -> bytes:
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def plain(value: Any) -> Any:
    """Dataclasses to objects, tuples to lists, decimals to numbers; a layer tells what explains its answer."""
    if isinstance(value, Layer):
        return declared(value)
    if isinstance(value, Words):
        return both(value)
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, date):
        return value.isoformat()
    return value
