"""A tiny unit's exception: who may grant and end it, what it may be, its pages, and that its history stays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from localgov.access.actor import system_actor
from localgov.access.decision import Denied
from localgov.access.duty import Parts
from localgov.access.roles import RoleCode
from localgov.accounts import selectors, services
from localgov.accounts.models import DutyException
from localgov.accounts.periods import period
from localgov.audit.models import Event
from tests.conftest import Person, Register

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 20)
UNTIL = date(2027, 9, 30)

Grant = Callable[..., DutyException]


@pytest.fixture
def grant(at: datetime) -> Grant:
    """Grants a person two parts from today till 30 September 2570."""

    def act(by: Person, to: Person, parts: Parts = Parts.RECORD_VERIFY, **changes: Any) -> DutyException:
        facts: dict[str, Any] = {"first_day": TODAY, "last": UNTIL, "order_number": "ปจ 12/2570", "reason": "มีสองคน"}
        return services.exception_grant(actor=by.actor, at=at, user_id=to.user.pk, parts=parts, **facts | changes)

    return act


@pytest.mark.parametrize("parts", list(Parts))
def test_the_province_joins_two_parts_for_one_person(
    parts: Parts, grant: Grant, province_officer: Person, recorder: Person
) -> None:
    found = grant(province_officer, recorder, parts)

    held = selectors.actor_for(user=recorder.user, on=UNTIL).joined_at("th.25.2501.6250101.")
    assert held is not None
    assert (held.exception_id, held.parts, held.last_day) == (found.pk, parts, UNTIL)
    for day in (TODAY - timedelta(days=1), UNTIL + timedelta(days=1)):
        assert selectors.actor_for(user=recorder.user, on=day).joined_at("th.25.2501.6250101.") is None
    event = Event.objects.get(type="exception.grant")
    assert (event.data["order_number"], event.data["parts"]) == ("ปจ 12/2570", parts)


def test_three_parts_are_never_joined_by_two_exceptions(
    grant: Grant, province_officer: Person, recorder: Person
) -> None:
    grant(province_officer, recorder, Parts.RECORD_VERIFY)

    for parts in Parts:
        with pytest.raises(Denied, match="ไม่รวมสามหน้าที่"):
            grant(province_officer, recorder, parts, first_day=UNTIL)
    with pytest.raises(IntegrityError, match="duty_exception_one_at_a_time"), transaction.atomic():
        DutyException.objects.create(
            organisation=recorder.user.organisation,
            user=recorder.user,
            parts=Parts.VERIFY_CERTIFY,
            held=period(UNTIL, UNTIL),
            order_number="1",
            reason="x",
            granted_at="2026-11-20T00:00Z",
        )


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"order_number": " "}, "เลขที่คำสั่ง"),
        ({"reason": ""}, "เหตุผล"),
        ({"first_day": TODAY - timedelta(days=1)}, "ไม่มีผลย้อนหลัง"),
        ({"last": TODAY - timedelta(days=1)}, "ก่อนวันเริ่ม"),
        ({"last": date(2028, 1, 1)}, "ไม่เกิน 1 ปี"),
    ],
)
def test_an_unsound_exception_is_refused(
    changes: dict[str, Any], sentence: str, grant: Grant, province_officer: Person, recorder: Person
) -> None:
    with pytest.raises(Denied, match=sentence):
        grant(province_officer, recorder, **changes)
    assert not DutyException.objects.exists()


@pytest.mark.parametrize(
    "role", [role for role in RoleCode if role not in (RoleCode.DEPARTMENT_OFFICER, RoleCode.PROVINCE_OFFICER)]
)
def test_no_other_role_grants_one(role: RoleCode, recorder: Person, at: datetime) -> None:
    with pytest.raises(Denied, match="อำนาจของจังหวัด"):
        services.exception_grant(
            actor=system_actor("ทดสอบ", role),
            at=at,
            user_id=recorder.user.pk,
            parts=Parts.RECORD_VERIFY,
            first_day=TODAY,
            last=UNTIL,
            order_number="1",
            reason="x",
        )


def test_the_next_province_grants_ends_and_sees_nothing(
    grant: Grant, stranger_officer: Person, province_officer: Person, recorder: Person, at: datetime
) -> None:
    with pytest.raises(Denied, match="อำนาจของจังหวัด"):
        grant(stranger_officer, recorder)
    found = grant(province_officer, recorder)
    with pytest.raises(Denied, match="อำนาจของจังหวัด"):
        services.exception_end(actor=stranger_officer.actor, at=at, exception_id=found.pk, last=TODAY)
    browser = stranger_officer.client()
    for page in (
        reverse("accounts:exception-detail", args=["6250101"]),
        reverse("accounts:exception-end", args=[found.pk]),
    ):
        assert (browser.get(page).status_code, browser.post(page).status_code) == (404, 404)
    assert "ปจ 12/2570" not in browser.get(reverse("certification:exception-list")).content.decode()


def test_an_account_of_an_office_or_a_handed_down_one_is_refused(
    grant: Grant, province_officer: Person, department_officer: Person, unit_administrator: Person
) -> None:
    for to in (unit_administrator, province_officer):
        with pytest.raises(Denied, match="เฉพาะบัญชีบุคคลของ อปท"):
            grant(department_officer, to)


def test_it_is_ended_today_or_later_and_once(
    grant: Grant, province_officer: Person, recorder: Person, at: datetime
) -> None:
    found = grant(province_officer, recorder)

    def end(last: date) -> DutyException:
        return services.exception_end(actor=province_officer.actor, at=at, exception_id=found.pk, last=last)

    with pytest.raises(Denied, match="ต้องไม่ก่อนวันนี้"):
        end(TODAY - timedelta(days=1))
    with pytest.raises(Denied, match="ให้ออกข้อยกเว้นใหม่"):
        end(UNTIL + timedelta(days=1))

    end(TODAY)

    path = "th.25.2501.6250101."
    assert selectors.actor_for(user=recorder.user, on=TODAY).joined_at(path) is not None
    assert selectors.actor_for(user=recorder.user, on=TODAY + timedelta(days=1)).joined_at(path) is None
    with pytest.raises(Denied, match="สิ้นสุดไปแล้ว"):
        end(TODAY)
    again = grant(province_officer, recorder, Parts.VERIFY_CERTIFY, first_day=TODAY + timedelta(days=1))
    assert again.pk != found.pk


def test_one_that_has_not_begun_is_taken_back_whole(
    grant: Grant, province_officer: Person, recorder: Person, at: datetime
) -> None:
    found = grant(province_officer, recorder, first_day=TODAY + timedelta(days=10))

    services.exception_end(actor=province_officer.actor, at=at, exception_id=found.pk, last=TODAY)

    found.refresh_from_db()
    assert found.held.isempty
    page = province_officer.client().get(reverse("accounts:exception-detail", args=["6250101"])).content.decode()
    assert "ยกเลิกก่อนเริ่ม" in page
    over = province_officer.client().get(reverse("certification:exception-list"), {"standing": "OVER"})
    assert "ปจ 12/2570" in over.content.decode()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE accounts_dutyexception SET reason = 'x'",
        "UPDATE accounts_dutyexception SET parts = 'VERIFY_CERTIFY'",
        "UPDATE accounts_dutyexception SET held = daterange(lower(held), upper(held) + 1)",
        "UPDATE accounts_dutyexception SET held = daterange(lower(held) - 1, upper(held))",
        "DELETE FROM accounts_dutyexception",
    ],
)
def test_the_database_keeps_what_was_granted(
    statement: str, grant: Grant, province_officer: Person, recorder: Person
) -> None:
    grant(province_officer, recorder)
    with pytest.raises(IntegrityError, match="may only be ended"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_pages_grant_and_end_and_the_list_is_searched(
    province_officer: Person, recorder: Person, register: Register, unit_administrator: Person
) -> None:
    browser, page = province_officer.client(), reverse("accounts:exception-detail", args=["6250101"])
    data = {
        "person": str(recorder.user.pk),
        "parts": "RECORD_VERIFY",
        "first_day": "20 พ.ย. 2569",
        "last": "๓๐ ก.ย. ๒๕๗๐",
        "order_number": "ปจ 9/2570",
        "reason": "มีเจ้าหน้าที่สองคน",
    }
    assert "ข้อยกเว้นแยกหน้าที่" in browser.get(reverse("accounts:executive-detail", args=["6250101"])).content.decode()
    assert browser.get(page).status_code == 200
    assert unit_administrator.client().get(page).status_code == 403
    for changes, status in (({"parts": "ALL"}, 422), ({"person": "999999"}, 422), ({"last": "1 ม.ค. 2569"}, 409)):
        assert browser.post(page, data | changes).status_code == status
    assert browser.post(page, data).status_code == 302
    assert browser.post(page, data).status_code == 409
    found = DutyException.objects.get()
    assert "ปจ 9/2570" in browser.get(page).content.decode()
    listed = reverse("certification:exception-list")
    for query, shown in (
        ({}, True),
        ({"standing": "NOW", "parts": "RECORD_VERIFY", "name": "บ้านสาธิต"}, True),
        ({"standing": "OVER"}, False),
        ({"standing": "LATER"}, False),
        ({"parts": "VERIFY_CERTIFY"}, False),
    ):
        assert ("ปจ 9/2570" in browser.get(listed, query).content.decode()) is shown
    end = reverse("accounts:exception-end", args=[found.pk])
    assert browser.get(end).status_code == 200
    assert browser.post(end, {"last": ""}).status_code == 422
    assert browser.post(end, {"last": "1 ม.ค. 2560"}).status_code == 409
    assert browser.post(end, {"last": "20 พ.ย. 2569"}).status_code == 302
    found.refresh_from_db()
    assert found.held.upper == TODAY + timedelta(days=1)
