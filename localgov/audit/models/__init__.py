"""Tables of the room."""

from localgov.audit.models.event import Event
from localgov.audit.models.row_change import RowChange

__all__ = ["Event", "RowChange"]
