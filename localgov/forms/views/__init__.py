"""Pages of the room: versions and drafts of forms, notes."""
