"""What a first installation holds: the eight-domain form, published, and its first two years, open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from localgov.access.actor import Actor
from localgov.audit.clock import clock_set
from localgov.forms import services as forms
from localgov.forms.models import FormVersion
from localgov.lib.thai_calendar import bangkok_date, bangkok_day_end, bangkok_day_start, fiscal_year_bounds
from localgov.rounds import selectors
from localgov.rounds.first_dates import first_dates
from localgov.rounds.models import Profile, Round
from localgov.rounds.services.opening import round_open

EIGHT_DOMAINS = "eight_domains"
FIRST_YEARS = (2569, 2570)


@dataclass(frozen=True)
class Loaded:
    """What was there or made: the version in force, whether it is new, and the fiscal years that this call opened."""

    version: FormVersion
    published: bool
    opened: tuple[int, ...]


@transaction.atomic
def forms_and_rounds_load(*, actor: Actor, at: datetime, back_to: date | None = None) -> Loaded:
    """Publish the eight-domain form, write the first notes and open its first years, whatever of it is not there yet.

    `back_to`, for a demonstration alone: each year was opened on its first day, or on this one, so that it has a past.

    Raises:
        FormBroken: the text of the form has faults.
        Denied: no right, no units in the register, or the text was changed without a new version number.
    """
    published = forms.form_publish_from_folder(form_code=EIGHT_DOMAINS, actor=actor, at=at)
    forms.notes_begin(actor=actor, at=at)
    opened = []
    for fiscal_year in FIRST_YEARS:
        if selectors.round_of(form_code=EIGHT_DOMAINS, fiscal_year=fiscal_year) is None:
            opened.append(_open(published.version, fiscal_year, actor, at, back_to).fiscal_year_be)
    return Loaded(published.version, published=published.created, opened=tuple(opened))


def _open(version: FormVersion, fiscal_year: int, actor: Actor, at: datetime, back_to: date | None) -> Round:
    dates = first_dates(fiscal_year, on=bangkok_date(at))
    opened_at = at
    if back_to is not None:
        opened_at = min(at, bangkok_day_start(max(back_to, fiscal_year_bounds(fiscal_year)[0])))
        clock_set(opened_at)
    return round_open(
        actor=actor,
        at=opened_at,
        form_version=version,
        fiscal_year=fiscal_year,
        title=version.title,
        profile=Profile.PROVINCE,
        due_at=bangkok_day_end(dates.due),
        last_new_at=bangkok_day_end(dates.last_new),
        last_edit_at=bangkok_day_end(dates.last_edit),
    )
