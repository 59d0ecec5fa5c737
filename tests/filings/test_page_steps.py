"""Steps taken from their page, and the timeline that they leave."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from localgov.filings.models import Change, Sheet, StepTaken
from localgov.filings.states import Status
from localgov.rounds.models import RosterEntry
from tests.conftest import Person, newest
from tests.filings.conftest import UNIT, words

pytestmark = pytest.mark.django_db


def test_submits_a_clean_sheet(entry: RosterEntry, recorder: Person, fill: Callable[..., Sheet]) -> None:
    sheet = fill("domain_1")

    response = recorder.client().post(f"{UNIT}1/steps/submit/", {"lock": sheet.lock}, follow=True)

    assert newest(entry, "domain_1").status == Status.SUBMITTED
    assert "ส่งให้ผู้ตรวจสอบ: ด้านที่ 1 ประชากร เรียบร้อยแล้ว" in words(response)


def test_lists_what_stands_in_the_way_with_links(
    entry: RosterEntry, recorder: Person, fill: Callable[..., Sheet]
) -> None:
    fill("domain_1", {"male": 3100, "female": 3225, "total": 6000})
    fill("domain_2", {"tap": True})

    first = recorder.client().get(f"{UNIT}1/steps/submit/")
    second = recorder.client().get(f"{UNIT}2/steps/submit/")

    assert "ยังส่งไม่ได้: ต้องแก้ 1 ข้อ" in words(first)
    assert f'href="{UNIT}1/?check=1#q-total"' in first.content.decode()
    assert "ยังไม่ตอบ 1 ข้อ" in words(second)
    assert f'href="{UNIT}2/?check=1#q-tap_households"' in second.content.decode()


def test_refuses_to_submit_while_errors_stand(entry: RosterEntry, recorder: Person, fill: Callable[..., Sheet]) -> None:
    sheet = fill("domain_1", {"male": 3100, "female": 3225, "total": 6000})

    response = recorder.client().post(f"{UNIT}1/steps/submit/", {"lock": sheet.lock})

    assert response.status_code == 409
    assert newest(entry, "domain_1").status == Status.RECORDING
    assert not StepTaken.objects.exists()


def test_asks_one_reason_for_doubtful_answers_and_keeps_it(
    entry: RosterEntry, recorder: Person, fill: Callable[..., Sheet]
) -> None:
    fill("domain_1")
    sheet = fill("domain_2", {"tap": True, "tap_households": 9000})
    client = recorder.client()
    assert "เหตุผลรวมของข้อควรดู" in words(client.get(f"{UNIT}2/steps/submit/"))

    refused = client.post(f"{UNIT}2/steps/submit/", {"lock": sheet.lock})
    assert refused.status_code == 409

    client.post(f"{UNIT}2/steps/submit/", {"lock": sheet.lock, "note": "ตรวจกับผู้ใหญ่บ้านแล้ว"})
    assert newest(entry, "domain_2").status == Status.SUBMITTED
    assert "ตรวจกับผู้ใหญ่บ้านแล้ว" in words(client.get(f"{UNIT}timeline/"))
    assert "เหตุผลรวมของผู้บันทึก ตรวจกับผู้ใหญ่บ้านแล้ว" in words(client.get(f"{UNIT}2/"))


def test_the_verifier_verifies_or_returns_with_a_reason(
    entry: RosterEntry, verifier: Person, sheet_in: Callable[[Status], Sheet]
) -> None:
    sheet = sheet_in(Status.SUBMITTED)
    client = verifier.client()
    page = words(client.get(f"{UNIT}1/"))
    assert "ตรวจสอบแล้ว ถูกต้อง" in page
    assert "ส่งกลับให้แก้ไข" in page

    without_reason = client.post(f"{UNIT}1/steps/return/", {"lock": sheet.lock})
    assert without_reason.status_code == 409

    client.post(f"{UNIT}1/steps/verify/", {"lock": sheet.lock})
    assert newest(entry, "domain_1").status == Status.VERIFIED


def test_who_recorded_sees_why_verifying_is_not_for_them(
    entry: RosterEntry,
    register: object,
    person: Callable[..., Person],
    fill: Callable[..., Sheet],
) -> None:
    from localgov.access.roles import RoleCode

    both = person("both", register.unit, RoleCode.RECORDER, RoleCode.VERIFIER)  # type: ignore[attr-defined]
    sheet = fill("domain_1", by=both)
    both.client().post(f"{UNIT}1/steps/submit/", {"lock": sheet.lock})

    response = both.client().get(f"{UNIT}1/steps/verify/")

    assert "ท่านเป็นผู้บันทึกข้อมูลด้านนี้" in words(response)
    assert "disabled" in response.content.decode()


def test_the_recorder_takes_a_submission_back(
    entry: RosterEntry, recorder: Person, sheet_in: Callable[[Status], Sheet]
) -> None:
    sheet = sheet_in(Status.SUBMITTED)

    recorder.client().post(f"{UNIT}1/steps/take-back-submission/", {"lock": sheet.lock})

    assert newest(entry, "domain_1").status == Status.RECORDING


def test_a_stale_step_says_what_changed(
    entry: RosterEntry, recorder: Person, other_recorder: Person, fill: Callable[..., Sheet]
) -> None:
    seen = fill("domain_1")
    fill("domain_1", {"male": 3101, "total": 6326}, by=other_recorder)

    response = recorder.client().post(f"{UNIT}1/steps/submit/", {"lock": seen.lock})

    assert response.status_code == 409
    text = words(response)
    assert "ด้านนี้เปลี่ยนไปหลังจากที่ท่านเปิดหน้า" in text
    assert "recorder2 ตัวอย่าง" in text
    assert "เดิม 3,100 → เป็น 3,101" in text
    assert newest(entry, "domain_1").status == Status.RECORDING


def test_a_step_of_somebody_else_is_refused_with_the_reason(
    entry: RosterEntry, recorder: Person, sheet_in: Callable[[Status], Sheet]
) -> None:
    sheet = sheet_in(Status.SUBMITTED)

    response = recorder.client().post(f"{UNIT}1/steps/verify/", {"lock": sheet.lock})

    assert response.status_code == 409
    assert "เป็นหน้าที่ของผู้ตรวจสอบ" in words(response)


@pytest.mark.parametrize("lock", ["", "x", "-1"])
def test_a_broken_form_is_not_an_act(
    entry: RosterEntry, recorder: Person, fill: Callable[..., Sheet], lock: str
) -> None:
    fill("domain_1")

    assert recorder.client().post(f"{UNIT}1/steps/submit/", {"lock": lock}).status_code == 422
    assert newest(entry, "domain_1").status == Status.RECORDING


def test_the_timeline_tells_every_change_with_old_and_new(
    entry: RosterEntry, recorder: Person, fill: Callable[..., Sheet]
) -> None:
    fill("domain_1", {"male": 3100})
    fill("domain_1", {"male": 3150})

    text = words(recorder.client().get(f"{UNIT}timeline/"))

    assert "ประชากรชาย เดิม 3,100 → เป็น 3,150" in text
    assert "recorder ตัวอย่าง (ผู้บันทึก)" in text


def test_the_timeline_of_one_question_holds_it_alone(
    entry: RosterEntry, recorder: Person, fill: Callable[..., Sheet]
) -> None:
    fill("domain_1", {"male": 3100, "female": 3225})
    fill("domain_2", {"tap": False})

    text = words(recorder.client().get(f"{UNIT}timeline/", {"question": "male"}))

    assert "พบ 1 รายการ" in text
    assert "ประชากรชาย" in text
    assert "ประชากรหญิง" not in text


@pytest.mark.parametrize("query", [{"domain": "x"}, {"question": "x"}, {"page": "x"}, {"page": "99999999999"}])
def test_unknown_filters_of_the_timeline_show_everything(
    entry: RosterEntry, recorder: Person, fill: Callable[..., Sheet], query: dict[str, str]
) -> None:
    fill("domain_1")

    response = recorder.client().get(f"{UNIT}timeline/", query)

    assert response.status_code == 200
    assert "พบ 1 รายการ" in words(response)


def test_finds_a_receipt_however_it_is_typed(entry: RosterEntry, recorder: Person, fill: Callable[..., Sheet]) -> None:
    fill("domain_1")
    receipt = Change.objects.get().receipt

    response = recorder.client().get("/filings/receipts/", {"receipt": f" {receipt} "}, follow=True)

    assert response.status_code == 200
    assert f"ใบรับ {receipt}" in words(response)
    assert Change.objects.get().hash in words(response)


def test_a_receipt_of_the_next_province_is_not_there(
    entry: RosterEntry, stranger: Person, fill: Callable[..., Sheet]
) -> None:
    fill("domain_1")
    receipt = Change.objects.get().receipt

    assert stranger.client().get(f"/filings/receipts/{receipt}/").status_code == 404
    assert stranger.client().get("/filings/receipts/", {"receipt": receipt}).status_code == 404


def test_what_is_no_receipt_number_says_so(entry: RosterEntry, recorder: Person) -> None:
    response = recorder.client().get("/filings/receipts/", {"receipt": "abc"})

    assert response.status_code == 404
    assert "ไม่พบใบรับเลขที่นี้" in words(response)
