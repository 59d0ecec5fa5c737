"""The public front and each role's list of work."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from localgov.filings.models import Sheet
from localgov.filings.states import Status
from localgov.rounds.models import RosterEntry
from tests.conftest import Person


def test_a_stranger_reads_what_this_is_and_how_to_sign_in(entry: RosterEntry) -> None:
    page = Client().get("/").content.decode()

    assert "ระบบข้อมูลกลางองค์กรปกครองส่วนท้องถิ่น" in page
    assert reverse("account_login") in page
    assert '4<span class="stat-unit">แห่ง' in page


def test_the_front_answers_before_anything_is_set_up(db: None) -> None:
    assert Client().get("/").status_code == 200


def test_health_is_json(db: None) -> None:
    response = Client().get("/healthz")

    assert response.json() == {"status": "ok", "jobs_due": 0, "workers": 0}


def test_a_stranger_is_sent_to_sign_in(entry: RosterEntry) -> None:
    response = Client().get(reverse("web:home"))

    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))  # type: ignore[attr-defined]


def home_of(person: Person) -> str:
    """The home page as a person sees it."""
    response = person.client().get(reverse("web:home"))
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize(
    "who",
    [
        "recorder",
        "verifier",
        "executive",
        "unit_administrator",
        "district_officer",
        "province_officer",
        "province_certifier",
        "department_officer",
        "form_owner",
        "operator",
        "auditor",
    ],
)
def test_every_role_has_a_home(entry: RosterEntry, who: str, request: pytest.FixtureRequest) -> None:
    home_of(request.getfixturevalue(who))


def test_a_recorder_sees_how_many_sheets_are_left(entry: RosterEntry, recorder: Person) -> None:
    assert "บันทึกข้อมูลปีงบประมาณ 2570 ให้ครบ เหลือ 3 ด้าน" in home_of(recorder)


def test_a_verifier_sees_what_waits(entry: RosterEntry, verifier: Person, sheet_in: Callable[[Status], Sheet]) -> None:
    sheet_in(Status.SUBMITTED)

    assert home_of(verifier).count("ตรวจสอบ ด้านที่") == 3


def test_an_executive_is_told_when_all_is_ready(
    entry: RosterEntry, executive: Person, sheet_in: Callable[[Status], Sheet]
) -> None:
    assert "ยังรับรองไม่ได้ เหลืออีก 3 ด้าน" in home_of(executive)

    sheet_in(Status.VERIFIED)

    assert "พร้อมรับรองข้อมูลระดับ อปท. ปีงบประมาณ 2570" in home_of(executive)


def test_an_administrator_sees_who_is_missing(entry: RosterEntry, unit_administrator: Person) -> None:
    page = home_of(unit_administrator)

    assert "ยังไม่มีผู้บริหารในระบบ" in page
    assert "ยังไม่มีผู้บันทึก 8 ด้าน" in page


def test_a_province_sees_its_queue_and_who_has_not_begun(
    entry: RosterEntry, province_certifier: Person, province_officer: Person, sheet_in: Callable[[Status], Sheet]
) -> None:
    sheet_in(Status.CERTIFIED_LAO)

    assert "รอจังหวัดรับรอง 1 แห่ง" in home_of(province_certifier)
    assert "ยังไม่เริ่มบันทึกปีงบประมาณ 2570 จำนวน 2 แห่ง จาก 3 แห่ง" in home_of(province_officer)
