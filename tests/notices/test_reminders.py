"""Reminders: only who has not, each once, by the unit's own date, to its administrator; what came of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from localgov.access.actor import system_actor
from localgov.access.decision import Denied
from localgov.accounts.models import User
from localgov.directory import services as directory
from localgov.directory.services.administrators import Person as Administrator
from localgov.filings.models import Sheet
from localgov.filings.states import Status
from localgov.lib.thai_calendar import BANGKOK, bangkok_day_end
from localgov.notices import services
from localgov.notices.models import Mail, Reminder
from localgov.notices.services.reminding import day_for
from localgov.notices.states import ReminderAbout
from localgov.rounds.models import RosterEntry
from tests.conftest import Person
from tests.notices.mail_server import MailServer, mail_server

pytestmark = pytest.mark.django_db

DUE = date(2027, 6, 15)
SYSTEM = system_actor("ทดสอบ")


@pytest.fixture
def server(settings: Any) -> Iterator[MailServer]:
    """A mail server that works."""
    with mail_server(settings) as running:
        yield running


def morning(days: int) -> datetime:
    """Nine o'clock, so many days from the due date of the round."""
    day = DUE + timedelta(days=days)
    return datetime(day.year, day.month, day.day, 9, tzinfo=BANGKOK)


@pytest.fixture
def administrator(entry: RosterEntry, recorder: Person, at: datetime) -> str:
    """The address of our unit's INFO administrator."""
    someone = Administrator("ผู้ดูแลระบบ ตัวอย่าง", "นักวิชาการคอมพิวเตอร์", "037-000-000", "keeper@example.go.th")
    directory.administrators_record(actor=recorder.actor, at=at, entry=entry, people=[someone], seen=0)
    return someone.email


def written(entry: RosterEntry) -> list[tuple[str, int, str | None]]:
    rows = Reminder.objects.filter(entry=entry).order_by("pk").select_related("mail")
    return [(row.about, row.days, row.mail.to if row.mail else None) for row in rows]


def test_a_stranger_sees_no_reminder_of_ours_and_plans_nothing(
    entry: RosterEntry, administrator: str, stranger_officer: Person, province_officer: Person
) -> None:
    services.reminders_send(actor=SYSTEM, at=morning(-7))
    rows, plan = reverse("mail:reminder-list"), reverse("mail:reminder-plan", args=[entry.round_id])

    assert "keeper@" not in stranger_officer.client().get(rows).content.decode()
    assert "keeper@" in province_officer.client().get(rows).content.decode()
    for person in (stranger_officer, province_officer):
        assert person.client().post(plan, {"ROUND": "1"}).status_code == 403
        with pytest.raises(Denied):
            services.reminder_plan_set(actor=person.actor, at=morning(-9), round_id=entry.round_id, days={})


def test_a_unit_is_reminded_once_by_each_rule(entry: RosterEntry, administrator: str) -> None:
    for days in (-31, -30, -30, -7, -6, -1, 1, 7, 8):
        services.reminders_send(actor=SYSTEM, at=morning(days))

    assert written(entry) == [("ROUND", rule, administrator) for rule in (-30, -7, -1, 1, 7)]
    last = Mail.objects.order_by("pk").filter(to=administrator).last()
    assert last is not None
    assert "เลยกำหนด 7 วัน" in last.subject
    assert "ยังไม่เริ่ม" in last.body


def test_who_has_done_its_part_hears_nothing(
    entry: RosterEntry, administrator: str, sheet_in: Callable[[Status], Sheet]
) -> None:
    sheet_in(Status.CERTIFIED_LAO)

    (told,) = services.reminders_send(actor=SYSTEM, at=morning(-7))

    assert written(entry) == []
    assert told.mailed + told.without_address == RosterEntry.objects.filter(round=entry.round).count() - 1


def test_an_extended_unit_is_reminded_by_its_own_date(entry: RosterEntry, administrator: str) -> None:
    RosterEntry.objects.filter(pk=entry.pk).update(due_at=bangkok_day_end(DUE + timedelta(days=20)))

    services.reminders_send(actor=SYSTEM, at=morning(-7))
    assert written(entry) == []
    services.reminders_send(actor=SYSTEM, at=morning(13))

    assert written(entry) == [("ROUND", -7, administrator)]


def test_without_an_administrator_the_account_is_written_to_and_else_it_is_listed(
    entry: RosterEntry, unit_administrator: Person, department_officer: Person
) -> None:
    User.objects.filter(pk=unit_administrator.user.pk).update(is_handed_down=True, email="unit@example.go.th")

    (told,) = services.reminders_send(actor=SYSTEM, at=morning(-7))

    assert written(entry) == [("ROUND", -7, "unit@example.go.th")]
    assert (told.mailed, told.without_address) == (1, RosterEntry.objects.filter(round=entry.round).count() - 1)
    page = department_officer.client().get(reverse("mail:reminder-list"), {"address": "none"}).content.decode()
    assert "ไม่มีที่อยู่อีเมล" in page
    assert "unit@example.go.th" not in page


def test_websites_and_administrators_have_days_of_their_own(
    entry: RosterEntry, administrator: str, department_officer: Person, at: datetime
) -> None:
    page = reverse("mail:reminder-plan", args=[entry.round_id])
    client = department_officer.client()
    assert client.post(page, {"ROUND": "หนึ่ง"}).status_code == 422
    assert client.post(page, {"ROUND": "", "WEBSITE": "-๕, 3", "ADMINISTRATOR": "-5"}).status_code == 302

    services.reminders_send(actor=SYSTEM, at=morning(-5))

    assert written(entry) == [(ReminderAbout.WEBSITE, -5, administrator)]
    assert Reminder.objects.filter(about=ReminderAbout.ADMINISTRATOR).exclude(entry=entry).exists()


def test_the_page_tells_who_acted_within_how_many_days(
    entry: RosterEntry, administrator: str, sheet_in: Callable[[Status], Sheet], province_officer: Person, at: datetime
) -> None:
    services.reminders_send(actor=SYSTEM, at=morning(-7))
    Reminder.objects.bulk_create(
        [
            Reminder(
                round=entry.round,
                entry=entry,
                path=entry.path,
                about="ROUND",
                days=-100,
                due_on=DUE,
                at=at - timedelta(days=4),
            )
        ]
    )
    sheet_in(Status.SUBMITTED)

    rows = province_officer.client().get(reverse("mail:reminder-list"), {"name": "บ้านสาธิต"}).context["list"].rows

    within = {row.cells[3].text: row.cells[8].text for row in rows}
    assert within == {"ก่อน 100 วัน": "4", "ก่อน 7 วัน": ""}


@pytest.mark.parametrize(
    ("days", "rule"), [(-8, None), (-7, -7), (-5, -7), (-4, None), (-1, -1), (0, -1), (1, 1), (3, 1), (4, None), (9, 7)]
)
def test_a_missed_day_is_made_up_for_within_two(days: int, rule: int | None) -> None:
    assert day_for(DUE, (-30, -7, -1, 1, 7), DUE + timedelta(days=days)) == rule


def test_the_command_writes_them_and_tells_in_json(entry: RosterEntry, administrator: str, server: MailServer) -> None:
    out = StringIO()

    call_command("send_reminders", at="8 มิ.ย. 2570", json=True, stdout=out)
    again = StringIO()
    call_command("send_reminders", at="2027-06-08", json=True, stdout=again)

    (told,) = json.loads(out.getvalue())
    assert (told["about"], told["mailed"]) == ("ROUND", 1)
    assert json.loads(again.getvalue()) == []


def test_the_command_is_refused_without_a_mail_server(entry: RosterEntry) -> None:
    with pytest.raises(CommandError, match="EMAIL_HOST"):
        call_command("send_reminders", json=True)

    assert not Reminder.objects.exists()
