"""Recording a unit's website and administrators: three states, confirmed anew each year, nothing overwritten."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse

from localgov.access.decision import Denied
from localgov.audit.models import Event
from localgov.directory import services
from localgov.directory.models import Administrator, AdministratorRecord, WebsiteRecord
from localgov.directory.selectors.records import earlier, history, newest
from localgov.directory.services import OutOfDate, Person
from localgov.lib.refusals import Refusal
from localgov.lib.urls import NotAWebAddress
from localgov.organisations.models import OrganisationVersion
from localgov.rounds import services as rounds
from localgov.rounds.models import RosterEntry, Round
from tests.conftest import Person as Somebody
from tests.conftest import Register

ADDRESS = "https://www.ban-satit.example.go.th/"
ONE = Person("ผู้ดูแลระบบ หนึ่ง", "นักวิเคราะห์นโยบายและแผน", "0-2555-0100", "info1@example.go.th")
TWO = Person("ผู้ดูแลระบบ สอง", "เจ้าพนักงานธุรการ", "0-2555-0100 ต่อ 12", "info2@example.go.th")


def unit(entry: RosterEntry) -> dict[str, object]:
    return {"fiscal_year": entry.round.fiscal_year_be, "unit_code": entry.code}


def website_page(entry: RosterEntry) -> str:
    return reverse("directory:website-detail", kwargs=unit(entry))


def people_page(entry: RosterEntry) -> str:
    return reverse("directory:administrator-detail", kwargs=unit(entry))


@pytest.fixture
def entry_2569(round_2569: Round, register: Register) -> RosterEntry:
    """Our unit one year before."""
    return RosterEntry.objects.select_related("round").get(round=round_2569, organisation=register.unit)


# --- who -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["stranger", "stranger_officer"])
def test_the_next_province_finds_nothing_here(
    who: str, entry: RosterEntry, recorder: Somebody, at: datetime, request: pytest.FixtureRequest
) -> None:
    services.administrators_record(actor=recorder.actor, at=at, entry=entry, people=[ONE], seen=0)
    client = request.getfixturevalue(who).client()

    for page in (website_page(entry), people_page(entry)):
        assert client.get(page).status_code == 404
        assert client.post(page, {"has": "no", "seen": "0"}).status_code == 404
    assert not WebsiteRecord.objects.exists()


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("recorder", True),
        ("unit_administrator", True),
        ("verifier", False),
        ("executive", False),
        ("district_officer", False),
        ("province_officer", False),
        ("department_officer", False),
        ("auditor", False),
    ],
)
def test_the_units_own_recorders_write_and_their_offices_read(
    who: str, may: bool, entry: RosterEntry, request: pytest.FixtureRequest
) -> None:
    client = request.getfixturevalue(who).client()

    assert client.get(website_page(entry)).status_code == 200
    assert client.get(people_page(entry)).status_code == 200
    response = client.post(website_page(entry), {"has": "no", "seen": "0"})

    assert response.status_code == (302 if may else 409)
    assert WebsiteRecord.objects.count() == int(may)


def test_nobody_without_an_account_sees_an_administrator(
    entry: RosterEntry, recorder: Somebody, at: datetime, client: object
) -> None:
    services.administrators_record(actor=recorder.actor, at=at, entry=entry, people=[ONE], seen=0)

    response = client.get(people_page(entry))  # type: ignore[attr-defined]

    assert response.status_code == 302
    assert "/accounts/login/" in response.headers["Location"]


# --- websites ------------------------------------------------------------------------------------------------------------


def test_silence_is_neither_yes_nor_no(entry: RosterEntry, recorder: Somebody) -> None:
    page = recorder.client().get(website_page(entry)).content.decode()

    assert newest(WebsiteRecord, entry=entry) is None
    assert "ยังไม่บันทึก" in page


def test_an_address_is_repaired_and_recorded_with_who_and_when(entry: RosterEntry, recorder: Somebody) -> None:
    client = recorder.client()

    response = client.post(
        website_page(entry), {"has": "yes", "address": " ้www.ban-satit๑.example.go.th ", "seen": "0"}
    )

    assert response.status_code == 302
    record = newest(WebsiteRecord, entry=entry)
    assert record is not None
    assert record.url == "http://www.ban-satit1.example.go.th/"
    event = Event.objects.get(type="website.record")
    assert (event.path, event.role, event.data["after"]) == (entry.path, "RECORDER", record.url)
    page = client.get(website_page(entry)).content.decode()
    assert record.url in page
    assert "recorder ตัวอย่าง" in page


def test_none_is_an_answer(entry: RosterEntry, recorder: Somebody, at: datetime) -> None:
    record = services.website_record(actor=recorder.actor, at=at, entry=entry, address=None, seen=0)

    assert not record.has_website
    assert "ไม่มี" in recorder.client().get(website_page(entry)).content.decode()


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("info@example.go.th", "อีเมล"),
        ("อบต.บ้านสาธิต", "อักษรไทย"),
        ("www.ban satit.go.th", "ช่องว่าง"),
        ("", "ยังไม่ได้พิมพ์"),
        ("ไม่มี", "เลือก “ไม่มี”"),
        ("http://example.go.th/" + "ก" * 100, "500"),
    ],
)
def test_what_is_no_address_is_refused_with_its_reason_and_stays_in_the_box(
    typed: str, told: str, entry: RosterEntry, recorder: Somebody
) -> None:
    response = recorder.client().post(website_page(entry), {"has": "yes", "address": typed, "seen": "0"})

    page = response.content.decode()
    assert response.status_code == 422
    assert told in page
    assert typed in page
    assert not WebsiteRecord.objects.exists()


@pytest.mark.parametrize("data", [{}, {"has": "maybe", "seen": "0"}, {"has": "no", "seen": "x"}, {"has": "no"}])
def test_a_mangled_form_is_refused(data: dict[str, str], entry: RosterEntry, recorder: Somebody) -> None:
    assert recorder.client().post(website_page(entry), data).status_code == 422
    assert not WebsiteRecord.objects.exists()


def test_the_registers_address_is_offered_and_never_counts(entry: RosterEntry, recorder: Somebody) -> None:
    OrganisationVersion.objects.filter(organisation=entry.organisation).update(website=ADDRESS)

    page = recorder.client().get(website_page(entry)).content.decode()

    assert f'value="{ADDRESS}"' in page
    assert "ยังไม่นับว่าบันทึก" in page
    assert newest(WebsiteRecord, entry=entry) is None


def test_last_years_is_confirmed_by_one_press(
    entry: RosterEntry, entry_2569: RosterEntry, recorder: Somebody, at: datetime
) -> None:
    services.website_record(actor=recorder.actor, at=at, entry=entry_2569, address=ADDRESS, seen=0)
    client = recorder.client()
    assert "ยังเป็นที่อยู่เดิม" in client.get(website_page(entry)).content.decode()
    assert newest(WebsiteRecord, entry=entry) is None

    assert client.post(website_page(entry), {"confirm": "1", "seen": "0"}).status_code == 302

    record = newest(WebsiteRecord, entry=entry)
    assert record is not None
    assert record.url == ADDRESS
    assert "ยังเป็นที่อยู่เดิม" not in client.get(website_page(entry)).content.decode()
    assert Event.objects.filter(type="website.confirm").count() == 1


def test_there_is_nothing_to_confirm_without_an_earlier_year_or_twice(
    entry: RosterEntry, entry_2569: RosterEntry, recorder: Somebody, at: datetime
) -> None:
    common: dict[str, Any] = {"actor": recorder.actor, "at": at}
    with pytest.raises(Denied, match="ไม่มีข้อมูลของปีก่อน"):
        services.website_confirm(**common, entry=entry, seen=0)
    record = services.website_record(**common, entry=entry_2569, address=None, seen=0)
    assert earlier(WebsiteRecord, entry=entry) == record
    assert earlier(WebsiteRecord, entry=entry_2569) is None
    now = services.website_confirm(**common, entry=entry, seen=0)
    with pytest.raises(Denied, match="บันทึกไว้แล้ว"):
        services.website_confirm(**common, entry=entry, seen=now.pk)


def test_a_writer_who_saw_something_older_is_shown_what_stands(
    entry: RosterEntry, recorder: Somebody, other_recorder: Somebody, at: datetime
) -> None:
    services.website_record(actor=other_recorder.actor, at=at, entry=entry, address=ADDRESS, seen=0)
    client = recorder.client()

    response = client.post(website_page(entry), {"has": "yes", "address": "www.other.example.go.th", "seen": "0"})

    page = response.content.decode()
    assert response.status_code == 409
    assert "recorder2 ตัวอย่าง บันทึกไว้แล้ว" in page
    assert ADDRESS in page
    assert "www.other.example.go.th" in page
    standing = newest(WebsiteRecord, entry=entry)
    assert standing is not None
    assert f'name="seen" value="{standing.pk}"' in page
    with pytest.raises(OutOfDate):
        services.website_record(actor=recorder.actor, at=at, entry=entry, address=None, seen=standing.pk + 1)


def test_the_same_again_writes_nothing_and_every_change_stays_readable(
    entry: RosterEntry, recorder: Somebody, at: datetime
) -> None:
    common: dict[str, Any] = {"actor": recorder.actor, "at": at, "entry": entry}
    first = services.website_record(**common, address=ADDRESS, seen=0)
    again = services.website_record(**common, address=f" {ADDRESS}", seen=first.pk)
    second = services.website_record(**common, address=None, seen=first.pk)

    assert again == first
    assert [one.pk for one in history(WebsiteRecord, entry=entry)] == [second.pk, first.pk]
    assert newest(WebsiteRecord, entry=entry, as_of=first.recorded_at) == first


def test_an_excused_unit_records_nothing_more(
    entry: RosterEntry, recorder: Somebody, department_officer: Somebody, at: datetime
) -> None:
    rounds.roster_excuse(
        actor=department_officer.actor, at=at, entry_id=entry.pk, excused_from=at.date(), reason="ยุบรวม"
    )
    entry.refresh_from_db()

    with pytest.raises(Denied, match="พ้นหน้าที่"):
        services.website_record(actor=recorder.actor, at=at, entry=entry, address=None, seen=0)


def test_the_database_refuses_what_the_program_would_never_write(
    entry: RosterEntry, recorder: Somebody, at: datetime
) -> None:
    record = services.administrators_record(actor=recorder.actor, at=at, entry=entry, people=[ONE], seen=0)
    row: dict[str, Any] = {"organisation": entry.organisation, "actor_label": "x", "at": at}
    for broken in (
        lambda: WebsiteRecord.objects.create(**row, fiscal_year_be=2570, url="ftp://example.go.th/"),
        lambda: WebsiteRecord.objects.create(**row, fiscal_year_be=2027, url=""),
        lambda: AdministratorRecord.objects.create(**row, fiscal_year_be=2027),
        lambda: Administrator.objects.create(record=record, place=2, name="", position="x", phone="199", email="x"),
        lambda: Administrator.objects.create(record=record, place=1, name="x", position="x", phone="199", email="x"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            broken()
    with pytest.raises(DatabaseError), transaction.atomic():
        Administrator.objects.filter(record=record).delete()


# --- administrators ------------------------------------------------------------------------------------------------------


def rows(*people: Person, initial: int = 0, **more: str) -> dict[str, str]:
    data = {"people-TOTAL_FORMS": str(len(people)), "people-INITIAL_FORMS": str(initial), "seen": "0"}
    for number, person in enumerate(people):
        data |= {f"people-{number}-{field}": value for field, value in vars(person).items()}
    return data | more


def test_one_or_more_persons_are_recorded_corrected_and_removed(entry: RosterEntry, recorder: Somebody) -> None:
    client = recorder.client()
    blank = Person("", "", "", "")

    assert client.post(people_page(entry), rows(ONE, TWO, blank)).status_code == 302

    record = newest(AdministratorRecord, entry=entry)
    assert record is not None
    assert services.administrators.people_of(record) == [ONE, TWO]
    changed = rows(
        ONE, TWO, initial=2, **{"people-0-DELETE": "on", "people-1-phone": "๐๒๕๕๕๐๑๐๐", "seen": str(record.pk)}
    )
    assert client.post(people_page(entry), changed).status_code == 302
    newer = newest(AdministratorRecord, entry=entry)
    assert newer is not None
    assert [(one.name, one.phone) for one in services.administrators.people_of(newer)] == [(TWO.name, "0-2555-0100")]
    assert "ผู้ดูแลระบบ หนึ่ง" in client.get(people_page(entry)).content.decode(), "the history tells who it was"
    event = Event.objects.filter(type="administrator.record").latest("pk")
    assert event.data == {"fiscal_year": 2570, "people": 1}


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (rows(Person("", "", "", "")), "อย่างน้อย 1 คน"),
        (rows(Person("ก", "ข", "12", "x@example.go.th")), "หมายเลข"),
        (rows(Person("ก", "ข", "0-2555-0100", "ไม่มี")), "@"),
        (rows(Person("ก", "", "0-2555-0100", "x@example.go.th")), "ตำแหน่ง"),
        ({"seen": "0"}, "เปิดหน้านี้ใหม่"),
    ],
)
def test_an_incomplete_list_is_refused_in_words(
    data: dict[str, str], told: str, entry: RosterEntry, recorder: Somebody
) -> None:
    response = recorder.client().post(people_page(entry), data)

    assert response.status_code in (409, 422)
    assert told in response.content.decode()
    assert not AdministratorRecord.objects.exists()


def test_a_service_reads_numbers_and_addresses_itself(entry: RosterEntry, recorder: Somebody, at: datetime) -> None:
    for person in (Person("ก", "ข", "x", "x@example.go.th"), Person("ก", "ข", "199", "x")):
        with pytest.raises(Refusal):
            services.administrators_record(actor=recorder.actor, at=at, entry=entry, people=[person], seen=0)
    with pytest.raises(Denied):
        services.administrators_record(actor=recorder.actor, at=at, entry=entry, people=[ONE] * 11, seen=0)
    with pytest.raises(NotAWebAddress):
        services.website_record(actor=recorder.actor, at=at, entry=entry, address="-", seen=0)


def test_last_years_people_are_confirmed_by_one_press(
    entry: RosterEntry, entry_2569: RosterEntry, recorder: Somebody, at: datetime
) -> None:
    services.administrators_record(actor=recorder.actor, at=at, entry=entry_2569, people=[TWO, ONE], seen=0)
    client = recorder.client()
    assert "ยังเป็นผู้ดูแลระบบชุดเดิม" in client.get(people_page(entry)).content.decode()

    assert client.post(people_page(entry), {"confirm": "1", "seen": "0"}).status_code == 302

    record = newest(AdministratorRecord, entry=entry)
    assert record is not None
    assert services.administrators.people_of(record) == [TWO, ONE]


def test_the_menu_leads_a_recorder_home_and_an_office_to_the_list(
    entry: RosterEntry, recorder: Somebody, province_officer: Somebody
) -> None:
    home = reverse("directory:website-home")

    assert recorder.client().get(home).headers["Location"] == website_page(entry)
    assert province_officer.client().get(home).headers["Location"] == reverse("directory:website-status")
