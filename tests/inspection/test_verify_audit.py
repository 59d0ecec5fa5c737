"""What verify_audit finds when the database's owner tampers with every trigger off."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from localgov.audit.models import Event, RowChange
from localgov.certification import services as certification
from localgov.certification.models import Certificate
from localgov.filings import services as filings
from localgov.filings.models import Change, Sheet, StepTaken
from localgov.filings.services.changes import AddRow, AnyChange, DeleteRow, SetAnswer, SetNote
from localgov.inspection import services
from localgov.inspection.models import DailyHead, FilingHead, Link
from localgov.inspection.selectors.verifying import Fault, verify
from localgov.rounds.models import RosterEntry
from tests.conftest import Person, newest
from tests.inspection.conftest import Tamper

pytestmark = pytest.mark.django_db


def found() -> list[Fault]:
    return verify().faults


def chains_of(faults: list[Fault]) -> list[str]:
    return sorted({fault.chain for fault in faults})


@pytest.fixture
def written(entry: RosterEntry, recorder: Person, at: datetime) -> Sheet:
    """A sheet with answers changed, noted and cleared, and rows added, changed and deleted."""
    rows = [uuid4(), uuid4()]
    batches: list[list[AnyChange]] = [
        [SetAnswer("male", 3100, 0), SetAnswer("female", 3225, 0)],
        [SetAnswer("male", 3200, 1), SetNote("male", "นับใหม่")],
        [AddRow("village", rows[0]), SetAnswer("village_no", 1, 0, "village", rows[0]), AddRow("village", rows[1])],
        [SetAnswer("female", None, 1), DeleteRow("village", rows[1], 1)],
    ]
    for changes in batches:
        filings.answers_save(
            actor=recorder.actor, at=at, entry=entry, section="domain_1", batch=uuid4(), changes=changes
        )
    return newest(entry, "domain_1")


def test_finds_nothing_where_nothing_was_done(written: Sheet) -> None:
    verified = verify()

    assert verified.faults == []
    assert (verified.filings, verified.changes, verified.sheets) == (1, 4, 1)


def test_finds_nothing_after_amending(
    certified: Sheet, recorder: Person, entry: RosterEntry, fill: Callable[..., Sheet], at: datetime
) -> None:
    certification.amend(
        actor=recorder.actor, at=at, entry=entry, section="domain_1", note="แก้ตัวเลข", lock=certified.lock
    )
    fill("domain_1", {"male": 3101, "total": 6326})

    verified = verify()

    assert verified.faults == []
    assert verified.sheets == 4
    assert verified.acts == Link.objects.count() > 12


def test_finds_an_edited_item(written: Sheet, tamper: Tamper) -> None:
    change = Change.objects.order_by("position")[1]
    tamper("""UPDATE filings_change SET items = replace(items::text, '3200', '9999')::jsonb WHERE id = %s""", change.pk)

    faults = found()

    assert faults[0].chain == "answers"
    assert (faults[0].position, faults[0].receipt) == (2, change.receipt)
    assert "ถูกแก้หลังบันทึก" in faults[0].text
    assert faults[0].unit == "อบต.บ้านสาธิต"


@pytest.mark.parametrize(
    "assignment",
    [
        "actor_label = 'ผู้อื่น'",
        "actor_id = 1",
        "role = 'VERIFIER'",
        "at = at - interval '1 day'",
        "recorded_at = recorded_at - interval '1 day'",
        "receipt = '2570-999999'",
        """reply = '{"saved": []}'""",
        "via = 'API'",
        "request_id = 'x'",
    ],
)
def test_finds_any_other_edit_of_a_batch(written: Sheet, tamper: Tamper, assignment: str) -> None:
    tamper(f"UPDATE filings_change SET {assignment} WHERE position = 3")

    assert [(fault.chain, fault.position) for fault in found() if fault.chain == "answers"] == [("answers", 3)]


def test_finds_a_deleted_batch(written: Sheet, tamper: Tamper) -> None:
    tamper("DELETE FROM filings_change WHERE position = 2")

    assert "ลำดับที่ 2 หายไป" in found()[0].text


def test_finds_a_deleted_batch_though_the_rest_was_renumbered(written: Sheet, tamper: Tamper) -> None:
    tamper("DELETE FROM filings_change WHERE position = 2")
    tamper("UPDATE filings_change SET position = position + 100 WHERE position > 2")
    tamper("UPDATE filings_change SET position = position - 101 WHERE position > 100")

    assert "ไม่ต่อจากใบก่อนหน้า" in found()[0].text


def test_finds_batches_put_in_another_order(written: Sheet, tamper: Tamper) -> None:
    tamper("UPDATE filings_change SET position = position + 100 WHERE position IN (2, 3)")
    tamper("UPDATE filings_change SET position = CASE position WHEN 102 THEN 3 ELSE 2 END WHERE position > 100")

    assert chains_of(found())[0] == "answers"


def test_finds_an_inserted_batch(written: Sheet, tamper: Tamper) -> None:
    tamper(
        """INSERT INTO filings_change (filing_id, sheet_id, batch, receipt, via, actor_label, role, items, reply,
            request_id, at, position, previous_hash, hash)
        SELECT filing_id, sheet_id, gen_random_uuid(), '2570-888888', via, actor_label, role, items, reply, request_id, at,
            position + 1, hash, repeat('0', 64) FROM filings_change WHERE position = 4"""
    )

    assert found()[0].position == 5


def test_finds_a_cut_tail_by_the_daily_head(written: Sheet, tamper: Tamper, at: datetime) -> None:
    services.daily_head_make(at=at)
    tamper("DELETE FROM filings_change WHERE position > 2")

    faults = [fault for fault in found() if fault.chain == "head"]

    assert "ลำดับที่ 4" in faults[0].text
    assert "ยอดสรุปวันที่" in faults[0].text


def test_finds_a_whole_filing_deleted(written: Sheet, tamper: Tamper, at: datetime) -> None:
    services.daily_head_make(at=at)
    for table in ("filings_change", "filings_registerrow", "filings_sheet", "filings_filing"):
        tamper(f"DELETE FROM {table}")

    assert [(fault.chain, fault.unit) for fault in found()] == [("head", "ชุดข้อมูลที่ถูกลบ")]


@pytest.mark.parametrize(
    "sql",
    [
        """UPDATE filings_sheet SET answers = jsonb_set(answers, '{male,v}', '1') WHERE id = %s""",
        """UPDATE filings_sheet SET answers = jsonb_set(answers, '{male,by}', '999999') WHERE id = %s""",
        """UPDATE filings_sheet SET answers = jsonb_set(answers, '{male,note}', '"อื่น"') WHERE id = %s""",
        """UPDATE filings_sheet SET answers = answers - 'male' WHERE id = %s""",
        """UPDATE filings_sheet SET answers = answers || '{"total": {"v": 5, "seq": 1, "by": 1}}' WHERE id = %s""",
        """DELETE FROM filings_registerrow WHERE sheet_id = %s""",
        """UPDATE filings_registerrow SET "values" = jsonb_set("values", '{village_no,v}', '7') WHERE sheet_id = %s""",
    ],
)
def test_finds_an_answer_altered_without_a_change(written: Sheet, tamper: Tamper, sql: str) -> None:
    tamper(sql, written.pk)

    assert chains_of(found()) == ["sheet"]


def test_finds_an_answer_of_a_locked_revision_altered(certified: Sheet, tamper: Tamper) -> None:
    tamper("UPDATE filings_sheet SET answers = jsonb_set(answers, '{male,v}', '1') WHERE id = %s", certified.pk)

    assert "male" in found()[0].text


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("UPDATE filings_steptaken SET actor_label = 'ผู้อื่น' WHERE id = %s", "ถูกแก้หลังบันทึก: actor_label"),
        ("UPDATE filings_steptaken SET recorded_at = recorded_at - interval '1 day' WHERE id = %s", "recorded_at"),
        ("DELETE FROM filings_steptaken WHERE id = %s", "ถูกลบออกจากตาราง"),
        (
            "UPDATE inspection_link SET content = replace(content, 'SUBMIT', 'VERIFY') WHERE kind = 'STEP' AND row_id = %s",
            "ถูกแก้",
        ),
        ("DELETE FROM inspection_link WHERE kind = 'STEP' AND row_id = %s", "หายไปจากสาย"),
    ],
)
def test_finds_a_step_that_was_touched(certified: Sheet, tamper: Tamper, sql: str, words: str) -> None:
    step = StepTaken.objects.order_by("pk")[0]
    tamper(sql, step.pk)

    faults = [fault for fault in found() if fault.chain == "acts"]

    assert words in faults[0].text


def test_finds_a_step_that_was_put_in(certified: Sheet, tamper: Tamper) -> None:
    tamper(
        """INSERT INTO filings_steptaken (sheet_id, action, source, target, actor_label, role, position_title, note,
            order_number, request_id, at) SELECT sheet_id, action, source, target, actor_label, role, position_title, note,
            order_number, request_id, at FROM filings_steptaken ORDER BY id LIMIT 1"""
    )

    assert "ถูกแทรกโดยไม่ผ่านระบบ" in found()[0].text


def test_finds_a_certificate_with_another_text(certified: Sheet, tamper: Tamper) -> None:
    tamper("UPDATE certification_certificate SET snapshot = replace(snapshot, '3100', '9999')")

    assert "ค่าแฮชของใบรับรอง" in found()[0].text


def test_finds_a_certificate_with_text_and_hash_replaced(certified: Sheet, tamper: Tamper) -> None:
    tamper("UPDATE certification_certificate SET snapshot = 'x', sha256 = encode(sha256('x'), 'hex')")

    assert "sha256" in found()[0].text
    assert Certificate.objects.exists()


def test_finds_events_and_rows_that_were_published(certified: Sheet, tamper: Tamper, at: datetime) -> None:
    services.daily_head_make(at=at)
    assert found() == []

    tamper("UPDATE audit_event SET actor_label = 'ผู้อื่น' WHERE id = %s", Event.objects.order_by("pk")[0].pk)
    tamper("DELETE FROM audit_rowchange WHERE id = %s", RowChange.objects.order_by("pk")[3].pk)

    assert chains_of(found()) == ["events", "rows"]


def test_finds_a_head_that_was_rewritten_or_removed(certified: Sheet, tamper: Tamper, at: datetime) -> None:
    services.daily_head_make(at=at)
    services.daily_head_make(at=at + timedelta(days=1))
    tamper("UPDATE inspection_dailyhead SET moved_count = 0 WHERE day = (SELECT min(day) FROM inspection_dailyhead)")
    assert {fault.chain for fault in found()} == {"head"}

    tamper("DELETE FROM inspection_dailyhead WHERE day = (SELECT min(day) FROM inspection_dailyhead)")

    assert [fault for fault in found() if "ถูกลบ" in fault.text]


def test_a_day_has_one_head_that_covers_what_moved(written: Sheet, fill: Callable[..., Sheet], at: datetime) -> None:
    first, made = services.daily_head_make(at=at)
    again, made_again = services.daily_head_make(at=at + timedelta(hours=1))
    quiet, _ = services.daily_head_make(at=at + timedelta(days=1))
    fill("domain_2")
    moved, _ = services.daily_head_make(at=at + timedelta(days=2))

    assert (made, made_again, again.hash) == (True, False, first.hash)
    assert [head.moved_count for head in (first, quiet, moved)] == [1, 0, 1]
    assert [quiet.previous_hash, moved.previous_hash] == [first.hash, quiet.hash]
    assert FilingHead.objects.count() == 2
    assert found() == []


def test_the_published_text_is_what_is_hashed(written: Sheet, at: datetime) -> None:
    head, _ = services.daily_head_make(at=at)

    assert hashlib.sha256(head.statement.encode()).hexdigest() == head.hash
    assert json.loads(head.statement)["filings"]["count"] == 1


def test_the_command_names_the_broken_link_and_exits_1(written: Sheet, tamper: Tamper) -> None:
    out = StringIO()
    tamper("DELETE FROM filings_change WHERE position = 2")

    with pytest.raises(CommandError, match="พบสิ่งที่ไม่ตรง"):
        call_command("verify_audit", "--json", stdout=out)

    report = json.loads(out.getvalue())
    assert report["ok"] is False
    assert report["faults"][0]["code"] == "6250101"


def test_the_command_holds_a_copy_against_the_heads(written: Sheet, at: datetime) -> None:
    head, _ = services.daily_head_make(at=at)
    call_command("verify_audit", "--head", head.hash.upper(), stdout=StringIO())

    with pytest.raises(CommandError):
        call_command("verify_audit", "--head", "0" * 64, stdout=StringIO())
    assert DailyHead.objects.count() == 1


def test_the_command_looks_at_a_province_or_since_a_day(written: Sheet, at: datetime, tamper: Tamper) -> None:
    tamper("UPDATE filings_change SET actor_label = 'ผู้อื่น' WHERE position = 3")

    assert verify(province="27").filings == 0
    assert len(verify(province="25").faults) == 1
    assert len(verify(since=at - timedelta(days=900)).faults) == 1
    for wrong in (["--province", "99"], ["--since", "วันวาน"]):
        with pytest.raises(CommandError):
            call_command("verify_audit", *wrong, stdout=StringIO())


def test_old_batches_keep_their_formula_and_new_ones_may_not_use_it(written: Sheet, tamper: Tamper) -> None:
    earlier = """encode(sha256(convert_to(concat_ws('|', previous_hash, filing_id, sheet_id, position, batch, receipt, via,
        actor_id, actor_label, role, items::text, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US')), 'UTF8')), 'hex')"""
    tamper(f"UPDATE filings_change SET hash = {earlier} WHERE position = 4")

    assert [fault.position for fault in found()] == [4]
    tamper("DELETE FROM filings_change WHERE position < 4")
    tamper("UPDATE filings_change SET position = 1, previous_hash = ''")
    tamper(f"UPDATE filings_change SET hash = {earlier}")
    assert chains_of(found()) == ["sheet"]
