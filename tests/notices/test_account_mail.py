"""Account workbooks to the provinces: codes leave in the e-mail alone, and are in no table."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
import python_calamine
from django.core import serializers
from django.urls import reverse

from localgov.access.decision import Denied
from localgov.accounts import codes
from localgov.accounts.models import OneTimeCode
from localgov.notices import services, tasks
from localgov.notices.models import Mail
from localgov.notices.selectors.mails import province_mails
from localgov.notices.states import MailState
from tests.conftest import Person, Register
from tests.jobs.running import run_queued
from tests.notices.mail_server import MailServer, mail_server

pytestmark = pytest.mark.django_db

ADDRESS = "prachin@example.go.th"


@pytest.fixture
def server(settings: Any) -> Iterator[MailServer]:
    """A mail server that works."""
    with mail_server(settings) as running:
        yield running


@pytest.fixture
def address(department_officer: Person, at: datetime) -> str:
    """The address of our province's office."""
    services.office_address_set(actor=department_officer.actor, at=at, province_code="25", email=ADDRESS)
    return ADDRESS


def codes_in(server: MailServer, number: int) -> dict[str, str]:
    """Codes by username in the workbook of an e-mail."""
    (file,) = [part for part in server.taken[number].walk() if part.get_filename()]
    content = file.get_payload(decode=True)
    assert isinstance(content, bytes)
    rows = python_calamine.load_workbook(BytesIO(content)).get_sheet_by_name("บัญชี").to_python()
    return {str(row[4]): str(row[5]) for row in rows[1:]}


def ask(person: Person, at: datetime) -> int:
    return services.account_mails_queue(actor=person.actor, at=at, provinces=province_mails(actor=person.actor, at=at))


def test_a_province_mails_no_accounts_and_sees_its_own_line_alone(
    address: str, province_officer: Person, stranger_officer: Person, recorder: Person, at: datetime
) -> None:
    rows = reverse("mail:account-list")
    send = reverse("mail:account-send", args=["25"])

    assert ADDRESS not in stranger_officer.client().get(rows).content.decode()
    assert stranger_officer.client().get(send).status_code == 404
    assert province_officer.client().post(send).status_code == 403
    assert recorder.client().get(rows).status_code == 403
    with pytest.raises(Denied):
        ask(province_officer, at)
    assert not Mail.objects.exists()


def test_the_codes_leave_in_the_e_mail_and_stand_nowhere_else(
    address: str, department_officer: Person, register: Register, server: MailServer
) -> None:
    client = department_officer.client()

    assert client.post(reverse("mail:account-send", args=["25"])).status_code == 302
    waiting = serializers.serialize("json", Mail.objects.all())
    assert not OneTimeCode.objects.exists()  # none before the moment of sending
    run_queued()

    handed = codes_in(server, 0)
    assert set(handed) >= {register.unit.code, register.province.code.lower()}
    assert server.recipients == [ADDRESS]
    kept = waiting + serializers.serialize("json", Mail.objects.all())
    assert not [code for code in handed.values() if code in kept or (codes.read_code(code) or code) in kept]
    assert OneTimeCode.objects.open().count() == len(handed)
    page = client.get(reverse("mail:account-list")).content.decode()
    assert "ส่งแล้ว" in page


def test_a_try_that_failed_leaves_no_valid_code_behind(
    address: str, department_officer: Person, server: MailServer, at: datetime
) -> None:
    server.answers[ADDRESS] = ["451 later", "250 OK"]
    ask(department_officer, at)
    run_queued()
    Mail.objects.update(next_try_at=at)
    server.answers.clear()

    tasks.send_outbox()

    handed = codes_in(server, 0)
    assert OneTimeCode.objects.open().count() == len(handed)
    assert Mail.objects.get().state == MailState.SENT


def test_nothing_is_sent_over_a_plain_line_to_another_machine(
    address: str, department_officer: Person, server: MailServer, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(department_officer, at)
    monkeypatch.setattr("localgov.notices.post._LOOPBACK", frozenset())

    tasks.send_outbox()

    mail = Mail.objects.get()
    assert (mail.state, server.taken) == (MailState.FAILED, [])
    assert "EMAIL_SECURITY" in mail.last_error
    assert not OneTimeCode.objects.exists()


def test_a_province_without_an_address_or_on_its_way_is_left_out(
    department_officer: Person, register: Register, at: datetime
) -> None:
    with pytest.raises(Denied):
        ask(department_officer, at)
    page = reverse("mail:account-address", args=["25"])
    assert department_officer.client().post(page, {"email": "ไม่ใช่อีเมล"}).status_code == 422
    assert department_officer.client().post(page, {"email": ADDRESS}).status_code == 302

    assert ask(department_officer, at) == 1
    with pytest.raises(Denied):
        ask(department_officer, at)
