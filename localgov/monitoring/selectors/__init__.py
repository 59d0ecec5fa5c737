"""Who has recorded, and who has not."""

from localgov.monitoring.selectors.boards import (
    RETURNED,
    AreaStatus,
    Filter,
    TimeStatus,
    UnitStatus,
    UnitStatusRows,
    area_status,
    total_of,
    unit_status,
)
from localgov.monitoring.selectors.progress import sections_of, sheet_word

__all__ = [
    "RETURNED",
    "AreaStatus",
    "Filter",
    "TimeStatus",
    "UnitStatus",
    "UnitStatusRows",
    "area_status",
    "sections_of",
    "sheet_word",
    "total_of",
    "unit_status",
]
