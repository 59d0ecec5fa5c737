"""Django's registration of the room."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """See DESIGN, rooms and layers."""

    name = "localgov.audit"
