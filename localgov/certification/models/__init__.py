"""Tables of the room."""

from localgov.certification.models.certificate import NUMBER_PREFIX, Certificate, Level
from localgov.certification.models.certificate_exception import CertificateException
from localgov.certification.models.lapse import Lapse
from localgov.certification.models.seat import Seat

__all__ = ["NUMBER_PREFIX", "Certificate", "CertificateException", "Lapse", "Level", "Seat"]
