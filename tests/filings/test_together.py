"""Several people at one domain: who is there, what the others changed, and both values where two wrote."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client

from localgov.filings.models import Change, Presence, RegisterRow, Sheet
from localgov.rounds.models import RosterEntry
from tests.conftest import NOW, Person
from tests.filings.conftest import UNIT, hidden_boxes, words

pytestmark = pytest.mark.django_db
Send = Callable[..., Any]


def speak(client: Client, page: str, *, number: int = 1, **more: Any) -> Any:
    """The heartbeat of an open page."""
    body = {"page": page, "place": "", "typing": False, "since": 0, "lock": 0} | more
    return client.post(f"{UNIT}{number}/together/", data=json.dumps(body), content_type="application/json")


@pytest.mark.parametrize("who", ["stranger", "stranger_officer", "verifier", "province_officer"])
def test_only_a_recorder_of_the_sheet_speaks(entry: RosterEntry, request: pytest.FixtureRequest, who: str) -> None:
    outsider: Person = request.getfixturevalue(who)

    answer = speak(outsider.client(), str(uuid4()))

    assert answer.status_code == (404 if who == "stranger" else 403)
    assert not Presence.objects.exists()


def test_names_who_else_is_there_and_where(entry: RosterEntry, recorder: Person, other_recorder: Person) -> None:
    mine, theirs = recorder.client(), other_recorder.client()
    speak(theirs, str(uuid4()), place="male", typing=True)

    heard = speak(mine, str(uuid4())).json()

    assert [one["text"] for one in heard["others"]] == ["recorder2 ตัวอย่าง กำลังกรอก “ประชากรชาย”"]
    assert "recorder2 ตัวอย่าง กำลังกรอก “ประชากรชาย”" in words(mine.get(f"{UNIT}1/"))
    assert "recorder2 ตัวอย่าง" not in words(mine.get(f"{UNIT}2/"))


def test_one_person_s_two_pages_are_one_and_not_told_to_himself(
    entry: RosterEntry, recorder: Person, other_recorder: Person
) -> None:
    theirs = other_recorder.client()
    speak(theirs, str(uuid4()))
    assert speak(theirs, str(uuid4())).json()["others"] == []

    assert len(speak(recorder.client(), str(uuid4())).json()["others"]) == 1


def test_a_page_that_is_left_or_silent_is_forgotten(
    entry: RosterEntry, recorder: Person, other_recorder: Person
) -> None:
    mine, theirs, page = recorder.client(), other_recorder.client(), str(uuid4())
    speak(theirs, page)
    speak(theirs, page, leaving=True)
    assert speak(mine, str(uuid4())).json()["others"] == []

    Presence.objects.update(until=NOW - timedelta(minutes=1))
    assert speak(mine, str(uuid4())).json()["others"] == []
    assert Presence.objects.count() == 1


def test_nobody_speaks_for_another_s_page(entry: RosterEntry, recorder: Person, other_recorder: Person) -> None:
    page = str(uuid4())
    speak(other_recorder.client(), page, place="male")

    speak(recorder.client(), page, place="female")

    assert Presence.objects.get().place == "male"


@pytest.mark.parametrize("body", ["", "[]", "{}", '{"page": "x"}', '{"page": null, "since": "x"}'])
def test_nonsense_is_refused_with_a_sentence(entry: RosterEntry, recorder: Person, body: str) -> None:
    answer = recorder.client().post(f"{UNIT}1/together/", data=body, content_type="application/json")

    assert answer.status_code == 422
    assert answer.json()["reason"]


def test_wild_counters_are_read_as_far_as_they_go(entry: RosterEntry, recorder: Person, fill: Any) -> None:
    fill("domain_1")

    assert speak(recorder.client(), str(uuid4()), since=10**30, lock=-5, place=7).status_code == 200


def test_a_heartbeat_without_news_is_one_statement(
    entry: RosterEntry, recorder: Person, fill: Callable[..., Sheet], django_assert_max_num_queries: Any
) -> None:
    sheet = fill("domain_1")
    client, newest = recorder.client(), Change.objects.latest("pk").pk
    speak(client, str(uuid4()), since=newest, lock=sheet.lock)
    asked: list[str] = []

    def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        heard = speak(client, str(uuid4()), since=newest, lock=sheet.lock).json()

    assert "changed" not in heard
    assert [sql for sql in asked if "filings_" in sql and "filings_presence" not in sql] == []


def test_brings_what_the_others_changed_with_their_name(
    entry: RosterEntry, recorder: Person, other_recorder: Person, send: Send
) -> None:
    mine, theirs, row = recorder.client(), other_recorder.client(), str(uuid4())
    send(mine, 1, {"op": "set", "code": "male", "value": "3100", "seq": 0})
    seen = Change.objects.latest("pk").pk
    lock = Sheet.objects.get().lock
    send(
        theirs,
        1,
        {"op": "set", "code": "male", "value": "๓,๒๐๐", "seq": 1},
        {"op": "add", "register": "village", "row": row},
        {"op": "set", "register": "village", "row": row, "code": "village_no", "value": "1", "seq": 0},
    )

    heard = speak(mine, str(uuid4()), since=seen, lock=lock).json()

    male, added, cell = heard["changed"]
    assert (male["text"], male["seq"], male["old"], male["by"]) == ("3,200", 2, "3,100", "recorder2 ตัวอย่าง")
    assert (added["op"], added["row"], added["after"]) == ("row", row, "")
    assert (cell["code"], cell["value"], cell["row"]) == ("village_no", 1, row)
    assert heard["judged"]["progress"]["answered"] == 1
    send(theirs, 1, {"op": "delete", "register": "village", "row": row, "seq": RegisterRow.objects.get().seq})
    gone = speak(mine, str(uuid4()), since=heard["newest"], lock=heard["lock"]).json()["changed"]
    assert [(one["op"], one["row"]) for one in gone] == [("delete", row)]


def test_a_save_hears_of_the_others_too_and_not_of_itself(
    entry: RosterEntry, recorder: Person, other_recorder: Person, send: Send
) -> None:
    mine, page = recorder.client(), str(uuid4())

    def save(code: str, value: str, heard: dict[str, Any]) -> Any:
        change = {"op": "set", "code": code, "value": value, "seq": 0}
        body = {"batch": str(uuid4()), "changes": [change], "page": page, "place": code, "typing": True, **heard}
        return mine.post(f"{UNIT}1/answers/", data=json.dumps(body), content_type="application/json").json()["together"]

    first = save("male", "3100", {"since": 0, "lock": 0})
    assert "changed" not in first
    send(other_recorder.client(), 1, {"op": "set", "code": "female", "value": "3225", "seq": 0})
    second = save("total", "6325", {"since": first["newest"], "lock": first["lock"]})

    assert [one["code"] for one in second["changed"]] == ["female", "total"]


def test_says_when_the_sheet_was_sent_on_or_changed_in_bulk(
    entry: RosterEntry, recorder: Person, other_recorder: Person, fill: Callable[..., Sheet], send: Send
) -> None:
    sheet = fill("domain_1", by=other_recorder)
    client = recorder.client()
    rows = [{"op": "add", "register": "village", "row": str(uuid4())} for _ in range(301)]
    send(other_recorder.client(), 1, *rows)
    assert "แก้ไขด้านนี้ 304 ข้อ" in speak(client, str(uuid4())).json()["reload"]

    fill("domain_2", by=other_recorder)
    other_recorder.client().post(f"{UNIT}2/steps/submit/", {"lock": sheet.lock})

    assert "ส่งตรวจแล้ว" in speak(client, str(uuid4()), number=2).json()["reload"]


def test_three_people_are_shown_whose_value_stands(
    entry: RosterEntry, recorder: Person, other_recorder: Person, send: Send, person: Any, register: Any
) -> None:
    from localgov.access.roles import RoleCode

    third = person("recorder3", register.unit, RoleCode.RECORDER)
    send(recorder.client(), 1, {"op": "set", "code": "male", "value": "1", "seq": 0})
    send(other_recorder.client(), 1, {"op": "set", "code": "male", "value": "2", "seq": 1})

    answer = send(third.client(), 1, {"op": "set", "code": "male", "value": "3", "seq": 1}).json()

    (refused,) = answer["refused"]
    assert (refused["theirs"], refused["mine"], refused["seq"], refused["by"]) == (2, "3", 2, "recorder2 ตัวอย่าง")
    assert refused["reason"].startswith("recorder2 ตัวอย่าง แก้ไขข้อนี้เมื่อ 20 พ.ย. 2569 10:0")


def test_a_cell_s_conflict_names_its_own_writer(
    entry: RosterEntry, recorder: Person, other_recorder: Person, send: Send
) -> None:
    row = str(uuid4())
    cell = {"op": "set", "register": "village", "row": row, "code": "village_no"}
    send(recorder.client(), 1, {"op": "add", "register": "village", "row": row}, cell | {"value": "1", "seq": 0})
    send(other_recorder.client(), 1, cell | {"value": "2", "seq": 1})

    refused = send(recorder.client(), 1, cell | {"value": "3", "seq": 1}).json()["refused"][0]

    assert (refused["theirs"], refused["by"], refused["row"]) == (2, "recorder2 ตัวอย่าง", row)


def test_a_row_that_was_changed_is_not_deleted_and_one_that_was_deleted_takes_nothing(
    entry: RosterEntry, recorder: Person, other_recorder: Person, send: Send
) -> None:
    row = str(uuid4())
    cell = {"op": "set", "register": "village", "row": row, "code": "village_no"}
    send(recorder.client(), 1, {"op": "add", "register": "village", "row": row})
    send(other_recorder.client(), 1, cell | {"value": "2", "seq": 0})

    kept = send(recorder.client(), 1, {"op": "delete", "register": "village", "row": row, "seq": 1}).json()["refused"]
    assert "recorder2 ตัวอย่าง แก้ไขแถวนี้เมื่อ" in kept[0]["reason"]
    send(recorder.client(), 1, {"op": "delete", "register": "village", "row": row, "seq": kept[0]["row_seq"]})
    gone = send(other_recorder.client(), 1, cell | {"value": "5", "seq": 1}).json()["refused"]

    assert not RegisterRow.objects.exists()
    assert (gone[0]["mine"], gone[0]["gone"]) == ("5", True)
    assert "recorder ตัวอย่าง ลบแถวนี้เมื่อ" in gone[0]["reason"]


def test_a_reason_written_over_another_s_is_refused_with_both(
    entry: RosterEntry, recorder: Person, other_recorder: Person, send: Send, fill: Callable[..., Sheet]
) -> None:
    fill("domain_1")
    note = {"op": "note", "code": "male", "was": ""}
    send(recorder.client(), 1, note | {"note": "รวมบ้านว่าง"})

    answer = send(other_recorder.client(), 1, note | {"note": "นับตามทะเบียนราษฎร"}).json()

    (refused,) = answer["refused"]
    assert (refused["theirs"], refused["mine"], refused["note"]) == ("รวมบ้านว่าง", "นับตามทะเบียนราษฎร", True)
    assert "recorder ตัวอย่าง แก้ไขเหตุผลของข้อนี้เมื่อ" in refused["reason"]
    assert Sheet.objects.get().answers["male"]["note"] == "รวมบ้านว่าง"
    again = send(other_recorder.client(), 1, note | {"note": "นับตามทะเบียนราษฎร", "was": "รวมบ้านว่าง"}).json()
    assert again["refused"] == []


def test_without_script_both_values_are_shown_and_mine_may_be_chosen(
    entry: RosterEntry, recorder: Person, other_recorder: Person, send: Send
) -> None:
    client = recorder.client()
    boxes = hidden_boxes(client.get(f"{UNIT}1/"))
    send(other_recorder.client(), 1, {"op": "set", "code": "male", "value": "3100", "seq": 0})

    page = client.post(f"{UNIT}1/", boxes | {"a-male": "3,200"})
    assert page.status_code == 409
    assert "recorder2 ตัวอย่าง แก้ไขข้อนี้เมื่อ 20 พ.ย. 2569" in words(page)
    assert "ใช้ของท่าน “3,200”" in words(page)
    client.post(f"{UNIT}1/", {"use": "male 1 3200"})

    assert Sheet.objects.get().answers["male"]["v"] == 3200
    assert "recorder ตัวอย่าง" in words(other_recorder.client().get(f"{UNIT}1/"))
