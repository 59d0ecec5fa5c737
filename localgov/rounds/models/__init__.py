"""Tables of the room."""

from localgov.rounds.models.extension import Extension
from localgov.rounds.models.reopening import Reopening, ReopeningEnd
from localgov.rounds.models.roster_entry import RosterEntry
from localgov.rounds.models.round import Profile, Round

__all__ = ["Extension", "Profile", "Reopening", "ReopeningEnd", "RosterEntry", "Round"]
