"""Django's registration of the room."""

from django.apps import AppConfig


class TravelConfig(AppConfig):
    """See DESIGN, rooms and layers."""

    name = "localgov.travel"
