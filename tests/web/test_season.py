"""The simulated season: one unit for each stop and a second province, played through the services on the real form."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from localgov.access.actor import system_actor
from localgov.access.roles import RoleCode
from localgov.accounts.models import User
from localgov.audit import services as audit
from localgov.audit.clock import clock_set
from localgov.audit.models import Event
from localgov.certification.models import Certificate
from localgov.filings.models import Change, Filing, Sheet, StepTaken
from localgov.filings.states import Action, Status
from localgov.lib.canonical import sha256_hex
from localgov.organisations.models import Kind, Organisation, RegisterImport
from localgov.rounds import selectors as rounds
from localgov.rounds.models import Round
from localgov.rounds.services import forms_and_rounds_load
from localgov.scoring import selectors as scoring
from localgov.web.demo import season as seasons
from localgov.web.demo.season_plan import STOPS, Season
from tests.conftest import FIRST_DAY, NOW, Person, organisation_make

SEED, OTHER_SEED = 5, 6
UNTIL = date(2026, 11, 19)
TYPES = ("SAO", "SUBDISTRICT", "TOWN", "PAO", "CITY")
#: Tables whose rows are what a season leaves; numbers that a database counts out are left out of the digest.
_ROWS = """
SELECT o.code, s.section, s.revision, s.is_newest, s.status, s.status_since, s.answers, s.recorder_ids, s.verifier_id,
       s.error_count, s.answered_count, s.returned_note FROM filings_sheet s
    JOIN filings_filing f ON f.id = s.filing_id JOIN organisations_organisation o ON o.id = f.organisation_id
UNION_ALL
SELECT o.code, s.section, s.revision, r.register, r.row_id, r.position, r.values FROM filings_registerrow r
    JOIN filings_sheet s ON s.id = r.sheet_id JOIN filings_filing f ON f.id = s.filing_id
    JOIN organisations_organisation o ON o.id = f.organisation_id
UNION_ALL
SELECT o.code, s.section, s.revision, c.batch, c.actor_id, c.items, c.at, c.recorded_at FROM filings_change c
    JOIN filings_sheet s ON s.id = c.sheet_id JOIN filings_filing f ON f.id = c.filing_id
    JOIN organisations_organisation o ON o.id = f.organisation_id
UNION_ALL
SELECT o.code, s.section, s.revision, t.action, t.actor_id, t.role, t.note, t.at, t.recorded_at FROM filings_steptaken t
    JOIN filings_sheet s ON s.id = t.sheet_id JOIN filings_filing f ON f.id = s.filing_id
    JOIN organisations_organisation o ON o.id = f.organisation_id
UNION_ALL
SELECT o.code, s.section, s.revision, c.level,
    regexp_replace(c.snapshot, '"certificate":"[^"]+"', ''), c.signature, c.signer_id, c.at, c.recorded_at
    FROM certification_certificate c JOIN filings_sheet s ON s.id = c.sheet_id
    JOIN filings_filing f ON f.id = s.filing_id JOIN organisations_organisation o ON o.id = f.organisation_id
UNION_ALL
SELECT o.code, g.question, g.stage, g.number, g.choice, g.missing FROM figures_figure g
    JOIN organisations_organisation o ON o.id = g.organisation_id
"""


@dataclass(frozen=True)
class World:
    """A demonstration's round with its season, and which unit is to stop where."""

    round: Round
    season: Season
    codes: dict[str, str]

    def play(self, season: Season | None = None) -> seasons.Played:
        """The whole season, province by province."""
        season = season or self.season
        played = seasons.Played()
        for province in seasons.people_make(round=self.round, season=season, province_code=None):
            played.add(seasons.province_play(round=self.round, season=season, province_code=province))
        return played

    def statuses(self, stop: str) -> Counter[tuple[str, int]]:
        """Status and revision of the newest sheets of the unit that stopped there."""
        sheets = Sheet.objects.filter(filing__roster_entry__code=self.codes[stop], is_newest=True)
        return Counter(sheets.values_list("status", "revision"))


@pytest.fixture
def world(db: None) -> World:
    """One unit of ปราจีนบุรี for each stop, two of สระแก้ว, the offices above them, and the open years of the form."""
    plan = Season("eight_domains", 2570, SEED, date(2026, 10, 1), UNTIL)
    organisation_make("DLA", Kind.DEPARTMENT, "กรมส่งเสริมการปกครองท้องถิ่น", "th.")
    for province in ("25", "27"):
        organisation_make(f"P{province}", Kind.PROVINCE, f"สถจ. {province}", f"th.{province}.", province=province)
    codes: dict[str, str] = {}
    for number in range(9_000_000):
        code = f"{9250100 + number}"
        stop = plan.stop_of(code).code
        if stop not in codes:
            codes[stop] = code
            _unit(code, "25", TYPES[len(codes) % len(TYPES)])
        if len(codes) == len(STOPS):
            break
    for number in range(2):
        _unit(f"{9270100 + number}", "27", "SAO")
    RegisterImport.objects.create(source=RegisterImport.Source.DEMO, effective_date=FIRST_DAY)
    actor = system_actor("ทดสอบ", RoleCode.FORM_OWNER, RoleCode.DEPARTMENT_OFFICER)
    forms_and_rounds_load(actor=actor, at=NOW)
    opened = rounds.round_of(form_code="eight_domains", fiscal_year=2570)
    assert opened is not None
    return World(opened, seasons.season_of(round=opened, seed=SEED, until=UNTIL), codes)


def _unit(code: str, province: str, unit_type: str) -> None:
    path = f"th.{province}.{province}01.{code}."
    organisation_make(
        code, Kind.UNIT, f"หน่วย {code}", path, unit_type=unit_type, province=province, district=f"{province}01"
    )


def digest() -> str:
    """The hash of everything that a season leaves."""
    lines: list[str] = []
    with connection.cursor() as cursor:
        for number, query in enumerate(_ROWS.split("UNION_ALL")):
            cursor.execute(query)
            lines += [f"{number} {row!r}" for row in cursor.fetchall()]
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()


def undone(work: Callable[[], str]) -> str:
    """What some work comes to, without leaving a trace."""
    with transaction.atomic():
        result = work()
        transaction.set_rollback(True)
    return result


def test_leaves_a_unit_at_every_stop(world: World) -> None:
    played = world.play()

    assert set(world.codes) == {stop.code for stop in STOPS}
    assert sum(played.stops.values()) == len(STOPS) + 2
    assert not Filing.objects.filter(roster_entry__code=world.codes["untouched"]).exists()
    assert {status for status, _ in world.statuses("partly")} == {Status.RECORDING}
    assert {status for status, _ in world.statuses("recorded")} == {Status.RECORDING}
    assert {status for status, _ in world.statuses("submitted")} == {Status.SUBMITTED}
    assert {status for status, _ in world.statuses("returned")} == {Status.SUBMITTED, Status.RECORDING}
    assert {status for status, _ in world.statuses("verified")} == {Status.VERIFIED}
    assert {status for status, _ in world.statuses("returned_verified")} == {Status.VERIFIED, Status.RECORDING}
    assert {status for status, _ in world.statuses("unit")} == {Status.CERTIFIED_LAO}
    assert {status for status, _ in world.statuses("unit_taken_back")} == {Status.VERIFIED}
    assert set(world.statuses("returned_by_province")) == {(Status.CERTIFIED_LAO, 1), (Status.RECORDING, 2)}
    assert set(world.statuses("both")) == {(Status.CERTIFIED_PROVINCE, 1)}
    assert {status for status, _ in world.statuses("province_taken_back")} == {Status.CERTIFIED_LAO}
    for stop, status in (
        ("amending", Status.RECORDING),
        ("amended_unit", Status.CERTIFIED_LAO),
        ("amended", Status.CERTIFIED_PROVINCE),
        ("ordered", Status.RECORDING),
        ("revoked", Status.RECORDING),
    ):
        assert set(world.statuses(stop)) == {(Status.CERTIFIED_PROVINCE, 1), (status, 2)}


def test_nothing_submitted_has_an_error_and_nobody_signs_his_own_work(world: World) -> None:
    world.play()

    assert not Sheet.objects.filter(error_count__gt=0, filing__roster_entry__code=world.codes["recorded"]).exists()
    assert not Sheet.objects.exclude(status=Status.RECORDING).filter(error_count__gt=0).exists()
    certificates = Certificate.objects.select_related("sheet")
    assert certificates.count() > 100
    for certificate in certificates:
        assert certificate.signer_id not in {*certificate.sheet.recorder_ids, certificate.sheet.verifier_id}
        assert sha256_hex(certificate.snapshot.encode()) == certificate.sha256
    for sheet in Sheet.objects.filter(verifier_id__isnull=False):
        assert sheet.verifier_id not in sheet.recorder_ids


def test_every_line_of_the_score_occurs(world: World) -> None:
    world.play()

    marks = {unit.code: unit.score.marks for unit in scoring.scores(fiscal_year=2570, province_code="25")}

    assert set(marks.values()) == {0, 1, 3, 5}
    assert marks[world.codes["amended_unit"]] == 5
    assert marks[world.codes["unit"]] == 3
    assert marks[world.codes["ordered"]] == 1


def test_the_same_seed_leaves_the_same_and_another_seed_something_else(world: World) -> None:
    seasons.people_make(round=world.round, season=world.season, province_code=None)

    first = undone(lambda: (world.play(), digest())[1])
    again = undone(lambda: (world.play(), digest())[1])
    other = seasons.season_of(round=world.round, seed=OTHER_SEED, until=UNTIL)
    different = undone(lambda: (world.play(other), digest())[1])

    assert first == again
    assert first != different


def test_goes_on_after_an_end_in_the_middle_and_comes_out_the_same(world: World) -> None:
    seasons.people_make(round=world.round, season=world.season, province_code=None)
    whole = undone(lambda: (world.play(), digest())[1])
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION pg_temp.stop() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'stopped'; END $$;"
            "CREATE TRIGGER stopped BEFORE INSERT ON filings_steptaken FOR EACH ROW WHEN (NEW.action = 'CERTIFY_PROVINCE')"
            " EXECUTE FUNCTION pg_temp.stop()"
        )
    seasons.province_play(round=world.round, season=world.season, province_code="27")
    left = Filing.objects.count()
    with pytest.raises(DatabaseError, match="stopped"), transaction.atomic():
        seasons.province_play(round=world.round, season=world.season, province_code="25")

    assert Filing.objects.count() == left
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER stopped ON filings_steptaken")
    world.play()
    assert digest() == whole
    assert world.play().answers == 0
    assert digest() == whole


def test_the_database_stamps_the_moments_of_the_season(world: World) -> None:
    world.play()

    for model in (Change, StepTaken, Certificate):
        rows = list(model.objects.values_list("at", "recorded_at"))
        assert rows
        assert all(at == recorded for at, recorded in rows)
        assert all(world.season.first <= at.date() <= UNTIL for at, _ in rows)
    in_october = Change.objects.filter(recorded_at__date__lt=date(2026, 11, 1)).count()
    assert 0 < in_october < Change.objects.count()


def test_the_serving_role_may_not_set_the_clock(db: None) -> None:
    actor = system_actor("ทดสอบ", RoleCode.OPERATOR)
    clock_set(NOW - timedelta(days=30))
    with pytest.raises(DatabaseError, match="only the owner"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE localgov_app; SELECT recorded_now()")

    audit.record(actor=actor, type="round.open", target_kind="round", target_id=1, at=NOW)
    assert Event.objects.get().recorded_at == NOW - timedelta(days=30)


def test_units_where_people_work_are_left_alone(world: World, person: Callable[..., Person]) -> None:
    unit = Organisation.objects.get(code=world.codes["both"])
    person("executive", unit, RoleCode.EXECUTIVE, title="นายก")

    world.play()

    assert not Filing.objects.filter(organisation=unit).exists()
    assert not User.objects.filter(username=f"x{unit.code}").exists()


def test_the_command_prints_json_alone_and_plays_once(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ("simulate_season", "--fiscal-year", "2570", "--seed", "1", "--province", "27", "--until", "2026-11-19")
    call_command(*arguments, "--json")
    first = json.loads(capsys.readouterr().out)
    call_command(*arguments, "--json")
    second = json.loads(capsys.readouterr().out)

    assert sum(first["units"].values()) == 2
    assert first["until"] == "2026-11-19"
    assert second["answers"] == second["steps"] == second["certificates"] == 0
    assert not StepTaken.objects.filter(sheet__filing__roster_entry__province_code="25").exists()


def test_plays_so_many_units_of_each_province(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ("--fiscal-year", "2570", "--seed", "1", "--settled", "--units-each", "1", "--until", "2026-11-19")

    call_command("simulate_season", *arguments, "--processes", "1", "--json")

    assert sum(json.loads(capsys.readouterr().out)["units"].values()) == 2
    with pytest.raises(CommandError, match="ตั้งแต่ 1"):
        call_command("simulate_season", *arguments[:-4], "--units-each", "0")


def test_refuses_a_real_register_and_what_it_does_not_know(world: World) -> None:
    with pytest.raises(CommandError, match="ยังไม่เปิดรอบปีงบประมาณ 2580"):
        call_command("simulate_season", "--fiscal-year", "2580", "--seed", "1")
    with pytest.raises(CommandError, match="จังหวัดรหัส 99"):
        call_command("simulate_season", "--fiscal-year", "2570", "--seed", "1", "--province", "99")
    RegisterImport.objects.create(source=RegisterImport.Source.REAL, effective_date=FIRST_DAY)
    with pytest.raises(CommandError, match="ทะเบียนสาธิต"):
        call_command("simulate_season", "--fiscal-year", "2570", "--seed", "1")

    assert not Filing.objects.exists()
    assert not StepTaken.objects.filter(action=Action.SUBMIT).exists()


def test_stops_are_in_proportion_over_the_country() -> None:
    season = Season("eight_domains", 2570, 1, date(2026, 10, 1), UNTIL)
    counts = Counter(season.stop_of(f"{9_000_000 + number}").code for number in range(10_000))

    assert sum(stop.weight for stop in STOPS) == sum(stop.settled for stop in STOPS) == 100
    for stop in STOPS:
        assert counts[stop.code] == pytest.approx(100 * stop.weight, rel=0.3)
