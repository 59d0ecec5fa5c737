"""Saving answers through the one service."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from localgov.access.decision import Denied
from localgov.figures.models import Figure, Stage
from localgov.filings import services
from localgov.filings.models import Change, RegisterRow, Sheet
from localgov.filings.services.changes import AddRow, AnyChange, DeleteRow, SetAnswer, SetNote
from localgov.filings.states import Action, Status
from localgov.rounds.models import RosterEntry
from tests.conftest import Person, newest


@pytest.fixture
def save(entry: RosterEntry, recorder: Person, at: datetime) -> Callable[..., services.Saved]:
    """Save changes of sheet 1 as the recorder."""

    def run(
        *changes: AnyChange, section: str = "domain_1", by: Person = recorder, **overrides: object
    ) -> services.Saved:
        arguments: dict[str, object] = {
            "actor": by.actor,
            "at": at,
            "entry": entry,
            "section": section,
            "batch": uuid4(),
        }
        return services.answers_save(**(arguments | overrides), changes=changes)  # type: ignore[arg-type]

    return run


def test_stores_what_was_typed_in_exact_form_with_a_receipt(
    save: Callable[..., services.Saved], entry: RosterEntry
) -> None:
    saved = save(SetAnswer("male", "๓,๑๐๐", 0), SetAnswer("female", 3225, 0))

    sheet = newest(entry, "domain_1")
    assert sheet.answers["male"]["v"] == 3100
    assert saved.receipt.startswith("2570-")
    assert Change.objects.get(receipt=saved.receipt).items[0]["new"] == 3100


def test_keeps_a_wrong_answer_and_says_what_is_wrong(save: Callable[..., services.Saved], entry: RosterEntry) -> None:
    saved = save(SetAnswer("male", 3100, 0), SetAnswer("female", 3225, 0), SetAnswer("total", 6000, 0))

    assert newest(entry, "domain_1").answers["total"]["v"] == 6000
    assert saved.judgement is not None
    (finding,) = [placed.finding for placed in saved.judgement.findings if placed.finding.question == "total"]
    assert finding.suggestion == 6325


def test_keeps_what_cannot_be_read_as_typed(save: Callable[..., services.Saved], entry: RosterEntry) -> None:
    save(SetAnswer("male", "ประมาณสามพัน", 0))

    assert newest(entry, "domain_1").answers["male"]["v"] == "ประมาณสามพัน"
    assert newest(entry, "domain_1").error_count > 0


@pytest.mark.parametrize("hostile", [float("nan"), [1, [2]], {"a": 1}, 10**40, "x" * 100_000, True, "\ud800"])
def test_survives_whatever_is_sent_as_an_answer(
    save: Callable[..., services.Saved], entry: RosterEntry, hostile: object
) -> None:
    saved = save(SetAnswer("male", hostile, 0))

    assert saved.receipt
    assert newest(entry, "domain_1").error_count > 0


def test_the_same_batch_twice_has_one_effect(
    entry: RosterEntry, recorder: Person, at: datetime, save: Callable[..., services.Saved]
) -> None:
    batch = uuid4()

    first = save(SetAnswer("male", 3100, 0), batch=batch)
    second = save(SetAnswer("male", 3100, 0), batch=batch)

    assert second.receipt == first.receipt
    assert second.repeated
    assert Change.objects.count() == 1


def test_refuses_a_stale_answer_alone_and_shows_both_values(
    save: Callable[..., services.Saved], entry: RosterEntry, other_recorder: Person
) -> None:
    save(SetAnswer("male", 3100, 0))

    saved = save(SetAnswer("male", 3200, 0), SetAnswer("female", 3225, 0), by=other_recorder)

    (refusal,) = saved.refused
    assert (refusal["mine"], refusal["theirs"], refusal["by"]) == (3200, 3100, "recorder ตัวอย่าง")
    assert [entry["code"] for entry in saved.saved] == ["female"]
    assert newest(entry, "domain_1").answers["male"]["v"] == 3100


def test_a_stranger_may_not_write(save: Callable[..., services.Saved], stranger: Person) -> None:
    with pytest.raises(Denied):
        save(SetAnswer("male", 1, 0), by=stranger)

    assert not Sheet.objects.exists()


def test_a_recorder_of_other_sheets_may_not_write_this_one(
    save: Callable[..., services.Saved], person: Callable[..., Person], register: object
) -> None:
    from localgov.access.roles import RoleCode

    partial = person("partial", register.unit, RoleCode.RECORDER, sections=["domain_2"])  # type: ignore[attr-defined]

    with pytest.raises(Denied):
        save(SetAnswer("male", 1, 0), by=partial)

    assert save(SetAnswer("tap", True, 0), section="domain_2", by=partial).receipt


def test_a_question_of_another_sheet_or_type_is_refused_by_name(save: Callable[..., services.Saved]) -> None:
    saved = save(SetAnswer("tap", True, 0), SetAnswer("nothing", 1, 0))

    assert [refusal["code"] for refusal in saved.refused] == ["tap", "nothing"]
    assert saved.receipt == ""
    assert not Sheet.objects.exists()


def test_rows_are_added_answered_and_deleted(save: Callable[..., services.Saved], entry: RosterEntry) -> None:
    first, second = uuid4(), uuid4()

    save(
        AddRow("village", first),
        SetAnswer("village_no", 1, 0, "village", first),
        AddRow("village", second, after=first),
        SetAnswer("village_no", 1, 0, "village", second),
    )
    sheet = newest(entry, "domain_1")
    assert [row.row_id for row in RegisterRow.objects.filter(sheet=sheet).order_by("position")] == [first, second]

    seq = RegisterRow.objects.get(row_id=second).seq
    saved = save(DeleteRow("village", second, seq - 1))
    assert saved.refused, "a row that changed since it was seen is not deleted"
    save(DeleteRow("village", second, seq))
    assert list(RegisterRow.objects.values_list("row_id", flat=True)) == [first]


def test_a_locked_sheet_is_refused_by_service_and_database(
    sheet_in: Callable[[Status], Sheet], save: Callable[..., services.Saved]
) -> None:
    sheet = sheet_in(Status.SUBMITTED)

    with pytest.raises(Denied, match="ส่งตรวจแล้ว"):
        save(SetAnswer("male", 1, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        Sheet.objects.filter(pk=sheet.pk).update(answers={})
    with pytest.raises(IntegrityError), transaction.atomic():
        RegisterRow.objects.create(sheet=sheet, register="village", row_id=uuid4(), position=1)


def test_changes_and_steps_are_never_rewritten(sheet_in: Callable[[Status], Sheet]) -> None:
    sheet = sheet_in(Status.SUBMITTED)

    for refused in (Change.objects.all().update, sheet.steps.all().update):
        with pytest.raises(IntegrityError), transaction.atomic():
            refused(actor_label="ใครอื่น")
    with pytest.raises(IntegrityError), transaction.atomic():
        Change.objects.all().delete()


def test_changes_of_a_filing_are_chained(fill: Callable[..., Sheet]) -> None:
    for section in ("domain_1", "domain_2"):
        fill(section)

    first, second = Change.objects.order_by("position")
    assert (first.position, first.previous_hash) == (1, "")
    assert (second.position, second.previous_hash) == (2, first.hash)


def test_figures_follow_each_save(save: Callable[..., services.Saved], entry: RosterEntry) -> None:
    save(SetAnswer("male", 3100, 0), SetAnswer("female", {"missing": "NONE"}, 0))
    assert Figure.objects.get(question="male", stage=Stage.RECORDED).number == 3100
    none = Figure.objects.get(question="female")
    assert (str(none.number), none.missing) == ("0.0000", "NONE")

    save(SetAnswer("male", None, 1))
    assert not Figure.objects.filter(question="male").exists()


def test_after_the_last_new_date_an_untouched_sheet_cannot_begin(
    save: Callable[..., services.Saved], entry: RosterEntry
) -> None:
    late = entry.round.last_new_at + timedelta(minutes=1)
    save(SetAnswer("male", 1, 0))

    assert save(SetAnswer("male", 2, 1), at=late).receipt
    with pytest.raises(Denied, match="พ้นกำหนดเริ่มบันทึก"):
        save(SetAnswer("tap", True, 0), section="domain_2", at=late)
    with pytest.raises(Denied, match="พ้นกำหนดแก้ไข"):
        save(SetAnswer("male", 3, 2), at=entry.round.last_edit_at)


def test_submission_is_refused_while_errors_stand_with_the_list(
    fill: Callable[..., Sheet], entry: RosterEntry, recorder: Person, at: datetime
) -> None:
    sheet = fill("domain_1", {"male": 3100, "female": 3225, "total": 6000})

    with pytest.raises(services.NotClean) as refused:
        services.sheet_take_action(
            actor=recorder.actor, at=at, entry=entry, section="domain_1", action=Action.SUBMIT, lock=sheet.lock
        )

    assert "total" in {placed.finding.question for placed in refused.value.judgement.findings}


def test_a_doubtful_value_wants_a_reason_before_submission(
    fill: Callable[..., Sheet], save: Callable[..., services.Saved], entry: RosterEntry, recorder: Person, at: datetime
) -> None:
    fill("domain_1")
    fill("domain_2", {"tap": True, "tap_households": 9000})

    def submit(note: str = "") -> Sheet:
        lock = newest(entry, "domain_2").lock
        return services.sheet_take_action(
            actor=recorder.actor, at=at, entry=entry, section="domain_2", action=Action.SUBMIT, lock=lock, note=note
        )

    with pytest.raises(services.NotClean, match="เหตุผล"):
        submit()
    save(SetNote("tap_households", "รวมหอพักนักศึกษา"), section="domain_2")
    assert submit().status == Status.SUBMITTED
