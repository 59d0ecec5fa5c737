"""The command that a first installation runs: the real form published, its first years open, and again nothing."""

import json
from datetime import date, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from localgov.access.actor import system_actor
from localgov.access.decision import Denied
from localgov.access.roles import RoleCode
from localgov.audit.models import Event
from localgov.forms.models import FormVersion, QuestionCode
from localgov.lib.thai_calendar import last_day_before
from localgov.rounds import services
from localgov.rounds.first_dates import first_dates
from localgov.rounds.models import RosterEntry, Round
from tests.conftest import Register

pytestmark = pytest.mark.django_db

SYSTEM = system_actor("ทดสอบ", RoleCode.FORM_OWNER, RoleCode.DEPARTMENT_OFFICER)


def load() -> dict[str, object]:
    out = StringIO()
    call_command("load_forms_and_rounds", "--json", stdout=out)
    report: dict[str, object] = json.loads(out.getvalue())
    return report


def test_the_first_run_publishes_the_eight_domains_and_opens_two_years(register: Register) -> None:
    assert load() | {"version": ""} == {
        "form": "eight_domains",
        "version": "",
        "published": True,
        "opened": [2569, 2570],
    }
    version = FormVersion.objects.get()
    assert (version.form_code, version.fiscal_year_from, version.fiscal_year_to) == ("eight_domains", 2569, 2570)
    assert QuestionCode.objects.count() == 283 + 198 + 24
    assert RosterEntry.objects.filter(round__fiscal_year_be=2569).count() == 4


def test_the_second_run_changes_nothing(register: Register) -> None:
    load()
    acts = Event.objects.count()
    assert load()["published"] is False
    assert load()["opened"] == []
    assert (Round.objects.count(), FormVersion.objects.count(), Event.objects.count()) == (2, 1, acts)


def test_a_register_without_units_is_refused_and_leaves_nothing(db: None) -> None:
    with pytest.raises(CommandError, match="นำเข้าทะเบียน"):
        load()
    assert not FormVersion.objects.exists()
    assert not Round.objects.exists()


def test_one_who_may_not_publish_is_refused(register: Register, at: datetime) -> None:
    with pytest.raises(Denied):
        services.forms_and_rounds_load(actor=system_actor("ทดสอบ", RoleCode.RECORDER), at=at)


@pytest.mark.parametrize(
    ("fiscal_year", "on", "due", "last_new", "last_edit"),
    [
        (2570, date(2026, 11, 21), date(2027, 6, 15), date(2027, 8, 31), date(2027, 9, 30)),
        (2569, date(2026, 11, 21), date(2026, 6, 15), date(2027, 9, 30), date(2027, 9, 30)),
        (2569, date(2026, 8, 31), date(2026, 6, 15), date(2026, 8, 31), date(2026, 9, 30)),
        (2569, date(2026, 9, 1), date(2026, 6, 15), date(2027, 9, 30), date(2027, 9, 30)),
        (2570, date(2031, 1, 5), date(2027, 6, 15), date(2031, 9, 30), date(2031, 9, 30)),
    ],
)
def test_a_year_that_is_over_stays_open_for_late_filing(
    fiscal_year: int, on: date, due: date, last_new: date, last_edit: date
) -> None:
    dates = first_dates(fiscal_year, on=on)
    assert (dates.due, dates.last_new, dates.last_edit) == (due, last_new, last_edit)


def test_deadlines_are_the_midnight_after_the_last_day(register: Register, at: datetime) -> None:
    services.forms_and_rounds_load(actor=SYSTEM, at=at)
    opened = Round.objects.get(fiscal_year_be=2570)
    assert last_day_before(opened.due_at) == date(2027, 6, 15)
    assert opened.due_at.isoformat() == "2027-06-15T17:00:00+00:00"
