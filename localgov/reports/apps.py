"""Django's registration of the room."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """See DESIGN, rooms and layers."""

    name = "localgov.reports"
