"""What the worker (`./portal worker`) does for people who come back: letters, cases that are done."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from contact import following, mistakes, watching


# Hours are those of UTC: at 17:00 a new day begins in Vietnam, and a permit may have ended with the old one.
@app.periodic(cron="10 17 * * *")
@app.task(queueing_lock="check-followed", lock="check-followed", pass_context=False)
def check_followed(timestamp: int) -> None:
    """Compute every followed answer anew; a publication is seen the same way as an expiry."""
    watching.check_all()


@app.periodic(cron="*/15 * * * *")
@app.task(queueing_lock="tell-followers", lock="tell-followers", pass_context=False)
def tell_followers(timestamp: int) -> None:
    """Tell what is due, also what a mail server did not take the last time."""
    following.tell_all()


@app.periodic(cron="20 20 * * *")
@app.task(queueing_lock="tidy-contact", lock="tidy-contact", pass_context=False)
def tidy_contact(timestamp: int) -> None:
    """Close, delete and forget what is due. A day that is missed is made up for by the next one."""
    mistakes.tidy(timezone.now())
    following.tidy()
