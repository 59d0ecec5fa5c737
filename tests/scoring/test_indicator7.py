"""LPA indicator 7: the four lines and the cases between them (MISSION R4.7; DESIGN §4, Score)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection

from localgov.certification import services as certification
from localgov.filings.models import Sheet
from localgov.filings.selectors.standings import Standing
from localgov.filings.states import Status
from localgov.rounds.models import RosterEntry, Round
from localgov.scoring import rule_indicator7, selectors
from tests.conftest import Person

SECTIONS = [("domain_1", "ด้าน 1"), ("domain_2", "ด้าน 2")]
SINCE = datetime(2026, 11, 1, tzinfo=UTC)


def standing(section: str, status: Status, *, ordered: bool = False, in_force: Status | None = None) -> Standing:
    """A sheet in a status; `in_force` is an older revision still in force beside it."""
    return Standing(
        entry_id=1,
        section=section,
        state=in_force or status,
        status=status,
        since_seconds=SINCE.timestamp(),
        order_outstanding=ordered,
    )


R, S, V, L, P = (
    Status.RECORDING,
    Status.SUBMITTED,
    Status.VERIFIED,
    Status.CERTIFIED_LAO,
    Status.CERTIFIED_PROVINCE,
)


@pytest.mark.parametrize(
    ("statuses", "marks"),
    [
        ((None, None), 0),
        ((R, None), 1),
        ((S, None), 1),
        ((V, V), 1),
        ((L, R), 1),
        ((P, None), 1),
        ((L, L), 3),
        ((L, P), 3),
        ((P, P), 5),
    ],
)
def test_marks_follow_the_least_certified_sheet(statuses: tuple[Status | None, ...], marks: int) -> None:
    found = {
        code: standing(code, status) for (code, _), status in zip(SECTIONS, statuses, strict=True) if status is not None
    }

    result = rule_indicator7.score(sections=SECTIONS, standings=found)

    assert result.marks == marks
    assert result.texts


def test_an_open_amendment_changes_nothing() -> None:
    found = {"domain_1": standing("domain_1", R, in_force=P), "domain_2": standing("domain_2", P)}

    assert rule_indicator7.score(sections=SECTIONS, standings=found).marks == 5


def test_an_ordered_amendment_outstanding_is_not_current() -> None:
    found = {"domain_1": standing("domain_1", R, in_force=P, ordered=True), "domain_2": standing("domain_2", P)}

    result = rule_indicator7.score(sections=SECTIONS, standings=found)

    assert result.marks == 1
    assert [reason.section for reason in result.todos] == ["domain_1"]


def test_reasons_name_each_sheet_and_what_to_do() -> None:
    result = rule_indicator7.score(sections=SECTIONS, standings={"domain_1": standing("domain_1", V)})

    assert [reason.todo for reason in result.reasons] == ["ให้ผู้บริหาร อปท. รับรองข้อมูล", "เริ่มบันทึกข้อมูลด้านนี้"]


@pytest.mark.parametrize(
    ("status", "marks"), [(None, 0), (R, 1), (S, 1), (V, 1), (L, 3), (P, 5)], ids=lambda value: str(value)
)
def test_a_unit_is_scored_from_what_its_people_did(
    status: Status | None, marks: int, entry: RosterEntry, sheet_in: Callable[[Status], Sheet]
) -> None:
    if status is not None:
        sheet_in(status)

    (unit,) = selectors.scores(fiscal_year=2570, codes=[entry.code])

    assert unit.score.marks == marks


def database_now() -> datetime:
    """The database's clock, which stamps the record."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (now,) = cursor.fetchone()
    return now  # type: ignore[no-any-return]


def test_a_past_moment_keeps_its_answer(
    entry: RosterEntry,
    sheet_in: Callable[[Status], Sheet],
    province_certifier: Person,
    recorder: Person,
    at: datetime,
) -> None:
    before = database_now()
    sheet_in(Status.CERTIFIED_LAO)
    between = database_now()
    certification.province_certify(actor=province_certifier.actor, at=at, entry=entry, signature=uuid4())
    after = database_now()

    def marks(as_of: datetime) -> int:
        (unit,) = selectors.scores(fiscal_year=2570, as_of=as_of, codes=[entry.code])
        return unit.score.marks

    assert [marks(before), marks(between), marks(after)] == [0, 3, 5]


def test_an_ordered_amendment_counts_until_certified_again(
    entry: RosterEntry, sheet_in: Callable[[Status], Sheet], province_certifier: Person, at: datetime
) -> None:
    sheet = sheet_in(Status.CERTIFIED_PROVINCE)

    certification.order_amendment(
        actor=province_certifier.actor, at=at, entry=entry, section="domain_1", lock=sheet.lock, note="แก้จำนวน"
    )

    now, then = (
        selectors.scores(fiscal_year=2570, codes=[entry.code], as_of=as_of)[0].score.marks
        for as_of in (None, database_now())
    )
    assert (now, then) == (1, 1)


def test_a_sheet_that_does_not_apply_is_in_no_denominator(round_2570: Round) -> None:
    (pao,) = selectors.scores(fiscal_year=2570, codes=["2250101"])

    assert [reason.section for reason in pao.score.reasons] == ["domain_1", "domain_2"]


def test_no_round_scores_zero_with_that_reason(round_2570: Round) -> None:
    units = selectors.scores(fiscal_year=2571)

    assert {unit.score.marks for unit in units} == {0}
    assert units[0].score.texts == ["ยังไม่เปิดรอบบันทึกข้อมูลปีงบประมาณ 2571"]
    long_ago = selectors.scores(fiscal_year=2570, as_of=datetime(2020, 1, 1, tzinfo=UTC), codes=["2250101"])
    assert long_ago[0].score.texts == ["ยังไม่เปิดรอบบันทึกข้อมูลปีงบประมาณ 2570"]


def test_an_excused_unit_is_not_scored(entry: RosterEntry) -> None:
    RosterEntry.objects.filter(pk=entry.pk).update(
        excused_from=(SINCE + timedelta(days=1)).date(), excused_reason="ยุบรวม"
    )

    assert selectors.scores(fiscal_year=2570, codes=[entry.code]) == []


@pytest.mark.parametrize("status", [None, R, S, V, L, P], ids=lambda value: str(value))
def test_a_list_gives_the_marks_that_the_unit_gets_alone(
    status: Status | None,
    entry: RosterEntry,
    sheet_in: Callable[[Status], Sheet],
    province_certifier: Person,
    at: datetime,
) -> None:
    if status is not None:
        sheet = sheet_in(status)
    if status is P:
        certification.order_amendment(
            actor=province_certifier.actor, at=at, entry=entry, section="domain_1", lock=sheet.lock, note="แก้จำนวน"
        )

    for as_of in (None, database_now()):
        alone = {unit.code: unit.score.marks for unit in selectors.scores(fiscal_year=2570, as_of=as_of)}
        listed = selectors.score_lines(fiscal_year=2570, prefixes=["th."], as_of=as_of)
        assert {line.code: line.marks for line in listed} == alone
