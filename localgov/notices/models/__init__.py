"""Tables of the room."""

from localgov.notices.models.addressee import Addressee
from localgov.notices.models.circular import Circular
from localgov.notices.models.circular_file import CircularFile
from localgov.notices.models.receipt import Receipt

__all__ = ["Addressee", "Circular", "CircularFile", "Receipt"]
