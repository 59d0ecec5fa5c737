"""One unit's statements: what holds, what held last year, and every one that was ever made."""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar

from django.db.models import Prefetch, QuerySet

from localgov.directory.models import Administrator, AdministratorRecord
from localgov.directory.models.unit_record import UnitRecord
from localgov.lib.thai_calendar import bangkok_date
from localgov.organisations.models import OrganisationVersion
from localgov.rounds.models import RosterEntry

Record = TypeVar("Record", bound=UnitRecord)
_PEOPLE = Prefetch("people", Administrator.objects.order_by("place"))


def newest(kind: type[Record], *, entry: RosterEntry, as_of: datetime | None = None) -> Record | None:
    """What holds of the unit in the year of its roster (whose round is loaded); None = not yet recorded."""
    return _of_unit(kind, entry, as_of).filter(fiscal_year_be=entry.round.fiscal_year_be).order_by("-pk").first()


def earlier(kind: type[Record], *, entry: RosterEntry, as_of: datetime | None = None) -> Record | None:
    """What held last of the nearest earlier fiscal year that the unit recorded."""
    found = _of_unit(kind, entry, as_of).filter(fiscal_year_be__lt=entry.round.fiscal_year_be)
    return found.order_by("-fiscal_year_be", "-pk").first()


def history(kind: type[Record], *, entry: RosterEntry, as_of: datetime | None = None) -> list[Record]:
    """Every statement of the unit, of all years, newest first."""
    found = _of_unit(kind, entry, as_of).order_by("-pk")
    return list(found.prefetch_related(_PEOPLE) if kind is AdministratorRecord else found)


def register_website(entry: RosterEntry, *, at: datetime) -> str:
    """The address that the register holds of the unit: a suggestion to confirm, never counted as recorded."""
    version = (
        OrganisationVersion.objects.in_force(bangkok_date(at)).filter(organisation_id=entry.organisation_id).first()
    )
    return version.website if version else ""


def _of_unit(kind: type[Record], entry: RosterEntry, as_of: datetime | None) -> QuerySet[Record]:
    found = kind._default_manager.filter(organisation_id=entry.organisation_id)
    return found if as_of is None else found.filter(recorded_at__lte=as_of)


def years_of(entry: RosterEntry) -> list[int]:
    """The fiscal years in which the unit was on a roster of the same form, newest first."""
    entries = RosterEntry.objects.filter(
        organisation_id=entry.organisation_id, round__form_code=entry.round.form_code, excused_from__isnull=True
    )
    return list(entries.order_by("-round__fiscal_year_be").values_list("round__fiscal_year_be", flat=True))
