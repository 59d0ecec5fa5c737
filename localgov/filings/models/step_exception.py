"""A step that rests on a tiny unit's exception."""

from django.db import models


class StepException(models.Model):
    """One step whose taker joined two parts by an exception. Append-only; written with the step, in its transaction."""

    step = models.OneToOneField("filings.StepTaken", on_delete=models.PROTECT, related_name="rests_on")
    exception = models.ForeignKey("accounts.DutyException", on_delete=models.PROTECT, related_name="steps")

    def __str__(self) -> str:
        return f"step {self.step_id} by exception {self.exception_id}"
