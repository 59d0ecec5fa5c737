"""Tables of the room."""

from localgov.figures.models.figure import Figure, Stage

__all__ = ["Figure", "Stage"]
