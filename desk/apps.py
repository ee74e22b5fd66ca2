from django.apps import AppConfig


class DeskConfig(AppConfig):
    """How officers work: who they are, deliveries on their way to the map, and what the public reported."""

    name = "desk"

    def ready(self) -> None:
        from allauth.account.signals import password_changed

        from desk.accounts import password_is_own

        password_changed.connect(password_is_own, dispatch_uid="desk-password-is-own")
