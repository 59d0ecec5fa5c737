"""Saving from the page: the script's batches, plain posts, rows on their own page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from localgov.access.roles import RoleCode
from localgov.filings.models import Change, RegisterRow, Sheet
from localgov.filings.states import Status
from localgov.rounds.models import RosterEntry
from tests.conftest import Person, Register, newest
from tests.filings.conftest import UNIT, hidden_boxes, words

pytestmark = pytest.mark.django_db

Send = Callable[..., Any]


def set_answer(code: str, value: Any, seq: int = 0, **place: str) -> dict[str, Any]:
    """A change as the script sends it."""
    return {"op": "set", "code": code, "value": value, "seq": seq, **place}


def test_answers_a_batch_with_receipt_findings_progress_and_how_it_was_read(
    entry: RosterEntry, recorder: Person, send: Send
) -> None:
    response = send(recorder.client(), 1, set_answer("male", "๓,๑๐๐"), set_answer("total", "6000"))

    reply = response.json()
    assert response.status_code == 200
    assert reply["receipt"] == Change.objects.get().receipt
    assert reply["saved"][0] == {"code": "male", "row": None, "seq": 1}
    assert reply["shown"]["male"] == {"text": "3,100", "words": "3,100"}
    assert reply["progress"]["answered"] == 2
    assert reply["hindrance"].startswith("ยังส่งไม่ได้: ยังไม่ตอบ ")
    assert {"male", "female", "total", "village"} == set(reply["visible"])


def test_answers_a_batch_sent_twice_with_the_same_receipt(entry: RosterEntry, recorder: Person, send: Send) -> None:
    batch = str(uuid4())

    first = send(recorder.client(), 1, set_answer("male", 3100), batch=batch)
    second = send(recorder.client(), 1, set_answer("male", 3100), batch=batch)

    assert first.json()["receipt"] == second.json()["receipt"]
    assert Change.objects.count() == 1


def test_refuses_a_stale_answer_alone_with_both_values_and_the_writer(
    entry: RosterEntry, recorder: Person, other_recorder: Person, send: Send
) -> None:
    send(recorder.client(), 1, set_answer("male", 3100))

    reply = send(other_recorder.client(), 1, set_answer("male", 3200), set_answer("female", 3225)).json()

    (refused,) = reply["refused"]
    assert (refused["mine"], refused["theirs"], refused["by"]) == (3200, 3100, "recorder ตัวอย่าง")
    assert [item["code"] for item in reply["saved"]] == ["female"]


def test_a_locked_sheet_answers_409_with_its_reason(
    entry: RosterEntry, recorder: Person, send: Send, sheet_in: Callable[[Status], Sheet]
) -> None:
    sheet_in(Status.SUBMITTED)

    response = send(recorder.client(), 1, set_answer("male", 1, 1))

    assert response.status_code == 409
    assert "ส่งตรวจแล้ว" in response.json()["reason"]


def test_a_recorder_of_other_domains_gets_403_with_the_reason(
    entry: RosterEntry, register: Register, person: Callable[..., Person], send: Send
) -> None:
    partial = person("partial", register.unit, RoleCode.RECORDER, sections=["domain_2"])

    response = send(partial.client(), 1, set_answer("male", 1))

    assert response.status_code == 403
    assert "ไม่มีสิทธิบันทึกข้อมูลด้านนี้" in response.json()["reason"]


@pytest.mark.parametrize(
    "body",
    [
        "",
        "x",
        "[]",
        "{}",
        '{"batch": "x", "changes": []}',
        '{"batch": "9a1f6c9e-41f2-4c8b-9d3a-0d6d3d6f2b11", "changes": [{"op": "jump"}]}',
        '{"batch": "9a1f6c9e-41f2-4c8b-9d3a-0d6d3d6f2b11", "changes": [{"op": "set", "code": "male", "seq": -1}]}',
        "[" * 100_000,
    ],
)
def test_what_is_no_batch_answers_422_in_thai(entry: RosterEntry, recorder: Person, body: str) -> None:
    response = recorder.client().post(f"{UNIT}1/answers/", data=body, content_type="application/json")

    assert response.status_code == 422
    assert response.json()["reason"]
    assert not Sheet.objects.exists()


def test_an_expired_session_is_sent_to_sign_in(entry: RosterEntry, send: Send) -> None:
    from django.test import Client

    assert send(Client(), 1, set_answer("male", 1)).status_code == 302


def plain(recorder: Person, path: str = "1/", **typed: str) -> Any:
    """Open a page and post it back with some boxes changed, as a browser without script does."""
    client = recorder.client()
    boxes = hidden_boxes(client.get(UNIT + path))
    return client.post(UNIT + path, boxes | {name.replace("_", "-", 1): value for name, value in typed.items()})


def test_saves_a_plain_post_and_says_the_receipt(entry: RosterEntry, recorder: Person) -> None:
    response = plain(recorder, a_male="3,100", a_female="3225")

    assert response.status_code == 302
    assert newest(entry, "domain_1").answers["male"]["v"] == 3100
    assert [item["question"] for item in Change.objects.get().items] == ["male", "female"]


def test_a_plain_post_sends_only_what_was_changed(
    entry: RosterEntry, recorder: Person, other_recorder: Person, fill: Callable[..., Sheet]
) -> None:
    fill("domain_1", {"male": 3100, "female": 3225}, by=other_recorder)
    client = recorder.client()
    boxes = hidden_boxes(client.get(f"{UNIT}1/")) | {"a-male": "3,100", "a-female": "3,225", "a-total": "6325"}
    fill("domain_1", {"female": 3300}, by=other_recorder)

    response = client.post(f"{UNIT}1/", boxes)

    assert response.status_code == 302
    answers = newest(entry, "domain_1").answers
    assert (answers["female"]["v"], answers["total"]["v"]) == (3300, 6325)


def test_a_plain_post_without_changes_writes_nothing(
    entry: RosterEntry, recorder: Person, fill: Callable[..., Sheet]
) -> None:
    fill("domain_1")

    response = plain(recorder, a_male="3,100", a_female="3,225", a_total="6,325")

    assert response.status_code == 302
    assert Change.objects.count() == 1


def test_a_plain_post_shows_both_values_of_a_stale_answer(
    entry: RosterEntry, recorder: Person, other_recorder: Person, fill: Callable[..., Sheet]
) -> None:
    client = recorder.client()
    boxes = hidden_boxes(client.get(f"{UNIT}1/")) | {"a-male": "3,200"}
    fill("domain_1", {"male": 3100}, by=other_recorder)

    response = client.post(f"{UNIT}1/", boxes)

    assert response.status_code == 409
    text = words(response)
    assert "ของท่าน “3,200” ค่าที่บันทึกอยู่ “3,100” โดย recorder2 ตัวอย่าง" in text


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ({"m_male": "NONE"}, {"missing": "NONE"}),
        ({"m_male": "NO_DATA", "r_male": "รอผลสำรวจ"}, {"missing": "NO_DATA", "reason": "รอผลสำรวจ"}),
    ],
)
def test_a_plain_post_tells_none_from_no_data(
    entry: RosterEntry, recorder: Person, typed: dict[str, str], stored: dict[str, str]
) -> None:
    plain(recorder, **typed)

    answer = newest(entry, "domain_1").answers["male"]
    assert {key: answer[key] for key in stored} == stored


def test_the_button_beside_a_finding_brings_the_value_that_would_do(
    entry: RosterEntry, recorder: Person, fill: Callable[..., Sheet]
) -> None:
    fill("domain_1", {"male": 3100, "female": 3225, "total": 6000})
    client = recorder.client()
    page = client.get(f"{UNIT}1/")
    assert "ใช้ 6,325" in words(page)

    client.post(f"{UNIT}1/", {"use": "total 1 6325"})

    assert newest(entry, "domain_1").answers["total"]["v"] == 6325


def test_gives_a_reason_for_a_doubtful_answer(entry: RosterEntry, recorder: Person, fill: Callable[..., Sheet]) -> None:
    fill("domain_1")
    fill("domain_2", {"tap": True, "tap_households": 9000})

    plain(recorder, "2/", a_tap="yes", a_tap_households="9,000", n_tap_households="รวมบ้านเช่า")

    sheet = newest(entry, "domain_2")
    assert sheet.answers["tap_households"]["note"] == "รวมบ้านเช่า"
    assert sheet.answers["tap_households"]["v"] == 9000


def test_a_plain_post_to_a_locked_sheet_says_why(
    entry: RosterEntry, recorder: Person, sheet_in: Callable[[Status], Sheet]
) -> None:
    client = recorder.client()
    sheet_in(Status.RECORDING)
    boxes = hidden_boxes(client.get(f"{UNIT}1/")) | {"a-male": "1"}
    sheet = newest(entry, "domain_1")
    client.post(f"{UNIT}1/steps/submit/", {"lock": sheet.lock})

    response = client.post(f"{UNIT}1/", boxes)

    assert response.status_code == 409
    assert "แก้ไขไม่ได้ในสถานะ “ส่งตรวจแล้ว”" in words(response)


def add_row(recorder: Person, **cells: str) -> Any:
    """Add a village on its own page."""
    client = recorder.client()
    boxes = hidden_boxes(client.get(f"{UNIT}1/rows/village/new/"))
    return client.post(
        f"{UNIT}1/rows/village/new/", boxes | {f"a-village_{name}": value for name, value in cells.items()}
    )


def test_adds_a_row_on_its_own_page(entry: RosterEntry, recorder: Person) -> None:
    response = add_row(recorder, no="1", name="บ้านกลาง", people="3,100")

    (row,) = RegisterRow.objects.all()
    assert response.status_code == 302
    assert {code: stored["v"] for code, stored in row.values.items()} == {
        "village_no": 1,
        "village_name": "บ้านกลาง",
        "village_people": 3100,
    }


def test_pressing_add_twice_adds_one_row(entry: RosterEntry, recorder: Person) -> None:
    client = recorder.client()
    boxes = hidden_boxes(client.get(f"{UNIT}1/rows/village/new/")) | {"a-village_no": "1"}

    client.post(f"{UNIT}1/rows/village/new/", boxes)
    client.post(f"{UNIT}1/rows/village/new/", boxes)

    assert RegisterRow.objects.count() == 1


def test_changes_and_deletes_a_row_on_its_own_page(entry: RosterEntry, recorder: Person) -> None:
    add_row(recorder, no="1", name="บ้านกลาง")
    (row,) = RegisterRow.objects.all()
    address = f"{UNIT}1/rows/village/{row.row_id}/"
    client = recorder.client()

    boxes = hidden_boxes(client.get(address)) | {"a-village_no": "2", "a-village_name": "บ้านกลาง"}
    client.post(address, boxes)
    assert RegisterRow.objects.get().values["village_no"]["v"] == 2

    client.post(address, hidden_boxes(client.get(address)) | {"delete": "1"})
    assert not RegisterRow.objects.exists()
    assert client.get(address).status_code == 404


def test_a_register_answered_none_takes_a_row_and_none_again(entry: RosterEntry, recorder: Person, send: Send) -> None:
    client = recorder.client()
    row = str(uuid4())
    send(client, 1, set_answer("village", {"missing": "NONE"}))

    reply = send(client, 1, {"op": "add", "register": "village", "row": row}).json()
    assert {"code": "village", "row": None, "seq": 2} in reply["saved"]

    send(client, 1, {"op": "delete", "register": "village", "row": row, "seq": 1})
    reply = send(client, 1, set_answer("village", {"missing": "NONE"}, 2)).json()
    assert reply["refused"] == []
    assert newest(entry, "domain_1").answers["village"]["missing"] == "NONE"


def test_shows_rows_in_the_table_with_what_is_wrong_in_them(entry: RosterEntry, recorder: Person) -> None:
    add_row(recorder, no="100", name="บ้านกลาง")

    body = recorder.client().get(f"{UNIT}1/").content.decode()

    assert 'data-question="village_no" data-kind="integer" data-seq="1"' in body
    assert "หมู่ที่ต้องเป็น 1 ถึง 99" in words(recorder.client().get(f"{UNIT}1/"))
