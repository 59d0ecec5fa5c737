"""One place, two menus (R4.4, R4.5): domain pages and certificates show the directory's records and lead to them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from types import MappingProxyType
from uuid import uuid4

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from localgov.access.actor import system_actor
from localgov.access.roles import RoleCode
from localgov.certification.models import Certificate
from localgov.directory import services
from localgov.directory.models import WebsiteRecord
from localgov.directory.selectors.records import newest
from localgov.directory.services.demo import demo_records_make
from localgov.filings import services as filings
from localgov.filings.models import LinkedValue, Sheet
from localgov.filings.services.changes import AddRow, SetAnswer
from localgov.filings.states import Status
from localgov.forms import services as forms
from localgov.forms.engine.source import RawRow
from localgov.forms.models import FormVersion
from localgov.organisations.models import RegisterImport
from localgov.rounds.models import RosterEntry
from localgov.ui.moments import moment_suffix
from tests.conftest import Person, Register
from tests.directory.test_info11 import PERSON
from tests.filings.test_standings import database_now
from tests.forms.test_publish import small

ADDRESS = "https://www.ban-satit.example.go.th/"
_WEBSITE = (
    {"type": "select_one yes_no", "name": "website_has", "label": "มีเว็บไซต์หรือไม่", "kind": "boolean"},
    {"type": "text", "name": "website_url", "label": "เว็บไซต์ของ อปท.", "kind": "url"},
)
_PEOPLE = (
    {"type": "begin repeat", "name": "system_admin", "label": "ผู้ดูแลระบบ INFO", "linked": "directory_administrators"},
    *({"type": "text", "name": f"admin_{part}", "label": part} for part in ("name", "position", "phone", "email")),
    {"type": "end repeat"},
)


@pytest.fixture
def small_form(register: Register, at: datetime) -> FormVersion:
    """The small form whose first sheet also shows the directory's records."""
    source = small()
    rows = list(source.survey)
    end = next(place for place, row in enumerate(rows) if row.cells["type"] == "end group")
    blank = dict.fromkeys(rows[0].cells, "")

    def row(cells: dict[str, str]) -> RawRow:
        return RawRow("survey", 99, MappingProxyType({**blank, **cells}))

    rows[end + 1 : end + 1] = [row(cells) for cells in _PEOPLE]
    rows[end:end] = [row({**cells, "linked": "directory_website"}) for cells in _WEBSITE]
    owner = system_actor("ทดสอบ", RoleCode.FORM_OWNER)
    return forms.form_publish(actor=owner, at=at, source=replace(source, survey=tuple(rows))).version


def sheet_page(entry: RosterEntry) -> str:
    return reverse("filings:sheet-detail", kwargs={"fiscal_year": 2570, "unit_code": entry.code, "number": 1})


def record(entry: RosterEntry, who: Person, at: datetime, address: str | None) -> None:
    standing = newest(WebsiteRecord, entry=entry)
    seen = standing.pk if standing else 0
    services.website_record(actor=who.actor, at=at, entry=entry, address=address, seen=seen)


def test_the_domain_shows_the_record_its_source_and_the_way_to_it(
    entry: RosterEntry, recorder: Person, at: datetime
) -> None:
    client = recorder.client()
    empty = client.get(sheet_page(entry)).content.decode()
    assert "ยังไม่บันทึก" in empty
    assert reverse("directory:website-detail", args=[2570, entry.code]) in empty

    record(entry, recorder, at, ADDRESS)
    services.administrators_record(actor=recorder.actor, at=at, entry=entry, people=[PERSON], seen=0)

    page = client.get(sheet_page(entry)).content.decode()
    assert ADDRESS in page
    assert "จากบันทึกเว็บไซต์ อปท. โดย recorder ตัวอย่าง" in page
    assert PERSON.name in page
    assert PERSON.phone in page
    assert reverse("directory:administrator-detail", args=[2570, entry.code]) in page
    assert 'name="a-website_url"' not in page
    assert 'data-register="system_admin"' not in page


def test_no_path_answers_a_linked_question_in_the_form(entry: RosterEntry, recorder: Person, at: datetime) -> None:
    row = uuid4()
    saved = filings.answers_save(
        actor=recorder.actor,
        at=at,
        entry=entry,
        section="domain_1",
        batch=uuid4(),
        changes=[
            SetAnswer("website_url", ADDRESS, 0),
            AddRow("system_admin", row),
            SetAnswer("admin_name", "ก", 0, "system_admin", row),
            SetAnswer("male", 1, 0),
        ],
    )

    assert [one["code"] for one in saved.saved] == ["male"]
    assert len(saved.refused) == 3


def test_a_changed_address_needs_no_amendment_and_touches_no_certificate(
    entry: RosterEntry, sheet_in: Callable[[Status], Sheet], recorder: Person, at: datetime, client: Client
) -> None:
    record(entry, recorder, at, ADDRESS)
    services.administrators_record(actor=recorder.actor, at=at, entry=entry, people=[PERSON], seen=0)
    sheet = sheet_in(Status.CERTIFIED_PROVINCE)
    certificate = Certificate.objects.filter(sheet=sheet).latest("pk")

    record(entry, recorder, at, "https://www.new.example.go.th/")

    assert Sheet.objects.get(pk=sheet.pk).status == Status.CERTIFIED_PROVINCE
    assert Sheet.objects.filter(filing=sheet.filing, section=sheet.section).count() == 1
    assert "ban-satit" not in certificate.snapshot
    assert "https://www.new.example.go.th/" in recorder.client().get(sheet_page(entry)).content.decode()
    address = {"address": certificate.address}
    signed = recorder.client().get(reverse("certification:certificate-detail", kwargs=address)).content.decode()
    assert "ไม่อยู่ในข้อความที่รับรอง" in signed
    assert "https://www.new.example.go.th/" in signed
    public = client.get(reverse("certificates:certificate-check", kwargs=address)).content.decode()
    assert not [word for word in vars(PERSON).values() if word in public]


def test_the_past_shows_what_was_linked_then(entry: RosterEntry, recorder: Person, at: datetime) -> None:
    record(entry, recorder, at, ADDRESS)
    moment = database_now()
    record(entry, recorder, at, None)

    with time_machine.travel(moment + timedelta(minutes=1), tick=True):
        page = recorder.client().get(sheet_page(entry) + moment_suffix(moment)).content.decode()

    assert ADDRESS in page


def test_only_what_the_form_links_is_handed_down_and_nothing_is_rewritten(
    entry: RosterEntry, recorder: Person, at: datetime
) -> None:
    put = {"actor": recorder.actor, "at": at, "entry": entry}
    filings.linked_values_put(**put, source="directory_website", values={"male": 5, "unknown": 1, "system_admin": []})  # type: ignore[arg-type]
    assert not LinkedValue.objects.exists()

    record(entry, recorder, at, None)

    assert dict(LinkedValue.objects.values_list("question", "value")) == {"website_has": False, "website_url": None}
    with pytest.raises(DatabaseError), transaction.atomic():
        LinkedValue.objects.update(value=1)


def test_a_demonstrations_records_stand_in_the_form_too(entry: RosterEntry, recorder: Person, at: datetime) -> None:
    RegisterImport.objects.create(source="DEMO", effective_date=at.date())
    demo_records_make(at=at, round=entry.round, share=100)

    page = recorder.client().get(sheet_page(entry)).content.decode()

    assert "ผู้ดูแลระบบ (ข้อมูลสาธิต)" in page
    assert LinkedValue.objects.filter(roster_entry=entry).count() == 3
