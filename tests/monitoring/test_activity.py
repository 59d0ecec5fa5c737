"""ข้อมูลปฏิบัติงาน อปท.: what a unit did in INFO in the year, by who looks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from localgov.accounts import services as accounts
from localgov.filings.models import Sheet
from localgov.filings.states import Action, Status
from localgov.monitoring.selectors import activity
from localgov.monitoring.selectors.activity import WorkKind
from localgov.rounds.models import RosterEntry
from tests.conftest import Person, Register

YEAR = 2570


@pytest.mark.parametrize("who", ["stranger", "stranger_officer"])
def test_the_next_province_neither_finds_nor_opens_our_unit(
    who: str, entry: RosterEntry, request: pytest.FixtureRequest
) -> None:
    client = request.getfixturevalue(who).client()

    assert client.get(reverse("monitoring:unit-activity", args=["6250101"])).status_code == 404
    for query in ({}, {"province": "25"}, {"name": "บ้านสาธิต"}):
        page = client.get(reverse("monitoring:activity"), query, follow=True).content.decode()
        assert "6250101" not in page


def test_sums_up_a_days_work_of_each_person(
    register: Register,
    sheet_in: Callable[[Status], Sheet],
    recorder: Person,
    executive: Person,
    province_certifier: Person,
    at: datetime,
) -> None:
    sheet_in(Status.CERTIFIED_PROVINCE)
    accounts.sign_in_record(user=recorder.user, at=at)
    accounts.sign_in_record(user=recorder.user, at=at)

    lines = activity.work_of(organisation_id=register.unit.pk, fiscal_year=YEAR)

    told = {(line.kind, line.what, line.who): (line.times, line.answers) for line in lines}
    person = recorder.actor.label
    assert told[WorkKind.SAVE, "", person] == (3, 7)
    assert told[WorkKind.STEP, Action.SUBMIT.value, person] == (3, 0)
    assert told[WorkKind.STEP, Action.CERTIFY_LAO.value, executive.actor.label] == (3, 0)
    assert told[WorkKind.SIGN_IN, "account.signed_in", person] == (2, 0)
    assert not [line for line in lines if line.who == province_certifier.actor.label]
    assert {line.told for line in lines} >= {"บันทึกข้อมูล 3 ครั้ง รวม 7 รายการ", "เข้าสู่ระบบ 2 ครั้ง", "รับรองข้อมูลระดับ อปท. 3 ชุด"}
    assert activity.work_of(organisation_id=register.unit.pk, fiscal_year=YEAR - 1) == []


@pytest.mark.parametrize("who", ["unit_administrator", "district_officer", "province_officer", "department_officer"])
def test_the_unit_and_its_offices_read_it(
    who: str, register: Register, fill: Callable[..., Sheet], request: pytest.FixtureRequest
) -> None:
    fill("domain_1")
    client = request.getfixturevalue(who).client()

    page = client.get(reverse("monitoring:unit-activity", args=["6250101"]), {"kind": "SAVE"}).content.decode()

    assert "บันทึกข้อมูล 1 ครั้ง รวม 3 รายการ" in page
    assert "recorder ตัวอย่าง" in page
    listed = client.get(reverse("monitoring:activity"), follow=True).content.decode()
    assert "อบต.บ้านสาธิต" in listed


def test_a_units_own_people_are_led_to_their_own_work(register: Register, recorder: Person) -> None:
    response = recorder.client().get(reverse("monitoring:activity"))

    assert response.headers["Location"] == reverse("monitoring:unit-activity", args=["6250101"])
    assert recorder.client().get(reverse("monitoring:unit-activity", args=["4250102"])).status_code == 404


def test_a_years_work_is_one_query(register: Register, sheet_in: Callable[[Status], Sheet]) -> None:
    sheet_in(Status.SUBMITTED)

    with CaptureQueriesContext(connection) as queries:
        activity.work_of(organisation_id=register.unit.pk, fiscal_year=YEAR)

    assert len(queries) == 1
