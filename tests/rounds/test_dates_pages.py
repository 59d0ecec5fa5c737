"""Pages of the acts of time: the form, the second look, the list; who may, and what strangers see."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from localgov.lib.thai_calendar import bangkok_day_end
from localgov.rounds import services
from localgov.rounds.models import Extension, Reopening, ReopeningEnd, RosterEntry
from localgov.rounds.scopes import Reach, Scope
from tests.conftest import Person

pytestmark = pytest.mark.django_db


def extending(**changes: str) -> dict[str, str]:
    return {
        "scope": "ALL",
        "due": "15 ก.ค. 2570",
        "last_new": "31 ส.ค. 2570",
        "last_edit": "30 ก.ย. 2570",
        "order_number": "ว 123",
        "reason": "น้ำท่วม",
        "key": str(uuid4()),
        **changes,
    }


def reopening(**changes: Any) -> dict[str, Any]:
    return {
        "scope": "UNIT",
        "unit": "6250101",
        "sections": ["domain_1"],
        "first_day": "1 ต.ค. 2570",
        "last_day": "๑๐ ต.ค. ๒๕๗๐",
        "order_number": "คส 7/2571",
        "reason": "ข้อมูลเสียหายจากไฟไหม้",
        "key": str(uuid4()),
        **changes,
    }


def test_the_department_extends_for_all_after_a_second_look_and_the_list_says_so(
    entry: RosterEntry, department_officer: Person, recorder: Person
) -> None:
    client, page = department_officer.client(), reverse("rounds:round-extend", args=[entry.round_id])
    data = extending()

    look = client.post(page, data).content.decode()

    assert "มีผลกับ อปท. 4 แห่ง" in look
    assert "15 มิ.ย. 2570 → 15 ก.ค. 2570" in look
    assert not Extension.objects.exists()
    assert 'value="15 ก.ค. 2570"' in client.post(page, {**data, "edit": "yes"}).content.decode()
    done = client.post(page, {**data, "confirmed": "yes"})
    assert done.headers["Location"] == reverse("rounds:time-act-list", args=[entry.round_id])
    assert client.post(page, {**data, "confirmed": "yes"}).status_code == 302
    assert Extension.objects.count() == 1
    text = recorder.client().get(done.headers["Location"]).content.decode()
    for words in ("ครบกำหนด 15 ก.ค. 2570", "ว 123", "น้ำท่วม", "ทุกแห่งในรอบ"):
        assert words in text
    roster = recorder.client().get(reverse("rounds:round-detail", args=[entry.round_id])).content.decode()
    assert "ขยายเวลาแล้ว" in roster


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"due": "1 มิ.ย. 2570"}, "เลื่อนเข้ามาไม่ได้"),
        ({"due": "15 มิ.ย. 2570"}, "ทุกวันเหมือนเดิม"),
        ({"due": "31 ก.พ. 2570"}, "ไม่มีวันที่ 31"),
        ({"scope": "PROVINCE"}, "โปรดระบุจังหวัด"),
        ({"scope": "DISTRICT", "district": "9999"}, "โปรดเลือกจากรายการ"),
        ({"scope": "UNIT", "unit": "0000000"}, "หน้าที่ของเจ้าหน้าที่กรม หรือ"),
        ({"scope": "UNIT"}, "โปรดระบุอปท."),
        ({"scope": "x"}, "โปรดเลือกจากรายการ"),
        ({"order_number": ""}, "โปรดกรอก"),
        ({"key": "x"}, ""),
    ],
)
def test_an_unusable_extension_comes_back_with_the_reason(
    changes: dict[str, str], sentence: str, entry: RosterEntry, department_officer: Person
) -> None:
    page = reverse("rounds:round-extend", args=[entry.round_id])
    for step in ({}, {"confirmed": "yes"}):
        response = department_officer.client().post(page, extending(**changes) | step)
        assert response.status_code == 422
        assert sentence in response.content.decode()
    assert not Extension.objects.exists()


def test_a_province_extends_for_its_unit_from_the_roster(entry: RosterEntry, province_officer: Person) -> None:
    client, page = province_officer.client(), reverse("rounds:round-extend", args=[entry.round_id])
    roster = client.get(reverse("rounds:round-detail", args=[entry.round_id])).content.decode()
    assert f"{page}?unit=6250101" in roster
    proposed = client.get(page, {"unit": "6250101"}).content.decode()
    assert 'value="6250101"' in proposed
    assert "ทุกแห่งในรอบ" not in proposed

    done = client.post(page, extending(scope="UNIT", unit="๖๒๕๐๑๐๑", last_edit="30 ต.ค. 2570", confirmed="yes"))

    assert done.status_code == 302
    act = Extension.objects.get()
    assert (act.scope_code, act.scope_label) == ("6250101", "อบต.บ้านสาธิต")
    assert act.last_edit_at == entry.round.last_edit_at


def test_the_next_province_neither_extends_nor_reads_of_our_unit(
    entry: RosterEntry, stranger_officer: Person, department_officer: Person, at: datetime
) -> None:
    page = reverse("rounds:round-extend", args=[entry.round_id])
    for changes in ({"scope": "ALL"}, {"scope": "PROVINCE", "province": "25"}, {"scope": "UNIT", "unit": "6250101"}):
        response = stranger_officer.client().post(page, extending(**changes, confirmed="yes"))
        assert response.status_code == 422
        assert "บ้านสาธิต" not in response.content.decode()
    assert not Extension.objects.exists()
    services.round_extend(
        actor=department_officer.actor,
        at=at,
        round_id=entry.round_id,
        reach=Reach(Scope.UNIT, entry.code),
        due_at=bangkok_day_end(date(2027, 7, 1)),
        last_new_at=entry.round.last_new_at,
        last_edit_at=entry.round.last_edit_at,
        order=services.Order("ว 9", "ไฟไหม้"),
        key=uuid4(),
    )
    acts = reverse("rounds:time-act-list", args=[entry.round_id])
    assert "ว 9" not in stranger_officer.client().get(acts).content.decode()
    assert "ว 9" in department_officer.client().get(acts).content.decode()


def test_the_department_reopens_some_sheets_and_ends_it_early(
    entry: RosterEntry, department_officer: Person, province_officer: Person
) -> None:
    client, page = department_officer.client(), reverse("rounds:round-reopen", args=[entry.round_id])
    look = client.post(page, reopening()).content.decode()
    assert "มีผลกับ อปท. 1 แห่ง" in look
    assert "10 ต.ค. 2570" in look

    done = client.post(page, reopening(confirmed="yes"))

    act = Reopening.objects.get()
    assert (act.sections, act.until_at) == (["domain_1"], bangkok_day_end(date(2027, 10, 10)))
    end = reverse("rounds:reopening-end", args=[act.pk])
    assert end in client.get(done.headers["Location"]).content.decode()
    assert end not in province_officer.client().get(done.headers["Location"]).content.decode()
    assert province_officer.client().post(end, {"reason": "x"}).status_code == 403
    assert client.get(end).status_code == 200
    assert client.post(end, {"reason": ""}).status_code == 422
    assert client.post(end, {"reason": "บันทึกครบแล้ว"}).status_code == 302
    assert ReopeningEnd.objects.get().reason == "บันทึกครบแล้ว"
    assert client.post(end, {"reason": "อีกครั้ง"}).status_code == 409
    assert "ปิดก่อนกำหนดเมื่อ" in client.get(done.headers["Location"]).content.decode()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"last_day": "30 ก.ย. 2570"}, "ต้องไม่ก่อนวันที่เริ่มเปิด"),
        ({"first_day": "1 ต.ค. 2560"}, "ย้อนหลังไม่ได้"),
        ({"sections": []}, "เลือกอย่างน้อยหนึ่งด้าน"),
        ({"sections": ["x"]}, "โปรดเลือกจากรายการ"),
        ({"unit": "0000000"}, "รอบนี้ไม่มี อปท."),
    ],
)
def test_an_unusable_reopening_comes_back_with_the_reason(
    changes: dict[str, Any], sentence: str, entry: RosterEntry, department_officer: Person
) -> None:
    page = reverse("rounds:round-reopen", args=[entry.round_id])
    response = department_officer.client().post(page, reopening(**changes, confirmed="yes"))
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Reopening.objects.exists()
