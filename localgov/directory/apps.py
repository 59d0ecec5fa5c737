"""Django's registration of the room."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """See DESIGN, rooms and layers."""

    name = "localgov.directory"
