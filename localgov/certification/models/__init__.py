"""Tables of the room."""

from localgov.certification.models.certificate import Certificate, Level
from localgov.certification.models.lapse import Lapse

__all__ = ["Certificate", "Lapse", "Level"]
