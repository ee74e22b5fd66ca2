from django.apps import AppConfig


class DeskConfig(AppConfig):
    """How officers work: who they are, deliveries on their way to the map, and what the public reported."""

    name = "desk"
