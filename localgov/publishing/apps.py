"""Django's registration of the room."""

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    """See DESIGN, rooms and layers."""

    name = "localgov.publishing"
