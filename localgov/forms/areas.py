"""What the engine may ask about areas, answered by the register's knowledge of provinces and sub-districts."""

from localgov.forms.engine.facts import Areas
from localgov.organisations import areas as register_areas

AREAS: Areas = register_areas.AREAS
