"""Writing rounds and rosters: opening a year, units that join or leave, and what a first installation holds."""

from localgov.rounds.services.installation import Loaded, forms_and_rounds_load
from localgov.rounds.services.opening import round_extend, round_open
from localgov.rounds.services.roster import roster_add_unit, roster_excuse, roster_follow_paths

__all__ = [
    "Loaded",
    "forms_and_rounds_load",
    "roster_add_unit",
    "roster_excuse",
    "roster_follow_paths",
    "round_extend",
    "round_open",
]
