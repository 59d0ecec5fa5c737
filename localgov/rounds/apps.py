"""Django's registration of the room."""

from django.apps import AppConfig


class RoundsConfig(AppConfig):
    """See DESIGN, rooms and layers."""

    name = "localgov.rounds"
