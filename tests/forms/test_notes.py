"""Notes (R2.7): who writes which, what stays, where they are shown, and that a text is only ever text."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from localgov.access.actor import system_actor
from localgov.access.decision import Denied
from localgov.access.roles import RoleCode
from localgov.forms import selectors, services
from localgov.forms.models import HOME, FormVersion, Note
from localgov.rounds import services as rounds
from localgov.rounds.models import RosterEntry
from localgov.ui.moments import moment_suffix
from tests.conftest import Person
from tests.filings.test_standings import database_now

DOMAIN = "eight_domains.domain_1"


def write(who: Person, at: datetime, subject: str, text: str, *, seen: int = 0, telephone: str = "") -> Note | None:
    return services.note_write(
        actor=who.actor, at=at, subject=subject, seen=seen, text=text, office="ส่วนสาธิต", telephone=telephone
    )


def test_nobody_of_the_next_province_or_of_a_unit_writes_notes(
    small_form: FormVersion, stranger: Person, stranger_officer: Person, recorder: Person, at: datetime
) -> None:
    for who in (stranger, stranger_officer, recorder):
        for subject in (HOME, "eight_domains", DOMAIN):
            with pytest.raises(Denied):
                write(who, at, subject, "ของผู้อื่น")
            address = reverse("forms:note-write", args=[subject])
            assert who.client().get(address).status_code == 403
            assert who.client().post(address, {"text": "x", "seen": "0"}).status_code == 403
    assert not Note.objects.exists()


def test_a_forms_owner_writes_on_forms_and_the_department_on_the_home_page(
    small_form: FormVersion, form_owner: Person, department_officer: Person, at: datetime
) -> None:
    with pytest.raises(Denied):
        write(form_owner, at, HOME, "หน้าแรกเป็นของกรม")
    assert form_owner.client().get(reverse("forms:note-write", args=[HOME])).status_code == 403
    assert write(form_owner, at, DOMAIN, "นับ ณ วันสิ้นปี") is not None
    assert write(department_officer, at, HOME, "ประกาศ", telephone="0-2241-9000") is not None

    page = form_owner.client().get(reverse("forms:note-list")).content.decode()

    assert "ด้านที่ 1" in page
    assert reverse("forms:note-write", args=[DOMAIN]) in page
    assert reverse("forms:note-write", args=[HOME]) not in page
    assert form_owner.client().get(reverse("forms:note-write", args=["eight_domains.no"])).status_code == 404


def test_the_page_previews_writes_and_keeps_what_stood_before(
    small_form: FormVersion, department_officer: Person, settings: Any
) -> None:
    client = department_officer.client()
    address = reverse("forms:note-write", args=[DOMAIN])
    typed = {
        "text": "ดู https://example.go.th/guide\r\nบรรทัดสอง <b>x</b>",
        "office": "ส่วน ก",
        "telephone": "",
        "seen": "0",
    }

    preview = client.post(address, {**typed, "preview": "yes"}).content.decode()
    assert 'href="https://example.go.th/guide"' in preview
    assert "<br>บรรทัดสอง &lt;b&gt;x&lt;/b&gt;" in preview
    assert not Note.objects.exists()

    assert client.post(address, typed).status_code == 302
    assert client.post(address, {**typed, "text": "ฉบับสอง", "seen": "1"}).status_code == 302
    stale = client.post(address, {**typed, "text": "เขียนทับ", "seen": "1"})
    assert stale.status_code == 409
    assert "เขียนทับ" in stale.content.decode()
    assert "มีผู้แก้หมายเหตุนี้ไปก่อนแล้ว" in stale.content.decode()
    assert client.post(address, {**typed, "telephone": "ไม่ใช่เบอร์", "seen": "2"}).status_code == 422

    assert list(Note.objects.order_by("version").values_list("version", "text")) == [
        (1, "ดู https://example.go.th/guide\nบรรทัดสอง <b>x</b>"),
        (2, "ฉบับสอง"),
    ]
    assert "ฉบับที่ 1" in client.get(address).content.decode()
    with pytest.raises(DatabaseError), transaction.atomic():
        Note.objects.update(text="เขียนใหม่")


def test_a_note_stands_on_its_pages_with_the_departments_telephone(
    entry: RosterEntry, department_officer: Person, recorder: Person, at: datetime
) -> None:
    filing = reverse("filings:filing-detail", kwargs={"fiscal_year": 2570, "unit_code": entry.code})
    sheet = reverse("filings:sheet-detail", kwargs={"fiscal_year": 2570, "unit_code": entry.code, "number": 1})
    before = database_now()
    write(department_officer, at, "eight_domains", "หมายเหตุของแบบ")
    write(department_officer, at, DOMAIN, "หมายเหตุของด้าน <script>alert(1)</script> javascript:alert(1)")
    client = recorder.client()
    assert "กรมยังไม่ได้ระบุโทรศัพท์สอบถาม" in client.get(filing).content.decode()
    write(department_officer, at, HOME, "หมายเหตุหน้าแรก", telephone="0-2241-9000")

    of_filing, of_sheet = client.get(filing).content.decode(), client.get(sheet).content.decode()
    assert "หมายเหตุของแบบ" in of_filing
    assert "หมายเหตุของด้าน" not in of_filing
    assert "หมายเหตุของด้าน &lt;script&gt;" in of_sheet
    assert 'href="javascript' not in of_sheet
    assert "โทรศัพท์สอบถาม 0-2241-9000" in of_sheet
    assert "หมายเหตุหน้าแรก" in client.get(reverse("web:home")).content.decode()
    assert "หมายเหตุหน้าแรก" in Client().get(reverse("account_login")).content.decode()
    with time_machine.travel(database_now() + timedelta(minutes=1), tick=True):
        past = client.get(sheet + moment_suffix(before)).content.decode()
    assert "หมายเหตุของด้าน" not in past


def test_an_empty_version_takes_the_note_off(small_form: FormVersion, department_officer: Person, at: datetime) -> None:
    write(department_officer, at, DOMAIN, "เดิม")
    services.note_write(actor=department_officer.actor, at=at, subject=DOMAIN, seen=1, text="", office="", telephone="")

    assert selectors.notes_on(DOMAIN) == ()
    assert len(selectors.note_versions(DOMAIN)) == 2


def test_an_installation_begins_with_notes_that_invent_no_telephone(
    register: Any, form_owner: Person, department_officer: Person, at: datetime
) -> None:
    actor = system_actor("ทดสอบ", RoleCode.FORM_OWNER, RoleCode.DEPARTMENT_OFFICER)
    rounds.forms_and_rounds_load(actor=actor, at=at)
    write(department_officer, at, HOME, "ของกรมเอง", seen=1)
    rounds.forms_and_rounds_load(actor=actor, at=at)

    assert [note.text for note in selectors.notes_on(HOME)] == ["ของกรมเอง"]
    assert selectors.notes_on("eight_domains")[0].telephone == ""
