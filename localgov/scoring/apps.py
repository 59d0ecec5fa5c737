"""Django's registration of the room."""

from django.apps import AppConfig


class ScoringConfig(AppConfig):
    """See DESIGN, rooms and layers."""

    name = "localgov.scoring"
