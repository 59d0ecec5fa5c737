"""Django's registration of the room."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """See DESIGN, rooms and layers."""

    name = "localgov.ui"
