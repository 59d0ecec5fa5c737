"""Tables of the room."""

from localgov.library.models.item import DownloadItem, ItemKind
from localgov.library.models.version import DownloadVersion

__all__ = ["DownloadItem", "DownloadVersion", "ItemKind"]
