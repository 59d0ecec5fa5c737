"""Django's registration of the room."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """See DESIGN, rooms and layers."""

    name = "localgov.notices"
