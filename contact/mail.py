"""Letters on the console, for the demo: everything but who they are for, because what is printed lands in a log."""

from __future__ import annotations

from django.core.mail import EmailMessage
from django.core.mail.backends.console import EmailBackend as Console


class EmailBackend(Console):
    def write_message(self, message: EmailMessage) -> None:
        self.stream.write(
            f"[a letter, not sent: EMAIL_URL is not set]\n{message.subject}\n\n{message.body}\n{'-' * 79}\n"
        )
