"""Where a file lies while it is still being sent: a private folder of ours, so that none outlives a killed process.

Django would use the system's temporary folder, which nobody of ours cleans; the desk's worker cleans this one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http import HttpRequest


class Arriving(TemporaryFileUploadHandler):
    def new_file(self, *args: Any, **details: Any) -> None:
        folder = Path(settings.FILE_UPLOAD_TEMP_DIR)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        super().new_file(*args, **details)


def forget(request: HttpRequest) -> None:
    """Delete what of a form had arrived when it was cut off; Django leaves the file it was writing to the collector."""
    for handler in request.upload_handlers:
        handler.upload_interrupted()
