"""What writes in this room."""

from localgov.publishing.services.checking import version_check, version_return
from localgov.publishing.services.checking_many import CheckedOne, versions_check
from localgov.publishing.services.documents import document_add
from localgov.publishing.services.duties import entry_duty_set
from localgov.publishing.services.items import (
    DocumentSaid,
    NotConfirmed,
    OutOfDate,
    PictureSaid,
    item_change,
    item_create,
    item_delete,
    item_display,
    item_restore,
)
from localgov.publishing.services.pictures import picture_add, picture_sizes_make, thumbnails_ask
from localgov.publishing.services.purging import documents_purge, items_purge, pictures_purge

__all__ = [
    "CheckedOne",
    "DocumentSaid",
    "NotConfirmed",
    "OutOfDate",
    "PictureSaid",
    "document_add",
    "documents_purge",
    "entry_duty_set",
    "item_change",
    "item_create",
    "item_delete",
    "item_display",
    "item_restore",
    "items_purge",
    "picture_add",
    "picture_sizes_make",
    "pictures_purge",
    "thumbnails_ask",
    "version_check",
    "version_return",
    "versions_check",
]
