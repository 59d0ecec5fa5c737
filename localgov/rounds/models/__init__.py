"""Tables of the room."""

from localgov.rounds.models.roster_entry import RosterEntry
from localgov.rounds.models.round import Profile, Round

__all__ = ["Profile", "RosterEntry", "Round"]
