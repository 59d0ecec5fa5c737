"""Django's registration of the room."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """See DESIGN, rooms and layers."""

    name = "localgov.jobs"
