"""Tables of the room."""

from localgov.directory.models.administrator import Administrator, AdministratorRecord
from localgov.directory.models.website import WebsiteRecord

__all__ = ["Administrator", "AdministratorRecord", "WebsiteRecord"]
