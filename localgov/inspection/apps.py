"""Django's registration of the room."""

from django.apps import AppConfig


class InspectionConfig(AppConfig):
    """See DESIGN, rooms and layers."""

    name = "localgov.inspection"
