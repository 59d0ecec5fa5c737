"""Django's registration of the room."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """See DESIGN, rooms and layers."""

    name = "localgov.web"
