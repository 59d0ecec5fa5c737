"""Django's registration of the room."""

from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    """See DESIGN, rooms and layers."""

    name = "localgov.monitoring"
