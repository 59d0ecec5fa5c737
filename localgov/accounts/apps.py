"""Django's registration of the room."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """See DESIGN, rooms and layers."""

    name = "localgov.accounts"
