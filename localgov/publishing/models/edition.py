"""How often what the public sees of a unit has changed."""

from django.db import models


class Edition(models.Model):
    """One row a unit, counted up by the database's trigger whenever an item of it begins or ceases to be shown, or shows another
    version. Writers of one unit wait for each other's count, so that a number never comes back: pages are cached by it.
    """

    organisation = models.OneToOneField("organisations.Organisation", primary_key=True, on_delete=models.PROTECT)
    number = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.number}"
