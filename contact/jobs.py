"""What the worker (`./portal worker`) does for people who come back: letters, cases that are done."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from contact import mistakes


@app.periodic(cron="20 3 * * *")
@app.task(queueing_lock="tidy-mistakes", lock="tidy-mistakes", pass_context=False)
def tidy_mistakes(timestamp: int) -> None:
    """Close and delete what is due. A day that is missed is made up for by the next one."""
    mistakes.tidy(timezone.now())
