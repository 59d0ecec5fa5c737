"""Who has a domain's page open now."""

from django.db import models


class Presence(models.Model):
    """One open page of one domain: whose, at which question, until when it is believed. Nobody's lock, and no record.

    UNLOGGED: it costs no write-ahead log, and a crash that empties it loses nothing.
    """

    page = models.UUIDField(primary_key=True)
    roster_entry_id = models.BigIntegerField()
    section = models.CharField(max_length=60)
    user_id = models.BigIntegerField()
    label = models.CharField(max_length=200)
    place = models.CharField(max_length=80, blank=True)
    is_typing = models.BooleanField(default=False)
    until = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["roster_entry_id", "section"], name="presence_sheet")]

    def __str__(self) -> str:
        return f"{self.label} at {self.section} of {self.roster_entry_id}"
