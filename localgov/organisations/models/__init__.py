"""Tables of the room."""

from localgov.organisations.models.organisation import Kind, Organisation
from localgov.organisations.models.register_import import RegisterImport
from localgov.organisations.models.succession import Succession
from localgov.organisations.models.version import OrganisationVersion

__all__ = ["Kind", "Organisation", "OrganisationVersion", "RegisterImport", "Succession"]
