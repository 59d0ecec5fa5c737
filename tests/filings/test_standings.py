"""What the database sums up about a filing is what its sheets and steps say, and a past moment keeps its answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from localgov.certification import services as certification
from localgov.filings import services as filings
from localgov.filings.models import Filing, Sheet
from localgov.filings.selectors.standings import COUNTS, standings, unit_relation
from localgov.filings.services.changes import AddRow, SetAnswer
from localgov.filings.states import Action, Status
from localgov.monitoring import selectors as monitoring
from localgov.rounds import services as rounds
from localgov.rounds.models import RosterEntry, Round
from localgov.scoring import selectors as scoring
from tests.conftest import CLEAN, NOW, Person, Register, newest


def database_now() -> datetime:
    """The database's clock, which stamps the record."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (now,) = cursor.fetchone()
    return now  # type: ignore[no-any-return]


def told(round: Round, as_of: datetime | None) -> tuple[object, object]:
    """Everything that boards and scores read: of sheets, of units."""
    columns = ("entry_id", "begun", "both_count", "unit_count", "order_outstanding", "certified_at", *COUNTS.values())
    units = unit_relation(round_id=round.pk, as_of=as_of, with_dates=True).rows(*columns, where="WHERE begun")
    sheets = [one._replace(pending_seconds=None) for one in standings(round_id=round.pk, as_of=as_of)]
    return sorted(sheets), sorted(units)


@pytest.fixture
def acts(
    entry: RosterEntry,
    fill: Callable[..., Sheet],
    recorder: Person,
    verifier: Person,
    executive: Person,
    province_certifier: Person,
    department_officer: Person,
    at: datetime,
) -> list[Callable[[], object]]:
    """A filing's life: begun, returned, certified twice, amended, ordered, taken back, revoked, emptied."""

    def take(who: Person, section: str, action: Action, note: str = "") -> Callable[[], object]:
        return lambda: filings.sheet_take_action(
            actor=who.actor, at=at, entry=entry, section=section, action=action, lock=newest(entry, section).lock, note=note
        )  # fmt: skip

    def undo(act: Callable[..., object], who: Person, **more: str) -> Callable[[], object]:
        return lambda: act(
            actor=who.actor, at=at, entry=entry, section="domain_1", lock=in_force(entry).lock, **({"note": "เหตุผล"} | more)
        )  # fmt: skip

    def unit_signs() -> object:
        return certification.unit_certify(actor=executive.actor, at=at, entry=entry, signature=uuid4())

    def province_signs() -> object:
        return certification.province_certify(actor=province_certifier.actor, at=at, entry=entry, signature=uuid4())

    first = [lambda section=section: fill(section) for section in CLEAN]
    ready = [take(recorder, section, Action.SUBMIT) for section in CLEAN]
    ready += [take(verifier, section, Action.VERIFY) for section in CLEAN]
    again = [take(recorder, "domain_1", Action.SUBMIT), take(verifier, "domain_1", Action.VERIFY)]
    return [
        *first,
        take(recorder, "domain_1", Action.SUBMIT),
        take(verifier, "domain_1", Action.RETURN, "แก้ไข"),
        *ready,
        unit_signs,
        province_signs,
        undo(certification.amend, recorder),
        lambda: fill("domain_1", {"male": 3101, "total": 6326}),
        *again,
        unit_signs,
        province_signs,
        undo(certification.order_amendment, province_certifier),
        undo(certification.revoke, department_officer, order_number="1/2570"),
        lambda: fill("domain_1", {"male": None, "female": None, "total": None}),
    ]


def in_force(entry: RosterEntry) -> Sheet:
    """The revision that an undoing act is taken on."""
    sheets = Sheet.objects.filter(filing__roster_entry=entry, section="domain_1").order_by("-revision")
    return next((sheet for sheet in sheets if sheet.status == Status.CERTIFIED_PROVINCE), sheets[0])


def test_the_sums_are_what_the_steps_say_after_every_act(round_2570: Round, acts: list[Callable[[], object]]) -> None:
    kept = [(database_now(), told(round_2570, None))]
    for act in acts:
        act()
        now = database_now()
        assert told(round_2570, None) == told(round_2570, now)
        kept.append((now, told(round_2570, None)))

    assert [told(round_2570, moment) for moment, _ in kept] == [then for _, then in kept]
    assert len({str(then) for _, then in kept}) > 15  # acts that lead back to a state are told alike


def test_nothing_answered_any_more_is_nothing_recorded(entry: RosterEntry, fill: Callable[..., Sheet]) -> None:
    fill("domain_1")
    between = database_now()
    fill("domain_1", {"male": None, "female": None, "total": None})

    marks = [
        scoring.scores(fiscal_year=2570, codes=[entry.code], as_of=moment)[0].score.marks
        for moment in (None, between, database_now())
    ]

    assert marks == [0, 1, 0]


def test_a_row_of_a_register_is_something_recorded(
    entry: RosterEntry, fill: Callable[..., Sheet], recorder: Person, at: datetime
) -> None:
    filings.answers_save(
        actor=recorder.actor,
        at=at,
        entry=entry,
        section="domain_1",
        batch=uuid4(),
        changes=[AddRow("village", uuid4())],
    )
    fill("domain_1")
    stored = newest(entry, "domain_1").answers

    filings.answers_save(
        actor=recorder.actor,
        at=at,
        entry=entry,
        section="domain_1",
        batch=uuid4(),
        changes=[SetAnswer(code, None, stored[code]["seq"]) for code in CLEAN["domain_1"]],
    )

    assert scoring.scores(fiscal_year=2570, codes=[entry.code])[0].score.marks == 1


def test_a_returned_sheet_says_who_returned_it_and_when(
    entry: RosterEntry, sheet_in: Callable[[Status], Sheet], verifier: Person, at: datetime
) -> None:
    sheet = sheet_in(Status.SUBMITTED)
    filings.sheet_take_action(
        actor=verifier.actor, at=at, entry=entry, section="domain_1", action=Action.RETURN, lock=sheet.lock, note="แก้"
    )

    reasons = scoring.scores(fiscal_year=2570, codes=[entry.code])[0].score.reasons
    (row,) = monitoring.UnitStatusRows(
        round=entry.round, wanted=monitoring.Filter(prefixes=("th.",), codes=(entry.code,)), at=NOW
    )

    assert f"ส่งกลับให้แก้ไขโดย {verifier.actor.label}" in reasons[0].text
    assert "20 พ.ย. 2569" in reasons[0].text
    assert row.sheets["domain_1"] == monitoring.RETURNED


def test_a_late_province_does_not_make_the_unit_late(
    entry: RosterEntry, sheet_in: Callable[[Status], Sheet], province_certifier: Person
) -> None:
    sheet_in(Status.CERTIFIED_LAO)

    late = entry.due_at + timedelta(days=1)
    certification.province_certify(actor=province_certifier.actor, at=late, entry=entry, signature=uuid4())

    for moment in (None, database_now()):
        assert [
            unit.on_time for unit in scoring.scores(fiscal_year=2570, codes=[entry.code], as_of=moment, with_dates=True)
        ] == [True]
        (line,) = [
            one
            for one in scoring.score_lines(fiscal_year=2570, prefixes=["th."], as_of=moment)
            if one.code == entry.code
        ]
        assert line.on_time is True


def test_the_roster_counts_as_it_was_recorded_then(
    entry: RosterEntry, register: Register, department_officer: Person, at: datetime
) -> None:
    def units(moment: datetime | None) -> int:
        wanted = monitoring.Filter(prefixes=("th.",), as_of=moment)
        return sum(row.units for row in monitoring.area_status(round=entry.round, by="province", wanted=wanted, at=NOW))

    before = database_now()
    rounds.roster_excuse(
        actor=department_officer.actor, at=at, entry_id=entry.pk, excused_from=at.date(), reason="ยุบรวม"
    )
    after = database_now()
    RosterEntry.objects.filter(pk=entry.pk).update(search_text="changed")

    assert [units(before), units(after), units(None)] == [4, 3, 3]
    assert units(entry.round.recorded_at - timedelta(seconds=1)) == 0
    assert [len(scoring.scores(fiscal_year=2570, as_of=moment)) for moment in (before, after)] == [4, 3]


def test_when_a_sheet_was_begun_may_not_be_rewritten(fill: Callable[..., Sheet]) -> None:
    sheet = fill("domain_1")

    for change in ({"created_at": sheet.created_at - timedelta(days=1)}, {"first_answer_at": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Sheet.objects.filter(pk=sheet.pk).update(**change)


@pytest.mark.parametrize(
    ("status", "section", "days", "found"),
    [
        ("RECORDING", "", None, True),
        ("RECORDING", "domain_1", None, True),
        ("RECORDING", "domain_2", None, False),
        ("SUBMITTED", "", None, False),
        ("NOT_STARTED", "", None, False),
        ("NOT_STARTED", "domain_2", None, True),
        ("NOT_STARTED", "", 1, False),
        ("", "", 1, True),
        ("", "domain_1", 1, True),
        ("", "domain_2", 1, False),
        ("RECORDING", "", 1, True),
        ("VERIFIED", "", 1, False),
        ("RECORDING", "domain_1", 1, True),
        ("RECORDING", "", -1, False),
    ],
)
def test_the_list_finds_the_same_units_now_and_as_of_now(
    status: str,
    section: str,
    days: int | None,
    found: bool,
    entry: RosterEntry,
    fill: Callable[..., Sheet],
    at: datetime,
) -> None:
    fill("domain_1")
    waiting_since = at + timedelta(days=days) if days is not None else None

    for moment in (None, database_now()):
        wanted = monitoring.Filter(
            prefixes=("th.",), status=status, section=section, waiting_since=waiting_since, as_of=moment
        )
        codes = [row.entry.code for row in monitoring.UnitStatusRows(round=entry.round, wanted=wanted, at=NOW)]
        assert (entry.code in codes) is found


def test_a_filing_without_answers_sums_up_to_nothing(entry: RosterEntry) -> None:
    filing = Filing.objects.create(roster_entry=entry, round=entry.round, organisation_id=entry.organisation_id)
    filing.refresh_from_db()

    assert (filing.states, filing.recording, filing.certified_at) == ({}, 0, None)
