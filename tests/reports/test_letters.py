"""Making letters: in one's own tree alone, numbered once, with a list that stays, printed once each, and what came of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from localgov.access.decision import Denied
from localgov.audit.models import Event
from localgov.directory import services as directory
from localgov.filings.models import Sheet
from localgov.filings.states import Status
from localgov.jobs.models import Job, JobState
from localgov.monitoring.selectors.lagging import Cause, CauseUnfit
from localgov.reports import services
from localgov.reports.kinds import LetterKind, Numbering
from localgov.reports.models import Letter, LetterPdf, LetterRun, LetterTemplate
from localgov.reports.selectors import runs
from localgov.reports.selectors.answered import letters_answered
from localgov.reports.selectors.offices import wording_of
from localgov.reports.wording import Wording, WordingRefused
from localgov.rounds.models import RosterEntry, Round
from tests.conftest import NOW, Person
from tests.jobs.running import run_queued
from tests.reports.conftest import MakeRun, office_of, order_of

pytestmark = pytest.mark.django_db
SheetIn = Callable[[Status], Sheet]


def named(run: LetterRun) -> dict[str, list[str]]:
    """LetterToBe and codes of the units, in the order of the letters."""
    return {one.addressee: [unit["code"] for unit in one.units] for one in run.letters.order_by("place")}


def test_the_next_province_s_officer_never_addresses_or_sees_our_units(
    make_run: MakeRun, province_officer: Person, stranger_officer: Person
) -> None:
    ours = make_run(province_officer, LetterKind.UNIT)
    theirs = make_run(stranger_officer, LetterKind.UNIT)

    assert named(theirs) == {"นายกอบต.เพื่อนบ้าน": ["6270101"]}
    assert runs.run_of(actor=stranger_officer.actor, pk=ours.pk) is None
    assert list(runs.runs(actor=stranger_officer.actor, search={})) == [theirs]
    with pytest.raises(Denied, match="ไม่มีผู้รับหนังสือ"):
        make_run(stranger_officer, LetterKind.UNIT, province_code="25")
    with pytest.raises(Denied, match="ไม่มีผู้รับหนังสือ"):
        make_run(stranger_officer, LetterKind.UNIT, chosen=["th.25.2501.6250101."])


def test_nobody_writes_in_the_name_of_another_office(
    round_2570: Round, province_officer: Person, district_officer: Person, department_officer: Person, at: datetime
) -> None:
    order = order_of(LetterKind.UNIT, round_2570, at)

    for writer, office in ((district_officer, province_officer), (department_officer, province_officer)):
        with pytest.raises(Denied, match="ในนามสำนักงานของท่าน"):
            services.run_make(actor=writer.actor, at=at, office=office_of(office, at), order=order)

    assert not LetterRun.objects.exists()
    assert not Job.objects.exists()


def test_each_office_addresses_whom_it_watches(
    make_run: MakeRun, department_officer: Person, province_officer: Person, district_officer: Person
) -> None:
    assert named(make_run(department_officer, LetterKind.PROVINCE)) == {
        "ท้องถิ่นจังหวัดปราจีนบุรี": ["4250102", "2250101", "6250101"],
        "ท้องถิ่นจังหวัดสระแก้ว": ["6270101"],
    }
    together = make_run(department_officer, LetterKind.PROVINCES)
    assert list(named(together).values()) == [["4250102", "2250101", "6250101", "6270101"]]
    assert named(make_run(province_officer, LetterKind.DISTRICT)) == {"นายอำเภอเมืองปราจีนบุรี": ["6250101"]}
    assert sorted(named(make_run(province_officer, LetterKind.DIRECT)).values()) == [["2250101"], ["4250102"]]
    assert named(make_run(district_officer, LetterKind.UNIT)) == {"นายกอบต.บ้านสาธิต": ["6250101"]}
    with pytest.raises(Denied, match="ไม่ได้ออก"):
        make_run(district_officer, LetterKind.DISTRICT)


def test_the_offices_above_read_what_the_offices_below_sent(
    make_run: MakeRun, department_officer: Person, province_officer: Person, district_officer: Person, recorder: Person
) -> None:
    from_district = make_run(district_officer, LetterKind.UNIT)
    from_province = make_run(province_officer, LetterKind.DISTRICT)

    assert list(runs.runs(actor=province_officer.actor, search={})) == [from_province, from_district]
    assert list(runs.runs(actor=department_officer.actor, search={"kind": "UNIT"})) == [from_district]
    assert list(runs.runs(actor=district_officer.actor, search={})) == [from_district]
    assert list(runs.runs(actor=recorder.actor, search={})) == []


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"finish_by": NOW.date() - timedelta(days=1)}, "ผ่านไปแล้ว"),
        ({"letter_date": date(2026, 12, 20)}, "อยู่ก่อนวันที่ของหนังสือ"),
        ({"letter_date": date(2026, 1, 1)}, "ห่างจากวันนี้เกิน 60 วัน"),
        ({"numbering": Numbering.RUNNING}, "โปรดระบุเลขที่หนังสือ"),
        ({"numbering": Numbering.SAME, "first_number": 5}, "ก่อนเลขที่"),
        ({"references": "\n".join("ฉบับ" for _ in range(6))}, "ไม่เกิน 5 ฉบับ"),
        ({"words": Wording("เรื่อง", "  \n ")}, "ว่างเปล่า"),
        ({"chosen": []}, "ไม่มีผู้รับหนังสือ"),
    ],
)
def test_what_can_t_be_is_refused_with_a_sentence_and_leaves_nothing(
    change: dict[str, Any], sentence: str, make_run: MakeRun, province_officer: Person
) -> None:
    with pytest.raises(Denied, match=sentence):
        make_run(province_officer, LetterKind.UNIT, **change)

    assert not LetterRun.objects.exists()
    assert not Job.objects.exists()
    assert not Event.objects.filter(type="letter.make").exists()


def test_a_cause_that_the_round_does_not_know_and_a_field_without_a_meaning_are_refused(
    make_run: MakeRun, province_officer: Person, at: datetime
) -> None:
    with pytest.raises(CauseUnfit):
        make_run(province_officer, LetterKind.UNIT, round=None, words=Wording("เรื่อง", "เนื้อความ"))
    with pytest.raises(WordingRefused, match=r"ไม่รู้จักช่อง \{\{จังวัด\}\}"):
        make_run(province_officer, LetterKind.UNIT, words=Wording("เรื่อง", "ถึง{{จังวัด}}"))


def test_a_number_is_given_once_in_a_year(make_run: MakeRun, province_officer: Person) -> None:
    numbered = {"number_prefix": "ปจ 0023.3/", "numbering": Numbering.RUNNING}

    first = make_run(province_officer, LetterKind.UNIT, first_number=41, **numbered)
    with pytest.raises(Denied, match="ซ้ำกับหนังสือ"):
        make_run(province_officer, LetterKind.DISTRICT, first_number=43, **numbered)
    after = make_run(province_officer, LetterKind.DISTRICT, first_number=44, **numbered)
    other = make_run(
        province_officer, LetterKind.DISTRICT, first_number=41, number_prefix="ปจ 0023.4/", numbering="SAME"
    )

    assert list(first.letters.order_by("place").values_list("number", flat=True)) == ["41", "42", "43"]
    assert [after.letters.get().number, other.letters.get().number] == ["44", "41"]


def test_the_same_press_makes_one_run(make_run: MakeRun, province_officer: Person) -> None:
    key = uuid4()

    assert make_run(province_officer, LetterKind.UNIT, key=key) == make_run(province_officer, LetterKind.UNIT, key=key)
    assert Job.objects.count() == 1


def test_the_list_stays_as_it_was_and_tells_within_how_many_days_it_was_done(
    make_run: MakeRun, province_officer: Person, sheet_in: SheetIn, entry: RosterEntry, at: datetime
) -> None:
    run = make_run(province_officer, LetterKind.UNIT, letter_date=date(2026, 11, 15))
    before = named(run)

    sheet_in(Status.SUBMITTED)
    run = LetterRun.objects.select_related("round").get(pk=run.pk)
    answers = letters_answered(run=run, letters=list(run.letters.order_by("place")), at=at)

    assert named(run) == before
    told = {one.units[0].code: (one.answered, one.median_days, one.units[0].lags) for one in answers}
    assert told == {"6250101": (1, 5, False), "4250102": (0, None, True), "2250101": (0, None, True)}
    assert [one.units[0].done_then for one in answers] == ["ยังไม่เริ่ม"] * 3


@pytest.mark.parametrize(
    ("cause", "reached"),
    [
        (Cause.NOT_BEGUN, Status.RECORDING),
        (Cause.NOT_CERTIFIED_UNIT, Status.CERTIFIED_LAO),
        (Cause.NOT_CERTIFIED_PROVINCE, Status.CERTIFIED_PROVINCE),
    ],
)
def test_every_cause_of_a_round_tells_when_it_was_done(
    cause: Cause, reached: Status, make_run: MakeRun, district_officer: Person, sheet_in: SheetIn, at: datetime
) -> None:
    run = make_run(district_officer, LetterKind.UNIT, cause=cause)

    sheet_in(reached)

    (answer,) = letters_answered(run=run, letters=list(run.letters.all()), at=at)
    assert (answer.answered, answer.lagging) == (1, 0)
    assert answer.last_at is not None


def test_a_website_recorded_answers_the_letter_about_it(
    make_run: MakeRun, district_officer: Person, recorder: Person, entry: RosterEntry, at: datetime
) -> None:
    run = make_run(district_officer, LetterKind.UNIT, cause=Cause.WEBSITE, letter_date=date(2026, 11, 15))

    directory.website_record(actor=recorder.actor, at=at, entry=entry, address=None, seen=0)

    run = LetterRun.objects.select_related("round").get(pk=run.pk)
    (answer,) = letters_answered(run=run, letters=list(run.letters.all()), at=at)
    assert (answer.answered, answer.lagging, answer.median_days) == (1, 0, 5)


def test_a_sign_in_answers_a_letter_about_idleness(
    make_run: MakeRun, district_officer: Person, recorder: Person, at: datetime
) -> None:
    later = at + timedelta(days=100)
    order = order_of(LetterKind.UNIT, None, at, cause=Cause.IDLE, finish_by=later.date())
    run = services.run_make(actor=district_officer.actor, at=later, office=office_of(district_officer, at), order=order)
    Event.objects.create(
        type="account.signed_in", actor_id=recorder.user.pk, target_kind="user", target_id="1", at=later
    )
    recorder.user.last_login = later
    recorder.user.save(update_fields=["last_login"])

    (answer,) = letters_answered(run=run, letters=list(run.letters.all()), at=later + timedelta(days=1))

    assert answer.lagging == 0


def test_printing_that_was_broken_off_goes_on_and_prints_nothing_twice(
    make_run: MakeRun, province_officer: Person, at: datetime
) -> None:
    run = make_run(province_officer, LetterKind.UNIT)

    class Killed(Exception):
        """The worker is gone."""

    def die(done: int) -> None:
        if done == 2:
            raise Killed

    with pytest.raises(Killed):
        services.run_render(key=run.key, at=at, progress=die)
    first = dict(LetterPdf.objects.values_list("letter__place", "sha256"))
    run_queued()

    assert sorted(first) == [1, 2]
    kept = dict(LetterPdf.objects.values_list("letter__place", "sha256"))
    assert len(kept) == 3
    assert first.items() <= kept.items()
    job = Job.objects.get()
    assert (job.state, job.done, job.result_url) == (JobState.DONE, 3, f"/letters/{run.pk}/")
    letter = run.letters.get(place=1)
    services.letter_render(letter=letter, run=run, is_demo=False, at=at)
    assert LetterPdf.objects.filter(letter=letter).count() == 1


def test_an_office_s_words_and_head_are_kept_by_version(
    round_2570: Round, province_officer: Person, make_run: MakeRun, at: datetime
) -> None:
    office = office_of(province_officer, at)
    words = Wording("เรื่องของจังหวัด", "ถึง{{ผู้รับ}} จำนวน {{จำนวน}} แห่ง")
    kept: dict[str, Any] = {"kind": LetterKind.DISTRICT, "cause": Cause.NOT_SUBMITTED, "has_round": True}

    services.template_save(actor=province_officer.actor, at=at, office=office.version, words=words, **kept)
    services.letterhead_save(
        actor=province_officer.actor, at=at, office=office.version, values=office.head | {"section": "กลุ่มงานทดสอบ"}
    )

    assert wording_of(office_id=office.version.organisation_id, **kept) == words
    assert make_run(province_officer, LetterKind.DISTRICT).letterhead["section"] == "กลุ่มงานทดสอบ"
    with pytest.raises(WordingRefused, match="ใช้กับ"):
        services.template_save(
            actor=province_officer.actor, at=at, office=office.version, words=Wording("ก", "{{หน่วยงาน}}"), **kept
        )
    assert LetterTemplate.objects.count() == 1


def test_the_position_s_holder_signs_and_nobody_is_invented(
    make_run: MakeRun, province_officer: Person, province_certifier: Person, district_officer: Person
) -> None:
    assert make_run(province_officer, LetterKind.UNIT).signer_name == province_certifier.user.display_name
    assert make_run(district_officer, LetterKind.UNIT).signer_name == ""


def test_the_database_refuses_what_no_letter_is(make_run: MakeRun, province_officer: Person) -> None:
    run = make_run(province_officer, LetterKind.UNIT)
    letter = run.letters.get(place=1)
    broken: list[Callable[[], object]] = [
        lambda: Letter.objects.create(
            run=run, place=1, addressee="ซ้ำ", addressee_name="ซ้ำ", path="x.", units=[], unit_count=1
        ),
        lambda: Letter.objects.create(
            run=run, place=9, addressee="ซ้ำ", addressee_name="ซ้ำ", path=letter.path, units=[], unit_count=1
        ),
        lambda: Letter.objects.create(
            run=run, place=9, addressee="ว่าง", addressee_name="ว่าง", path="y.", units=[], unit_count=0
        ),
        lambda: LetterPdf.objects.create(letter=letter, content=b"", sha256="0", size=0, at=run.at),
        lambda: _copied(run, kind="OTHER"),
        lambda: _copied(run, urgency="ไม่ด่วน"),
        lambda: _copied(run, letter_count=0),
        lambda: _copied(run, first_number=3),
        lambda: _copied(run, letter_date=run.finish_by + timedelta(days=1)),
        lambda: LetterTemplate.objects.create(
            office_id=run.office_id, kind="UNIT", cause="IDLE", subject="", body="x", at=run.at
        ),
        lambda: LetterTemplate.objects.create(
            office_id=run.office_id, kind="X", cause="IDLE", subject="x", body="x", at=run.at
        ),
    ]

    for act in broken:
        with pytest.raises(IntegrityError), transaction.atomic():
            act()


def _copied(run: LetterRun, **changes: Any) -> LetterRun:
    copy = LetterRun.objects.get(pk=run.pk)
    copy.pk, copy.key = None, uuid4()
    for name, value in changes.items():
        setattr(copy, name, value)
    copy.save(force_insert=True)
    return copy


def test_a_round_of_another_year_gives_its_own_list(
    make_run: MakeRun, province_officer: Person, round_2569: Round, round_2570: Round, sheet_in: SheetIn
) -> None:
    sheet_in(Status.SUBMITTED)

    older, newer = (named(make_run(province_officer, LetterKind.UNIT, round=one)) for one in (round_2569, round_2570))

    assert ["6250101"] in older.values()
    assert ["6250101"] not in newer.values()
