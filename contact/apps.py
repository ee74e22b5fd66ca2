from django.apps import AppConfig


class ContactConfig(AppConfig):
    """How people come back to us: mistakes they report, answers they follow, addresses under seal."""

    name = "contact"

    def ready(self) -> None:
        from contact import sealing

        sealing.check_keys()
