"""Tables of the room."""

from localgov.certification.models.certificate import NUMBER_PREFIX, Certificate, Level
from localgov.certification.models.lapse import Lapse

__all__ = ["NUMBER_PREFIX", "Certificate", "Lapse", "Level"]
