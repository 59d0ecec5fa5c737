"""Django's registration of the room."""

from django.apps import AppConfig


class LibraryConfig(AppConfig):
    """See DESIGN, rooms and layers."""

    name = "localgov.library"
