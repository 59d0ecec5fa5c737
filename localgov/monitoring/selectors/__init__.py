"""Who has recorded, and who has not."""

from localgov.monitoring.selectors.boards import (
    RETURNED,
    AreaStatus,
    Filter,
    UnitStatus,
    UnitStatusRows,
    area_status,
    total_of,
    unit_status,
)

__all__ = [
    "RETURNED",
    "AreaStatus",
    "Filter",
    "UnitStatus",
    "UnitStatusRows",
    "area_status",
    "total_of",
    "unit_status",
]
