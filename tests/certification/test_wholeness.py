"""What `check_whole` finds, and that it finds nothing where everything went through the services."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from localgov.certification.selectors.wholeness import unit_faults
from localgov.filings import services as filings
from localgov.filings.models import Sheet
from localgov.filings.services.changes import AddRow, AnyChange, DeleteRow, SetAnswer, SetNote
from localgov.filings.states import Status
from localgov.rounds.models import RosterEntry
from tests.conftest import Person, newest

pytestmark = pytest.mark.django_db


def damage(statement: str) -> None:
    """Change rows behind every trigger's back, as a broken disk or a person with the superuser's password would."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(statement)
        assert cursor.rowcount > 0
        cursor.execute("SET LOCAL session_replication_role = origin")


def test_finds_nothing_at_any_status(entry: RosterEntry, sheet_in: Callable[[Status], Sheet]) -> None:
    assert unit_faults(entry, counters=True) == []

    sheet_in(Status.CERTIFIED_PROVINCE)

    assert unit_faults(entry, counters=True) == []


def test_follows_answers_cleared_explained_and_rows_that_came_and_went(
    entry: RosterEntry, fill: Callable[..., Sheet], recorder: Person, at: datetime
) -> None:
    fill("domain_1")
    keep, gone = uuid4(), uuid4()
    batches: list[list[AnyChange]] = [
        [SetNote("male", "นับรวมประชากรแฝง"), SetAnswer("female", None, 1)],
        [SetAnswer("male", None, 1), SetAnswer("female", 3225, 2)],
        [AddRow("village", keep), SetAnswer("village_name", "บ้านหนึ่ง", 0, "village", keep), AddRow("village", gone)],
        [DeleteRow("village", gone, 1), SetAnswer("village_name", "บ้านเอก", 1, "village", keep)],
    ]
    for changes in batches:
        saved = filings.answers_save(
            actor=recorder.actor, at=at, entry=entry, section="domain_1", batch=uuid4(), changes=changes
        )
        assert saved.refused == []

    assert newest(entry, "domain_1").answers["male"]["seq"] == 2
    assert unit_faults(entry, counters=True) == []


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE filings_sheet SET answers = jsonb_set(answers, '{male,v}', '9') WHERE section = 'domain_1'", "male ไม่ตรง"),
        ("UPDATE filings_sheet SET answers = jsonb_set(answers, '{male,seq}', '2') WHERE section = 'domain_1'", "male ไม่ตรง"),
        ("UPDATE filings_sheet SET answers = answers - 'price' WHERE section = 'domain_2'", "price ไม่ตรง"),
        ("UPDATE filings_sheet SET recorder_ids = '{}' WHERE section = 'domain_1'", "รายชื่อผู้บันทึก"),
        ("UPDATE filings_sheet SET status = 'VERIFIED' WHERE section = 'domain_1'", "สถานะไม่ตรง"),
        ("UPDATE filings_sheet SET answered_count = 0 WHERE section = 'domain_3'", "จำนวนข้อ"),
        ("DELETE FROM filings_change WHERE position = 2", "ไม่ต่อจากการบันทึก"),
        ("DELETE FROM filings_steptaken WHERE action = 'VERIFY'", "ไม่ต่อจากขั้นตอน"),
        ("DELETE FROM figures_figure WHERE question = 'male' AND stage = 'RECORDED'", "ตัวเลข male"),
        ("UPDATE figures_figure SET number = 1 WHERE question = 'female' AND stage = 'PROVINCE'", "ตัวเลข female"),
        ("DELETE FROM certification_seat; DELETE FROM certification_certificate WHERE level = 'PROVINCE'", "จำนวนใบรับรอง"),
        ("UPDATE certification_certificate SET snapshot = replace(snapshot, '3100', '3101')", "รหัสตรวจ"),
        ("DELETE FROM audit_event WHERE type = 'certificate.sign'", "ไม่มีในบันทึกการกระทำ"),
    ],
)  # fmt: skip
def test_names_what_is_not_whole(
    statement: str, found: str, entry: RosterEntry, sheet_in: Callable[[Status], Sheet]
) -> None:
    sheet_in(Status.CERTIFIED_PROVINCE)

    damage(statement)

    assert any(found in fault for fault in unit_faults(entry, counters=True))


def test_the_command_counts_and_refuses_what_is_not_whole(
    entry: RosterEntry, sheet_in: Callable[[Status], Sheet]
) -> None:
    sheet_in(Status.SUBMITTED)
    whole, broken = StringIO(), StringIO()

    call_command("check_whole", "--json", "--fiscal-year", "2570", stdout=whole)
    damage("DELETE FROM figures_figure WHERE question = 'male'")
    with pytest.raises(CommandError, match="1 แห่ง"):
        call_command("check_whole", "--json", stdout=broken)

    assert json.loads(whole.getvalue()) == {"checked": 1, "faults": []}
    told = json.loads(broken.getvalue())
    assert [(unit["organisation"], unit["fiscal_year"]) for unit in told["faults"]] == [(entry.code, 2570)]
