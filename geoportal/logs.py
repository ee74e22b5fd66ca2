"""One JSON object a line, without anything that tells who asked what: no address, no query, no value."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime


class JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": self.message_of(record),
        }
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)

    @staticmethod
    def message_of(record: logging.LogRecord) -> str:
        """Django's request logger puts the full path, and so the query, into its message: keep the kind only."""
        if record.name in {"django.request", "django.security"} or record.name.startswith("django.security."):
            return f"status {getattr(record, 'status_code', '-')}"
        return record.getMessage()
