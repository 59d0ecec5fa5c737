"""Reading circulars."""
