"""Tables of the room."""

from localgov.publishing.models.document import Document, VersionDocument
from localgov.publishing.models.duty import EntryDuty
from localgov.publishing.models.edition import Edition
from localgov.publishing.models.item import Item
from localgov.publishing.models.picture import Picture, VersionPicture
from localgov.publishing.models.tally import EntryTally
from localgov.publishing.models.version import ItemVersion

__all__ = [
    "Document",
    "Edition",
    "EntryDuty",
    "EntryTally",
    "Item",
    "ItemVersion",
    "Picture",
    "VersionDocument",
    "VersionPicture",
]
