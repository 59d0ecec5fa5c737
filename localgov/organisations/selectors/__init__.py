"""Reading the register."""

from localgov.organisations.selectors.offices import OfficeLine, office_of, offices_under, units_under
from localgov.organisations.selectors.unit_list import UnitSearch, units
from localgov.organisations.selectors.unit_page import (
    HistoryLine,
    UnitPage,
    UnitStory,
    full_names_on,
    unit_page,
    unit_story,
)

__all__ = [
    "HistoryLine",
    "OfficeLine",
    "UnitPage",
    "UnitSearch",
    "UnitStory",
    "full_names_on",
    "office_of",
    "offices_under",
    "unit_page",
    "unit_story",
    "units",
    "units_under",
]
