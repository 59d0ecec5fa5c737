"""Tables of the room."""

from localgov.directory.models.administrator import Administrator, AdministratorRecord
from localgov.directory.models.office_website import OfficeWebsite
from localgov.directory.models.website import WebsiteRecord
from localgov.directory.models.website_check import WebsiteCheck

__all__ = ["Administrator", "AdministratorRecord", "OfficeWebsite", "WebsiteCheck", "WebsiteRecord"]
