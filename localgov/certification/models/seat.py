"""By what right a certificate was signed."""

from django.db import models


class Seat(models.Model):
    """The term of office in which one certificate was signed: acting or not, by which order. Append-only."""

    certificate = models.OneToOneField("certification.Certificate", on_delete=models.PROTECT, related_name="seat")
    assignment = models.ForeignKey("accounts.RoleAssignment", on_delete=models.PROTECT, related_name="+")
    is_acting = models.BooleanField()
    order_number = models.CharField(max_length=100, blank=True)

    def __str__(self) -> str:
        return f"certificate {self.certificate_id} by assignment {self.assignment_id}"

    @property
    def wording(self) -> str:
        """`ปฏิบัติหน้าที่แทน ตามคำสั่งจังหวัด ที่ 1/2570`; what there is of it."""
        order = f"ตามคำสั่งเลขที่ {self.order_number}" if self.order_number else ""
        return " ".join(part for part in ("ปฏิบัติหน้าที่แทน" if self.is_acting else "", order) if part)
