"""Django's registration of the room."""

from django.apps import AppConfig


class FormsConfig(AppConfig):
    """See DESIGN, rooms and layers."""

    name = "localgov.forms"
