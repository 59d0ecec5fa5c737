"""Django's registration of the room."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """See DESIGN, rooms and layers."""

    name = "localgov.portal"
