"""Pages of the room: the download box, and help."""
