"""Every button, pressed fifty times at the same moment on fifty connections, has the effect of one press."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator, Mapping
from html.parser import HTMLParser
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client

from localgov.accounts.models import RoleAssignment, User
from localgov.audit.models import Event
from localgov.certification.models import Certificate, Lapse
from localgov.filings.models import Change, RegisterRow, Sheet, StepTaken
from localgov.forms.models import FormDraft, FormVersion
from localgov.forms.workbooks import workbook_of
from localgov.organisations.models import Kind
from localgov.rounds.models import RosterEntry, Round
from tests.conftest import CLEAN, Person, Register, organisation_make
from tests.forms.test_publish import cell, edited, small

TIMES = 50
UNIT = "/filings/2570/6250101/"
CERTIFY = "/certification/2570/6250101/"


@pytest.fixture
def _locks_back(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """After the cleaning, the connection has the append-only triggers again."""
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = origin")


@pytest.fixture
def committed(_locks_back: None, transactional_db: None) -> Iterator[None]:
    """A database whose rows other connections see; append-only tables are emptied afterwards as only a test may."""
    yield
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")


class FormsOf(HTMLParser):
    """The forms of a page that act: where each is sent, and what its boxes hold."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self._inside = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A form opens, or a box stands in it."""
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = told.get("method", "").lower() == "post"
            if self._inside:
                self.found.append((told.get("action", ""), {}))
        elif tag == "input" and self._inside and told.get("name") and told.get("type") not in {"checkbox", "radio"}:
            self.found[-1][1][told["name"]] = told.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        """A form ends."""
        if tag == "form":
            self._inside = False


class Presser:
    """A person's browser whose next button is pressed fifty times at once."""

    def __init__(self, person: Person) -> None:
        self.client = Client(enforce_csrf_checks=True)
        self.client.force_login(person.user, backend="localgov.accounts.backends.PasswordBackend")

    def press(self, page: str, typed: Mapping[str, object], *, to: str = "", times: int = TIMES) -> list[HttpResponse]:
        """Open the page, fill in its form (the one that is sent `to`) and press: every answer."""
        opened = self.client.get(page)
        assert opened.status_code == 200, (page, opened.status_code)
        forms = [
            boxes for action, boxes in FormsOf(opened.content.decode()).found if action in (to, *([] if to else [page]))
        ]
        boxes = {**forms[-1], **typed}
        gate = threading.Barrier(times)
        answers: list[Any] = [None] * times

        def one(number: int) -> None:
            browser = Client(enforce_csrf_checks=True)
            browser.cookies = self.client.cookies
            data = {name: _fresh(value) for name, value in boxes.items()}
            try:
                gate.wait(timeout=60)
                answers[number] = browser.post(to or page, data)
                answers[number].whole = _body(answers[number])
            finally:
                connection.close()

        threads = [threading.Thread(target=one, args=(number,)) for number in range(times)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=300)
        assert None not in answers
        return answers

    def same(self, page: str, typed: Mapping[str, object], *, to: str = "") -> HttpResponse:
        """Press; everybody gets the same answer, which is no refusal."""
        answers = self.press(page, typed, to=to)
        seen = {(one.status_code, one.get("Location"), one.whole) for one in answers}  # type: ignore[attr-defined]
        assert len(seen) == 1, [(one.status_code, one.get("Location")) for one in answers]
        assert answers[0].status_code < 400, answers[0].content.decode()
        return answers[0]


def _fresh(value: object) -> object:
    return SimpleUploadedFile(value[0], value[1]) if isinstance(value, tuple) else value


def _body(answer: Any) -> bytes:
    """What was answered, but for the hidden tokens, which differ wherever a page was printed anew."""
    whole = answer.getvalue() if isinstance(answer, StreamingHttpResponse) else answer.content
    return re.sub(rb"[A-Za-z0-9]{64}", b"", whole)


def events() -> int:
    return Event.objects.count()


def test_the_way_of_a_sheet(
    committed: None,
    entry: RosterEntry,
    fill: Callable[..., Sheet],
    recorder: Person,
    verifier: Person,
    executive: Person,
    province_certifier: Person,
    department_officer: Person,
) -> None:
    for section in CLEAN:
        fill(section)
    writer, checker, signer = Presser(recorder), Presser(verifier), Presser(executive)
    chief, department = Presser(province_certifier), Presser(department_officer)
    before = Change.objects.count()

    writer.same(f"{UNIT}1/", {"a-male": "3,200"})
    writer.same(f"{UNIT}1/", {"a-male": "3,100"})
    writer.same(f"{UNIT}1/rows/village/new/", {"a-village_no": "1"})
    assert RegisterRow.objects.count() == 1
    writer.same(f"{UNIT}1/rows/village/{RegisterRow.objects.get().row_id}/", {"delete": "1"})
    assert Change.objects.count() == before + 4
    assert RegisterRow.objects.count() == 0

    writer.same(f"{UNIT}1/steps/submit/", {})
    checker.same(f"{UNIT}1/steps/return/", {"note": "โปรดตรวจจำนวน"})
    for number in (1, 2, 3):
        writer.same(f"{UNIT}{number}/steps/submit/", {})
        checker.same(f"{UNIT}{number}/steps/verify/", {})
    assert StepTaken.objects.count() == 8

    signer.same(CERTIFY, {"declared": "on"})
    assert Certificate.objects.count() == 3
    signer.same(f"{CERTIFY}1/take-back-lao/", {"note": "ยังไม่เรียบร้อย"})
    signer.same(CERTIFY, {"declared": "on"})
    assert (Certificate.objects.count(), Lapse.objects.count()) == (4, 1)
    chief.same(
        "/certification/queue/2570/?pick=6250101",
        {"declared": "on", "unit": "6250101"},
        to="/certification/queue/2570/",
    )
    assert Certificate.objects.count() == 7

    writer.same(f"{CERTIFY}1/amend/", {"note": "ปรับปรุงจำนวนประชากร"})
    chief.same(f"{CERTIFY}2/order-amendment/", {"note": "ราคาไม่ตรงประกาศ"})
    department.same(f"{CERTIFY}3/revoke/", {"note": "ออกโดยผิดหลง", "order_number": "1/2570"})
    assert sorted(Sheet.objects.filter(is_newest=True).values_list("revision", flat=True)) == [2, 2, 2]
    assert Sheet.objects.count() == 6


def test_the_acts_of_administration(
    committed: None,
    entry: RosterEntry,
    register: Register,
    recorder: Person,
    unit_administrator: Person,
    province_officer: Person,
    department_officer: Person,
    operator: Person,
    form_owner: Person,
) -> None:
    home, province = Presser(unit_administrator), Presser(province_officer)
    department, keeper, owner = Presser(department_officer), Presser(operator), Presser(form_owner)
    people = User.objects.count()

    shown = home.same("/accounts/people/new/", {"display_name": "ผู้บันทึก ตัวอย่าง", "username": "new.one"})
    made = User.objects.get(username="new.one")
    assert b"new.one" in shown.content
    home.same(f"/accounts/people/{made.pk}/", {"recorder_all": "on"})
    home.same(f"/accounts/people/{made.pk}/edit/", {"display_name": "ผู้บันทึก ใหม่"})
    home.same(f"/accounts/people/{made.pk}/code/", {})
    home.same(f"/accounts/people/{made.pk}/close/", {})
    home.same(f"/accounts/people/{made.pk}/open/", {})
    assert Event.objects.filter(target_id=str(made.pk)).count() == 6

    term = {"position_title": "นายก อบต.", "order_number": "1/2570", "first_day": "1/10/2569"}
    province.same("/accounts/executives/6250101/", {"person": str(made.pk), **term})
    seat = RoleAssignment.objects.get(user=made, role="EXECUTIVE")
    province.same(f"/accounts/positions/{seat.pk}/end/", {"last_day": "31/12/2600"})
    officer = {"office": str(register.district.pk), "role": "DISTRICT_OFFICER", "first_day": "1/10/2569"}
    keeper.same("/accounts/officers/new/", {"display_name": "สถอ. ตัวอย่าง", "username": "d.one", **officer})
    assert User.objects.count() == people + 2
    accounts = User.objects.count()
    file = keeper.same("/accounts/issue/27/", {})
    assert file["Content-Type"] == "application/zip"
    assert User.objects.count() > accounts
    assert Event.objects.filter(target_kind="accounts", target_id="27").count() == 1

    dates = {"due": "1/7/2570", "last_new": "31/8/2570", "last_edit": "30/9/2570", "reason": "อุทกภัย"}
    dates |= {"scope": "ALL", "order_number": "ว 1/2570", "key": str(uuid4()), "confirmed": "on"}
    acts = events()
    department.same(f"/rounds/{entry.round_id}/extend/", dates)
    organisation_make(
        "6250199", Kind.UNIT, "อบต.ตั้งใหม่", "th.25.2501.6250199.", unit_type="SAO", province="25", district="2501"
    )
    department.same(f"/rounds/{entry.round_id}/add/", {"organisation_code": "6250199"})
    new = RosterEntry.objects.get(code="6250199")
    department.same(f"/rounds/roster/{new.pk}/excuse/", {"excused_from": "1/1/2570", "reason": "ยุบรวม"})
    opening = {
        "form_version": str(entry.round.form_version_id), "fiscal_year": "2571", "profile": "PROVINCE",
        "due": "15/6/2571", "last_new": "31/8/2571", "last_edit": "30/9/2571", "confirmed": "yes",
    }  # fmt: skip
    department.same("/rounds/open/", opening)
    assert Round.objects.count() == 2
    assert events() == acts + 4

    newer = workbook_of(edited(small(), survey=cell("male", label="ชายทุกวัย")))
    for act in ("discard", "publish"):
        owner.same("/forms/upload/", {"workbook": ("แบบ.xlsx", newer)})
        draft = FormDraft.objects.get()
        owner.same(f"/forms/drafts/{draft.pk}/", {}, to=f"/forms/drafts/{draft.pk}/{act}/")
        assert FormDraft.objects.count() == 0
    assert FormVersion.objects.count() == 2
