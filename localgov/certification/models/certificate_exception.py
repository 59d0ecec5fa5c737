"""A certificate that rests on a tiny unit's exception."""

from django.db import models


class CertificateException(models.Model):
    """One exception under which the certified revision was verified or signed; the signed text names it too. Append-only."""

    certificate = models.ForeignKey("certification.Certificate", on_delete=models.PROTECT, related_name="exceptions")
    exception = models.ForeignKey("accounts.DutyException", on_delete=models.PROTECT, related_name="certificates")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["certificate", "exception"], name="certificate_exception_once")]

    def __str__(self) -> str:
        return f"certificate {self.certificate_id} by exception {self.exception_id}"
