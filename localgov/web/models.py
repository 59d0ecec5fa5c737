"""The room's one table: what became of a press of a button."""

from django.db import models


class Press(models.Model):
    """One press of one rendered form's button: who, when, and the answer that a second press gets.

    `key` is the digest of person, address, form and content. The row is written in the transaction of the act itself, so a
    press stands exactly when its act does. `sealed` is the answer, readable only with the form that was sent.
    """

    key = models.CharField(max_length=64, primary_key=True)
    user_id = models.BigIntegerField()
    at = models.DateTimeField()
    sealed = models.BinaryField(null=True)

    class Meta:
        indexes = [models.Index(fields=["at"], name="press_at")]

    def __str__(self) -> str:
        return self.key
