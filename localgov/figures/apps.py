"""Django's registration of the room."""

from django.apps import AppConfig


class FiguresConfig(AppConfig):
    """See DESIGN, rooms and layers."""

    name = "localgov.figures"
