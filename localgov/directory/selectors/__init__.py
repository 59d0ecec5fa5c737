"""Reading of the room, a subject a module."""
