"""Django's registration of the room."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """See DESIGN, rooms and layers."""

    name = "localgov.organisations"
