"""Writing: the daily heads."""

from localgov.inspection.services.heading import HeadNotReady, daily_head_make

__all__ = ["HeadNotReady", "daily_head_make"]
