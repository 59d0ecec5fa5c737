"""แจ้งปัญหา: taken within limits, answered by the unit and its province alone, and the reporter forgotten."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from localgov.access.decision import Denied
from localgov.audit.models import Event, RowChange
from localgov.travel import policies, services
from localgov.travel.models import ProblemReport
from localgov.travel.selectors.problems import problems_found, problems_waiting
from localgov.travel.services import NotTaken, ReportedItem
from localgov.travel.states import ProblemKind, ProblemState
from tests.conftest import Person, Register

ITEM = ReportedItem(id=7, kind="PLACE", title="น้ำตกตัวอย่าง", unit_code="6250101")
CONTACT = "reader@example.com"


def reported(at: datetime, **changes: Any) -> ProblemReport:
    """A report about our unit's item."""
    values: dict[str, Any] = {
        "item": ITEM,
        "kind": ProblemKind.WRONG,
        "text": "เวลาเปิดปิดไม่ตรง",
        "contact": CONTACT,
        "sender": services.sender_of("203.0.113.7"),
    }
    return services.problem_report(at=at, **(values | changes))


def test_a_report_is_kept_once_however_often_the_button_is_pressed(register: Register, at: datetime) -> None:
    first = reported(at)

    assert reported(at + timedelta(seconds=3)).pk == first.pk
    assert ProblemReport.objects.count() == 1
    assert Event.objects.get(type="problem.report").actor_label == "ประชาชน"


def test_one_address_is_stopped_and_another_is_not(register: Register, at: datetime) -> None:
    most = policies.PER_SENDER[0][0]
    for number in range(most):
        reported(at, text=f"เรื่องที่ {number}")

    with pytest.raises(NotTaken, match="เครือข่ายของท่าน"):
        reported(at, text="อีกเรื่อง")

    assert reported(at, text="อีกเรื่อง", sender=services.sender_of("203.0.113.8")).pk
    assert reported(at + timedelta(hours=1, seconds=1), text="อีกเรื่อง").pk
    assert ProblemReport.objects.count() == most + 2


def test_one_item_is_reported_so_often_a_day_and_others_go_on(register: Register, at: datetime) -> None:
    most = policies.PER_ITEM[0]
    for number in range(most):
        reported(at, text=f"เรื่องที่ {number}", sender=f"s{number}")

    with pytest.raises(NotTaken, match="รายการนี้"):
        reported(at, sender="another")

    assert reported(at, sender="another", item=ReportedItem(8, "PLACE", "อื่น", "6250101")).pk


def test_an_address_is_kept_as_a_keyed_hash_and_one_ipv6_customer_is_one() -> None:
    assert "203" not in services.sender_of("203.0.113.7")
    assert services.sender_of("2001:db8::1") == services.sender_of("2001:db8::ffff")
    assert services.sender_of("2001:db8::1") != services.sender_of("2001:db8:0:1::1")
    assert services.sender_of("nonsense") == ""


def test_the_unit_and_its_province_answer_and_nobody_else_sees_it(
    register: Register,
    at: datetime,
    recorder: Person,
    province_officer: Person,
    stranger: Person,
    department_officer: Person,
    verifier: Person,
) -> None:
    report = reported(at)
    on = at.date()

    for who in (recorder, province_officer):
        assert [one.pk for one in problems_found(actor=who.actor, on=on)] == [report.pk]
        waiting = problems_waiting(actor=who.actor, on=on)
        assert waiting is not None
        assert (waiting.count, waiting.since) == (1, at)
    for who in (stranger, department_officer, verifier):
        assert not problems_found(actor=who.actor, on=on).exists()
        assert problems_waiting(actor=who.actor, on=on) is None
        with pytest.raises(Denied):
            answered(report, who, at)
        assert who.client().get(f"/travel/problems/{report.pk}/").status_code in (403, 404)
    assert answered(report, province_officer, at).state == ProblemState.FIXED


def answered(report: ProblemReport, who: Person, at: datetime) -> ProblemReport:
    """Answered as mended."""
    return services.problem_answer(
        actor=who.actor, at=at, report_id=report.pk, state=ProblemState.FIXED, answer="แก้เวลาแล้ว"
    )


def test_a_report_is_answered_once(
    register: Register, at: datetime, recorder: Person, province_officer: Person
) -> None:
    report = reported(at)
    answered(report, recorder, at)

    with pytest.raises(Denied, match="มีผู้ตอบแล้ว"):
        answered(report, province_officer, at)

    assert problems_waiting(actor=recorder.actor, on=at.date()) is None
    report.refresh_from_db()
    assert (report.answered_label, report.answer) == (recorder.actor.label, "แก้เวลาแล้ว")


def test_the_database_refuses_an_answer_without_words(register: Register, at: datetime) -> None:
    report = reported(at)

    with pytest.raises(IntegrityError, match="answered_whole"), transaction.atomic():
        ProblemReport.objects.filter(pk=report.pk).update(state=ProblemState.FIXED, answered_at=at)


def test_who_reported_is_forgotten_and_never_stood_in_the_record(register: Register, at: datetime) -> None:
    report = reported(at)
    later = at + timedelta(days=policies.KEPT_DAYS)

    assert services.problems_forget(at=later - timedelta(seconds=1)) == 0
    assert services.problems_forget(at=later) == 1
    assert services.problems_forget(at=later) == 0

    report.refresh_from_db()
    assert (report.contact, report.sender, report.text) == ("", "", "เวลาเปิดปิดไม่ตรง")
    written = str(list(RowChange.objects.values("old", "new"))) + str(list(Event.objects.values("data")))
    assert "น้ำตกตัวอย่าง" in written
    assert CONTACT not in written
    assert services.sender_of("203.0.113.7") not in written


def test_officers_read_and_answer_on_their_pages(register: Register, at: datetime, recorder: Person) -> None:
    report = reported(at, text="<script>alert(1)</script>")
    client = recorder.client()

    listed = client.get("/travel/problems/").content.decode()
    page = client.get(f"/travel/problems/{report.pk}/").content.decode()

    assert "น้ำตกตัวอย่าง" in listed
    assert CONTACT in page
    assert "<script>alert" not in page
    empty = client.post(f"/travel/problems/{report.pk}/", {"state": "FIXED", "answer": ""})
    assert empty.status_code == 422
    done = client.post(f"/travel/problems/{report.pk}/", {"state": "NOT_FOUND", "answer": "ตรวจแล้วถูกต้อง"})
    assert done.status_code == 302
    again = client.post(f"/travel/problems/{report.pk}/", {"state": "FIXED", "answer": "อีกครั้ง"})
    assert again.status_code == 409
    report.refresh_from_db()
    assert report.state == ProblemState.NOT_FOUND
