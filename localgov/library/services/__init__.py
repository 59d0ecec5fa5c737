"""What writes in this room."""

from localgov.library.services.guides import GuidesLoaded, guides_load
from localgov.library.services.keeping import (
    Content,
    FileContent,
    ItemStale,
    VideoContent,
    item_add,
    item_change,
    item_withdraw,
    version_add,
)

__all__ = [
    "Content",
    "FileContent",
    "GuidesLoaded",
    "ItemStale",
    "VideoContent",
    "guides_load",
    "item_add",
    "item_change",
    "item_withdraw",
    "version_add",
]
