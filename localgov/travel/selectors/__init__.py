"""Readers of the room."""
