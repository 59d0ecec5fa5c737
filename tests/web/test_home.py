"""The public front and each role's list of work."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from localgov.filings.models import Sheet
from localgov.filings.states import Status
from localgov.forms import services as forms
from localgov.notices import services as notices
from localgov.notices.models import Circular
from localgov.rounds.models import RosterEntry
from tests.conftest import NOW, Person, Register
from tests.forms.test_publish import cell, edited, small
from tests.house.test_query_counts import COUNTS
from tests.notices.conftest import TEXT

WHO = (
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
)


@pytest.fixture
def published(province_officer: Person, at: datetime) -> Callable[..., Circular]:
    """A circular of our province to all its units: `published(finish_on=…)`."""

    def make(**changes: date) -> Circular:
        actor, text = province_officer.actor, replace(TEXT, **changes)  # type: ignore[arg-type]
        kept = notices.circular_draft(actor=actor, at=at, text=text, audience=notices.Audience())
        return notices.circular_publish(actor=actor, at=at, circular_id=kept.pk)

    return make


def test_a_stranger_reads_what_this_is_and_how_to_sign_in(entry: RosterEntry) -> None:
    page = Client().get("/").content.decode()

    assert "ระบบข้อมูลกลางองค์กรปกครองส่วนท้องถิ่น" in page
    assert f'href="{reverse("web:home")}"' in page
    assert "<strong>4</strong> แห่ง" in page


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


@pytest.mark.parametrize("who", WHO)
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


def test_a_stranger_s_home_names_nothing_of_ours(
    entry: RosterEntry, published: Callable[..., Circular], stranger: Person, stranger_officer: Person
) -> None:
    published()

    for someone in (stranger, stranger_officer):
        page = home_of(someone)
        assert "ขอให้บันทึกข้อมูล อปท. 8 ด้าน ให้แล้วเสร็จ" not in page
        assert "บ้านสาธิต" not in page


def test_a_circular_stands_on_the_home_page_until_it_is_acknowledged(
    entry: RosterEntry, published: Callable[..., Circular], recorder: Person, province_officer: Person, at: datetime
) -> None:
    circular = published(finish_on=date(2026, 11, 25))
    assert "ยังไม่รับทราบ 3 แห่ง จาก 3 แห่ง" in home_of(province_officer)
    page = home_of(recorder)
    assert "หนังสือใหม่: ขอให้บันทึกข้อมูล อปท. 8 ด้าน" in page
    assert "ให้แล้วเสร็จภายใน 25 พ.ย. 2569 (เหลือ 5 วัน)" in page
    assert page.index("หนังสือใหม่") < page.index("บันทึกข้อมูลปีงบประมาณ")

    notices.circular_open(actor=recorder.actor, at=at, circular=circular)
    assert "รอรับทราบ: ขอให้" in home_of(recorder)
    notices.circular_acknowledge(actor=recorder.actor, at=at, circular_id=circular.pk)

    assert "ขอให้บันทึกข้อมูล อปท. 8 ด้าน ให้แล้วเสร็จ" not in home_of(recorder)


def test_a_recorder_sees_what_is_missing_where_it_lies_and_what_the_directory_lacks(
    entry: RosterEntry, recorder: Person, fill: Callable[..., Sheet], executive: Person
) -> None:
    fill("domain_1", {"male": 3100})

    page = home_of(recorder)

    assert "ตอบแล้ว 1 จาก" in page
    assert "ยังไม่เริ่ม" in page
    assert "บันทึกเว็บไซต์ อปท. ปีงบประมาณ 2570" in page
    assert "บันทึกผู้ดูแลระบบ INFO ปีงบประมาณ 2570" in page
    assert "บันทึกเว็บไซต์ อปท. ปีงบประมาณ" not in home_of(executive)


def test_desks_tell_for_how_many_working_days(
    entry: RosterEntry, recorder: Person, sheet_in: Callable[[Status], Sheet]
) -> None:
    sheet_in(Status.CERTIFIED_LAO)

    with time_machine.travel(NOW + timedelta(days=10), tick=True):
        row = home_of(recorder).partition("ข้อมูลของหน่วยงานอยู่ที่โต๊ะใคร")[2]

    assert "สถจ." in row
    assert 'data-align="end">6<' in row  # from Friday the 20th to Monday the 30th


def test_offices_are_told_of_late_units_and_of_extensions_that_end(
    entry: RosterEntry, register: Register, province_officer: Person, department_officer: Person, at: datetime
) -> None:
    for path, days in ((register.unit, 3), (register.other_unit, 40)):
        RosterEntry.objects.filter(round=entry.round, organisation=path).update(
            due_at=entry.round.due_at + timedelta(days=days)
        )

    with time_machine.travel(entry.round.due_at + timedelta(hours=1), tick=True):
        page, country = home_of(province_officer), home_of(department_officer)

    assert "เลยกำหนดแล้ว จังหวัดยังรับรองไม่ครบ 2 แห่ง จาก 3 แห่ง" in page
    assert "cause=NOT_CERTIFIED_PROVINCE&amp;time_status=LATE" in page
    assert "การขยายเวลาจะสิ้นสุดภายใน 14 วัน 1 แห่ง" in page
    assert "เลยกำหนดแล้ว จังหวัดยังรับรองไม่ครบ 2 แห่ง จาก 4 แห่ง" in country


def test_the_form_owner_and_the_operator_see_their_own_work(
    entry: RosterEntry, form_owner: Person, operator: Person, at: datetime
) -> None:
    source = edited(small(), survey=cell("female", label="หญิงทุกวัย"))
    forms.form_draft_save(actor=form_owner.actor, at=at, source=source, file_name="แบบ.xlsx")

    assert "ร่างแบบข้อมูล 1 ฉบับ" in home_of(form_owner)
    page = home_of(operator)
    assert "ไม่มียอดสรุปประจำวัน" in page
    assert "ร่างแบบข้อมูล" not in page


@pytest.mark.parametrize("who", WHO)
def test_a_home_page_costs_what_is_committed(
    who: str, entry: RosterEntry, published: Callable[..., Circular], request: pytest.FixtureRequest
) -> None:
    published(finish_on=date(2026, 11, 25))
    client = request.getfixturevalue(who).client()
    client.get(reverse("web:home"))

    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("web:home"))

    counts = json.loads(COUNTS.read_text(encoding="utf-8"))
    if os.environ.get("UPDATE_QUERY_COUNTS"):
        counts[f"web:home {who}"] = len(queries)
        COUNTS.write_text(json.dumps(counts, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    assert len(queries) == counts.get(f"web:home {who}"), "\n".join(query["sql"][:150] for query in queries)
