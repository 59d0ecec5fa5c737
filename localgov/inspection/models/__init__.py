"""Tables of the room."""

from localgov.inspection.models.daily_head import DailyHead
from localgov.inspection.models.filing_head import FilingHead
from localgov.inspection.models.link import Link

__all__ = ["DailyHead", "FilingHead", "Link"]
