"""Django's registration of the room."""

from django.apps import AppConfig


class CertificationConfig(AppConfig):
    """See DESIGN, rooms and layers."""

    name = "localgov.certification"
