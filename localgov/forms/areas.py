"""What the engine may ask about areas, answered by the register's knowledge of provinces and sub-districts."""

from localgov.forms.engine.facts import UNKNOWN_AREAS, Areas

AREAS: Areas = UNKNOWN_AREAS
