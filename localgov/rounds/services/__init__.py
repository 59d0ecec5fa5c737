"""Writing rounds and rosters: opening a year, its dates, units that join or leave, and what a first installation holds."""

from localgov.rounds.services.dates import (
    Order,
    extension_units,
    reopening_end,
    reopening_units,
    round_extend,
    round_reopen,
)
from localgov.rounds.services.installation import Loaded, forms_and_rounds_load
from localgov.rounds.services.opening import round_open
from localgov.rounds.services.roster import roster_add_unit, roster_excuse, roster_follow_paths

__all__ = [
    "Loaded",
    "Order",
    "extension_units",
    "forms_and_rounds_load",
    "reopening_end",
    "reopening_units",
    "roster_add_unit",
    "roster_excuse",
    "roster_follow_paths",
    "round_extend",
    "round_open",
    "round_reopen",
]
