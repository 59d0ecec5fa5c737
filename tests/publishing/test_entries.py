"""The year's entries: what the Department asks for, who has less, the board, the letter and the reminder about it (R6.5)."""

from __future__ import annotations

import io
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs

import pytest
import time_machine
from django.db import connection, transaction
from django.db.utils import DatabaseError, IntegrityError
from django.urls import reverse
from django.utils.html import escape
from python_calamine import CalamineWorkbook

from localgov.access.actor import system_actor
from localgov.access.decision import Denied
from localgov.access.roles import RoleCode
from localgov.audit.models import Event
from localgov.monitoring.causes import Cause
from localgov.monitoring.selectors.lagging import lagging_areas, lagging_units
from localgov.notices import services as notices
from localgov.notices.models import Reminder
from localgov.notices.states import ReminderAbout
from localgov.organisations.models import Organisation
from localgov.publishing import services
from localgov.publishing.models import EntryDuty, EntryTally, Item
from localgov.publishing.selectors.duties import asked_of
from localgov.publishing.states import PublishedKind
from localgov.rounds.models import RosterEntry, Round
from localgov.rounds.reading import RosterFilter
from localgov.ui.moments import moment_suffix
from tests.conftest import Person, Register
from tests.filings.test_standings import database_now
from tests.publishing.making import WRITER, item_made, item_returned, item_shown

K = PublishedKind
OURS = RosterFilter(prefixes=("th.25.",))
DUE = date(2027, 1, 31)


@pytest.fixture
def department() -> Any:
    """Who may say what is asked."""
    return system_actor("กรมทดสอบ", RoleCode.DEPARTMENT_OFFICER)


def ask(
    actor: Any, at: datetime, *, news: int = 1, products: int = 1, places: int = 1, due_on: date = DUE
) -> EntryDuty:
    return services.entry_duty_set(
        actor=actor,
        at=at,
        fiscal_year=2570,
        due_on=due_on,
        counts={K.NEWS: news, K.PRODUCT: products, K.PLACE: places},
    )


def lagging(round: Round, cause: Cause, at: datetime, **wanted: Any) -> dict[str, str]:
    """Codes of our province's units that lag, with what they have done."""
    found = lagging_units(cause=cause, wanted=RosterFilter(prefixes=("th.25.",), **wanted), at=at, round=round)
    return {unit.code: unit.done for unit in found}


def board(person: Person, name: str, *args: object, **query: str) -> list[list[Any]]:
    """The rows of a board's workbook."""
    response: Any = person.client().get(reverse(name, args=args), query | {"export": "xlsx"})
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(response.streaming_content)))
    rows: list[list[Any]] = book.get_sheet_by_name("ข้อมูล").to_python()
    return rows


# --- who has less than asked ---------------------------------------------------------------------------------------------


def test_a_unit_lags_for_each_kind_until_it_has_entered_one_and_again_when_it_deletes_it(
    register: Register, round_2570: Round, at: datetime
) -> None:
    everybody = set(lagging(round_2570, Cause.NEWS, at))
    assert register.unit.code in everybody

    item = item_made(register.unit, at)
    assert set(lagging(round_2570, Cause.NEWS, at)) == everybody - {register.unit.code}
    assert lagging(round_2570, Cause.ENTRIES, at)[register.unit.code] == "ข่าว 1 จาก 1 · สินค้า 0 จาก 1 · สถานที่ 0 จาก 1"
    item_returned(register.unit, at, K.PRODUCT)
    assert register.unit.code not in lagging(round_2570, Cause.PRODUCT, at)

    services.item_delete(actor=WRITER, at=at, item_id=item.pk)
    assert set(lagging(round_2570, Cause.NEWS, at)) == everybody
    services.item_restore(actor=WRITER, at=at, item_id=item.pk)
    assert register.unit.code not in lagging(round_2570, Cause.NEWS, at)


def test_the_department_asks_for_more_or_for_none(
    register: Register, round_2570: Round, department: Any, at: datetime
) -> None:
    item_made(register.unit, at)

    ask(department, at, news=2, places=0)

    assert lagging(round_2570, Cause.NEWS, at)[register.unit.code] == "ข่าว 1 จาก 2"
    assert lagging(round_2570, Cause.PLACE, at) == {}


def test_is_late_after_the_departments_day_and_never_without_one(
    register: Register, round_2570: Round, department: Any, at: datetime
) -> None:
    def late(moment: datetime) -> list[int]:
        found = lagging_areas(cause=Cause.ENTRIES, wanted=OURS, at=moment, round=round_2570)
        return [area.late for area in found]

    assert late(at + timedelta(days=300)) == [0]
    duty = ask(department, at)
    units = len(lagging(round_2570, Cause.ENTRIES, at))
    assert late(duty.due_at - timedelta(seconds=1)) == [0]
    assert late(duty.due_at) == [units]
    (unit,) = lagging_units(
        cause=Cause.ENTRIES, wanted=RosterFilter(codes=(register.unit.code,)), at=duty.due_at, round=round_2570
    )
    assert (unit.late, unit.due_at) == (True, duty.due_at)


def test_a_past_moment_answers_the_same_whatever_comes_after(
    register: Register, round_2570: Round, department: Any, at: datetime
) -> None:
    item = item_made(register.unit, at)
    moment = database_now()
    before = lagging(round_2570, Cause.ENTRIES, at, as_of=moment)

    services.item_delete(actor=WRITER, at=at, item_id=item.pk)
    services.items_purge(actor=department, at=at + timedelta(days=31))
    ask(department, at, news=9)

    assert lagging(round_2570, Cause.ENTRIES, at, as_of=moment) == before
    assert lagging(round_2570, Cause.NEWS, at)[register.unit.code] == "ข่าว 0 จาก 9"


# --- what is asked -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["recorder", "province_officer", "district_officer", "auditor"])
def test_only_the_department_says_what_is_asked(
    who: str, round_2570: Round, request: pytest.FixtureRequest, at: datetime
) -> None:
    person = request.getfixturevalue(who)
    page = reverse("publishing:entry-duty", args=[2570])

    assert person.client().get(page).status_code == 403
    assert person.client().post(page, {"due_on": "31 ม.ค. 2570"}).status_code == 403
    assert person.client().get(reverse("publishing:entry-duty-list")).status_code == 200
    with pytest.raises(Denied):
        ask(person.actor, at)
    assert not EntryDuty.objects.exists()


def test_the_department_says_it_on_a_page_and_says_it_anew(round_2570: Round, department_officer: Person) -> None:
    client, page = department_officer.client(), reverse("publishing:entry-duty", args=[2570])
    typed = {"due_on": "๓๑ ม.ค. ๒๕๗๐", "news": "2", "products": "1", "places": "0", "reference": "ที่ มท 0816.4/ว 1"}

    assert "31 ม.ค. 2570" in client.get(page).content.decode()
    assert client.post(page, typed).status_code == 302
    assert client.post(page, typed | {"news": "3"}).status_code == 302
    assert client.post(page, typed | {"news": "3", "places": "0 "}).status_code == 302

    assert [(one.due_on, one.news, one.places) for one in EntryDuty.objects.order_by("pk")] == [
        (DUE, 2, 0),
        (DUE, 3, 0),
    ]
    assert asked_of(2570).counts == {K.NEWS: 3, K.PRODUCT: 1, K.PLACE: 0}
    assert Event.objects.filter(type="entry_duty.set").count() == 2
    assert "ที่ มท 0816.4/ว 1" in client.get(reverse("publishing:entry-duty-list")).content.decode()
    assert client.get(reverse("publishing:entry-duty", args=[2599])).status_code == 404


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"due_on": "31 ม.ค. 2571"}, "ต้องอยู่ในปีงบประมาณ 2570"),
        ({"due_on": "มะรืน"}, 'class="field-error"'),
        ({"due_on": ""}, "โปรดกรอก"),
        ({"news": "0", "products": "0", "places": "0"}, "ต้องมีอย่างน้อยหนึ่งประเภท"),
        ({"news": "100"}, "99"),
        ({"news": "x"}, 'class="field-error"'),
    ],
)
def test_what_can_not_be_asked_comes_back_with_a_sentence(
    typed: dict[str, str], sentence: str, round_2570: Round, department_officer: Person
) -> None:
    said = {"due_on": "31 ม.ค. 2570", "news": "1", "products": "1", "places": "1"} | typed

    response = department_officer.client().post(reverse("publishing:entry-duty", args=[2570]), said)

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not EntryDuty.objects.exists()


def test_what_was_said_and_counted_is_never_rewritten(
    register: Register, department: Any, at: datetime, round_2570: Round
) -> None:
    ask(department, at)
    item_made(register.unit, at)

    for statement in (
        "UPDATE publishing_entryduty SET news = 0",
        "DELETE FROM publishing_entrytally",
        "INSERT INTO publishing_entryduty (fiscal_year_be, due_on, news, products, places, reference, actor_label, at) "
        "VALUES (2570, '2027-01-31', 100, 1, 1, '', '', now())",
    ):
        with pytest.raises((DatabaseError, IntegrityError)), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert [one.entered for one in EntryTally.objects.all()] == [1]


# --- the board -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def entered(register: Register, round_2570: Round, at: datetime) -> RosterEntry:
    """Our unit: one piece of news that is shown, one that waits, a product that came back."""
    item_shown(register.unit, at)
    item_made(register.unit, at, typed={"title": "ข่าวที่สอง"})
    item_returned(register.unit, at, K.PRODUCT)
    return RosterEntry.objects.get(round=round_2570, organisation=register.unit)


def test_the_board_counts_by_province_and_leads_to_the_units(
    entered: RosterEntry, province_officer: Person, department_officer: Person
) -> None:
    heading, line, total = board(province_officer, "publishing:entry-status")
    figures = dict(zip(heading, line, strict=True))

    assert (figures["จังหวัด"], figures["อปท.ทั้งหมด"], figures["ไม่มีรายการเลย"], figures["ยังไม่ครบ"]) == ("ปราจีนบุรี", 3, 2, 3)
    assert [figures[word] for word in ("ข่าว", "สินค้า", "สถานที่")] == [2, 1, 0]
    assert [figures[word] for word in ("เผยแพร่", "รอตรวจ", "ตรวจแล้ว", "ส่งกลับ")] == [1, 1, 1, 1]
    news = board(province_officer, "publishing:entry-status", kind="NEWS")[1]
    assert news[-4:] == [1, 1, 1, 0]
    assert total[1:] == line[1:]
    assert len(board(department_officer, "publishing:entry-status")) == 4

    detail = reverse("publishing:entry-status-detail", args=["25"])
    page = province_officer.client().get(reverse("publishing:entry-status")).content.decode()
    assert f"{detail}?fiscal_year=2570" in page
    assert "cause=ENTRIES" in page
    rows = {row[0]: row for row in board(province_officer, "publishing:entry-status-detail", "25")[1:]}
    assert rows[entered.short_name][2:] == ["สถานที่", 2, 1, 0, 1, 1, 1, 1]
    none = board(province_officer, "publishing:entry-status-detail", "25", lacking="NOTHING")
    assert entered.short_name not in [row[0] for row in none]
    assert len(none) == 3
    lacking_news = board(province_officer, "publishing:entry-status-detail", "25", lacking="NEWS")
    assert len(lacking_news) == 3


def test_the_board_of_a_past_moment_counts_what_was_entered_then(
    entered: RosterEntry, province_officer: Person, department: Any, at: datetime
) -> None:
    heading, line, _ = board(province_officer, "publishing:entry-status")
    then = database_now()
    for item in Item.objects.filter(kind=K.NEWS):
        services.item_delete(actor=WRITER, at=at, item_id=item.pk)
    ask(department, at, products=0)
    asked = {key: values[0] for key, values in parse_qs(moment_suffix(then)[1:]).items()}

    assert board(province_officer, "publishing:entry-status")[1][1:5] == [3, 2, 3, 0]
    with time_machine.travel(then + timedelta(days=1), tick=True):
        past_heading, past, total = board(province_officer, "publishing:entry-status", **asked)
        units = {row[0]: row for row in board(province_officer, "publishing:entry-status-detail", "25", **asked)[1:]}
        detail = reverse("publishing:entry-status-detail", args=["25"])
        page = province_officer.client().get(detail, asked).content.decode()

    assert (past_heading, past, total[1:]) == (heading[:-4], line[:-4], line[1:-4])
    assert units[entered.short_name][2:] == ["สถานที่", 2, 1, 0]
    assert "สินค้า 1" in page.partition("<main")[2]
    assert "(ไม่ใช่ปัจจุบัน)" in page


def test_a_units_numbers_lead_to_the_items_they_count(
    entered: RosterEntry, province_officer: Person, at: datetime
) -> None:
    item_made(Organisation.objects.get(code="2250101"), at, typed={"title": "ข่าวของเพื่อนบ้าน"})
    client = province_officer.client()
    listed = reverse("publishing:news-list")
    address = f"{listed}?unit={entered.code}&fiscal_year=2570"

    detail = client.get(reverse("publishing:entry-status-detail", args=["25"])).content.decode()
    page = client.get(address).content.decode()
    by_name = client.get(listed, {"unit": "บ้านสาธิต"}).content.decode()

    assert escape(address) in detail
    assert "1 ถึง 2 จาก 2" in page
    assert "ข่าวของเพื่อนบ้าน" not in page
    assert "1 ถึง 2 จาก 2" in by_name
    assert "1 ถึง 3 จาก 3" in client.get(listed).content.decode()
    assert "ไม่พบข้อมูล" in client.get(listed, {"unit": "ไม่มีชื่อนี้"}).content.decode()


@pytest.mark.parametrize("who", ["stranger", "stranger_officer"])
def test_the_next_province_sees_its_own_alone(who: str, entered: RosterEntry, request: pytest.FixtureRequest) -> None:
    client = request.getfixturevalue(who).client()

    assert "ปราจีนบุรี" not in client.get(reverse("publishing:entry-status")).content.decode().partition("<main")[2]
    assert client.get(reverse("publishing:entry-status-detail", args=["25"])).status_code == 404


@pytest.mark.parametrize("query", [{"fiscal_year": "x", "lacking": "x"}, {"unit_type": "x", "district": "9999"}])
def test_bad_filters_never_break(query: dict[str, str], entered: RosterEntry, province_officer: Person) -> None:
    client = province_officer.client()

    for page in (reverse("publishing:entry-status"), reverse("publishing:entry-status-detail", args=["25"])):
        assert client.get(page, query).status_code == 200


def test_who_has_less_stands_on_the_list_with_the_letter(
    entered: RosterEntry, province_officer: Person, department: Any, at: datetime
) -> None:
    ask(department, at)
    client = province_officer.client()

    page = client.get(reverse("monitoring:lagging-list"), {"cause": "PLACE"}).content.decode()
    letter = client.get(reverse("reports:run-compose"), {"cause": "PLACE", "fiscal_year": "2570"}).content.decode()

    assert "31 ม.ค. 2570" in page
    assert "สถานที่ 0 จาก 1" in page
    assert "เร่งรัดการบันทึกสถานที่สำคัญของท้องถิ่น" in letter
    assert "ท้องถิ่นไทย หัวใจพอเพียง" in letter


def test_the_units_home_says_what_the_year_still_asks_for_once_a_day_was_said(
    entered: RosterEntry, recorder: Person, verifier: Person, department: Any, at: datetime
) -> None:
    def asks(person: Person) -> bool:
        page = person.client().get(reverse("web:home")).content.decode()
        return "บันทึกสถานที่ของปีงบประมาณ 2570 ให้ครบ" in page and "สถานที่ 0 จาก 1 · ครบกำหนด 31 ม.ค. 2570" in page

    assert not asks(recorder)
    ask(department, at)
    assert asks(recorder)
    assert not asks(verifier)
    ask(department, at, places=0)
    assert not asks(recorder)


def test_reminders_go_to_those_who_lack_something_on_the_departments_days(
    entered: RosterEntry, department: Any, department_officer: Person, at: datetime, settings: Any
) -> None:
    plan = {about: [-7] if about == ReminderAbout.ENTRIES else [] for about in ReminderAbout}
    notices.reminder_plan_set(actor=department_officer.actor, at=at, round_id=entered.round_id, days=plan)
    week_before = datetime.combine(DUE - timedelta(days=7), datetime.min.time(), at.tzinfo) + timedelta(hours=10)

    assert notices.reminders_send(actor=department, at=week_before) == []
    ask(department, at)
    with time_machine.travel(week_before, tick=True):
        (told,) = notices.reminders_send(actor=department, at=week_before)

    assert told.about == ReminderAbout.ENTRIES
    assert Reminder.objects.filter(entry=entered, about="ENTRIES", due_on=DUE).exists()
