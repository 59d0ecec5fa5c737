"""Writing of the room."""

from localgov.directory.services.administrators import Person, administrators_confirm, administrators_record
from localgov.directory.services.checks import website_checks_keep
from localgov.directory.services.offices import office_website_record
from localgov.directory.services.recording import OutOfDate
from localgov.directory.services.websites import website_confirm, website_record

__all__ = [
    "OutOfDate",
    "Person",
    "administrators_confirm",
    "administrators_record",
    "office_website_record",
    "website_checks_keep",
    "website_confirm",
    "website_record",
]
