"""Django's registration of the room."""

from django.apps import AppConfig


class FilingsConfig(AppConfig):
    """See DESIGN, rooms and layers."""

    name = "localgov.filings"
