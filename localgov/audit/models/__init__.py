"""Tables of the room."""

from localgov.audit.models.event import Event

__all__ = ["Event"]
