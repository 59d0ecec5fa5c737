"""Opening a round: the roster of the day, dates in order, one round a year, one office."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from psycopg.types.range import DateRange

from localgov.access.actor import system_actor
from localgov.access.decision import Denied
from localgov.access.roles import RoleCode
from localgov.audit.models import Event
from localgov.forms.models import FormVersion
from localgov.organisations.models import Kind, OrganisationVersion
from localgov.rounds import selectors, services
from localgov.rounds.models import Profile, RosterEntry, Round
from tests.conftest import Person, Register, organisation_make

pytestmark = pytest.mark.django_db


def moments(
    due: date = date(2027, 6, 15), last_new: date = date(2027, 8, 31), last_edit: date = date(2027, 9, 30)
) -> Any:
    """The three dates as stored: the end of each day in Bangkok."""
    days = {"due_at": due, "last_new_at": last_new, "last_edit_at": last_edit}
    return {name: datetime(day.year, day.month, day.day, 17, tzinfo=UTC) for name, day in days.items()}


def open_year(actor: Any, at: datetime, version: FormVersion, fiscal_year: int = 2570, **dates: datetime) -> Round:
    return services.round_open(
        actor=actor,
        at=at,
        form_version=version,
        fiscal_year=fiscal_year,
        title=version.title,
        profile=Profile.PROVINCE,
        **(dates or moments()),
    )


def test_the_roster_is_the_units_of_the_day_as_they_are_called_then(
    department_officer: Person, small_form: FormVersion, register: Register, at: datetime
) -> None:
    opened = open_year(department_officer.actor, at, small_form)
    entries = {entry.code: entry for entry in opened.roster.all()}
    assert set(entries) == {"6250101", "4250102", "2250101", "6270101"}
    unit = entries["6250101"]
    assert (unit.full_name, unit.unit_type, unit.province_code, unit.district_code, unit.path) == (
        "อบต.บ้านสาธิต",
        "SAO",
        "25",
        "2501",
        "th.25.2501.6250101.",
    )
    assert (unit.excused_from, unit.excused_reason) == (None, "")
    assert Event.objects.get(type="round.open").data["units"] == 4


def test_a_later_name_leaves_the_roster_as_it_was_and_the_path_follows(
    department_officer: Person, small_form: FormVersion, register: Register, at: datetime
) -> None:
    opened = open_year(department_officer.actor, at, small_form)
    OrganisationVersion.objects.filter(organisation=register.unit).update(
        in_force=DateRange(date(2020, 1, 1), date(2027, 1, 1))
    )
    old = OrganisationVersion.objects.get(organisation=register.unit)
    old.pk, old.full_name, old.unit_type, old.path = None, "ทต.บ้านสาธิต", "SUBDISTRICT", "th.25.2502.6250101."
    old.in_force = DateRange(date(2027, 1, 1), None)
    old.save(force_insert=True)
    later = at + timedelta(days=60)
    operator = system_actor("ทดสอบ", RoleCode.OPERATOR)
    assert services.roster_follow_paths(actor=operator, at=later) == 1
    assert services.roster_follow_paths(actor=operator, at=later) == 0
    entry = opened.roster.get(code="6250101")
    assert (entry.full_name, entry.unit_type, entry.district_code) == ("อบต.บ้านสาธิต", "SAO", "2501")
    assert entry.path == "th.25.2502.6250101."
    with pytest.raises(Denied):
        services.roster_follow_paths(actor=system_actor("ทดสอบ", RoleCode.RECORDER), at=later)


@pytest.mark.parametrize("role", [role for role in RoleCode if role is not RoleCode.DEPARTMENT_OFFICER])
def test_nobody_but_the_department_opens_a_year(role: RoleCode, small_form: FormVersion, at: datetime) -> None:
    with pytest.raises(Denied, match="หน้าที่ของเจ้าหน้าที่กรม"):
        open_year(system_actor("ทดสอบ", role), at, small_form)
    assert not Round.objects.exists()


def test_a_second_round_of_the_same_form_and_year_is_refused(
    department_officer: Person, small_form: FormVersion, at: datetime
) -> None:
    open_year(department_officer.actor, at, small_form)
    with pytest.raises(Denied, match="ปีงบประมาณ 2570 ไปแล้ว"):
        open_year(department_officer.actor, at, small_form)
    assert Round.objects.count() == 1


@pytest.mark.parametrize("fiscal_year", [2567, 2572])
def test_a_year_that_the_version_does_not_cover_is_refused(
    fiscal_year: int, department_officer: Person, small_form: FormVersion, at: datetime
) -> None:
    with pytest.raises(Denied, match=f"2568–2571 ไม่ครอบคลุมปี {fiscal_year}"):
        open_year(department_officer.actor, at, small_form, fiscal_year)


@pytest.mark.parametrize(
    ("dates", "sentence"),
    [
        (moments(last_new=date(2027, 6, 14)), r"เริ่มบันทึกได้ \(14 มิ\.ย\. 2570\) ต้องไม่ก่อนวันครบกำหนด"),
        (moments(last_edit=date(2027, 8, 30)), r"แก้ไขได้ \(30 ส\.ค\. 2570\)"),
        (moments(due=date(2026, 6, 15)), r"ต้องไม่ก่อนวันเริ่มปีงบประมาณ \(1 ต\.ค\. 2569\)"),
    ],
)
def test_dates_out_of_order_are_refused_with_the_days_named(
    dates: Any, sentence: str, department_officer: Person, small_form: FormVersion, at: datetime
) -> None:
    with pytest.raises(Denied, match=sentence):
        open_year(department_officer.actor, at, small_form, **dates)


def test_the_database_keeps_dates_in_order_and_one_round_a_year(round_2570: Round) -> None:
    with pytest.raises(IntegrityError, match="roster_entry_dates_in_order"), transaction.atomic():
        RosterEntry.objects.filter(round=round_2570).update(due_at=round_2570.last_edit_at + timedelta(days=1))
    late = round_2570.last_edit_at + timedelta(days=1)
    round_2570.pk, due = None, round_2570.due_at
    round_2570.fiscal_year_be, round_2570.due_at = 2571, late
    with pytest.raises(IntegrityError, match="round_dates_in_order"), transaction.atomic():
        round_2570.save(force_insert=True)
    round_2570.fiscal_year_be, round_2570.due_at = 2570, due
    with pytest.raises(IntegrityError, match="round_one_per_form_and_year"), transaction.atomic():
        round_2570.save(force_insert=True)


def test_the_next_year_is_proposed_with_the_same_days(
    department_officer: Person, small_form: FormVersion, at: datetime
) -> None:
    open_year(department_officer.actor, at, small_form)
    year, days = selectors.proposed(form_code="eight_domains", at=at)
    assert (year, days.due, days.last_new, days.last_edit) == (
        2571,
        date(2028, 6, 15),
        date(2028, 8, 31),
        date(2028, 9, 30),
    )


def test_a_first_round_is_proposed_for_the_year_that_runs(db: None) -> None:
    year, days = selectors.proposed(form_code="nothing_yet", at=datetime(2026, 11, 21, tzinfo=UTC))
    assert (year, days.due) == (2570, date(2027, 6, 15))


def test_open_rounds_are_those_whose_answers_may_change(round_2569: Round, round_2570: Round, at: datetime) -> None:
    assert selectors.open_rounds(at=at) == [round_2570, round_2569]
    assert selectors.open_rounds(at=round_2570.last_edit_at) == []


def test_excused_units_leave_every_count(
    department_officer: Person, round_2570: Round, register: Register, at: datetime
) -> None:
    entry = RosterEntry.objects.get(round=round_2570, organisation=register.unit)
    services.roster_excuse(
        actor=department_officer.actor, at=at, entry_id=entry.pk, excused_from=date(2027, 1, 1), reason="ยุบรวมกับเทศบาล"
    )
    shown: Any = selectors.rounds(actor=department_officer.actor).get()
    assert shown.unit_count == 3
    counts = selectors.roster_counts(actor=department_officer.actor, round_id=round_2570.pk)
    assert sum(one.count for one in counts) == 3
    assert round_2570.roster.count() == 4


@pytest.mark.parametrize(
    ("day", "reason", "sentence"),
    [
        (date(2199, 1, 1), "ยุบรวม", "ต้องไม่หลังวันสุดท้ายที่แก้ไขได้ของรอบ"),
        (date(2027, 1, 1), " ", "โปรดระบุเหตุผล"),
        (date(2027, 1, 1), "ก" * 301, "ไม่เกิน 300"),
    ],
)
def test_an_excuse_needs_a_day_of_the_round_and_a_reason(
    day: date, reason: str, sentence: str, department_officer: Person, entry: RosterEntry, at: datetime
) -> None:
    with pytest.raises(Denied, match=sentence):
        services.roster_excuse(
            actor=department_officer.actor, at=at, entry_id=entry.pk, excused_from=day, reason=reason
        )


def test_a_unit_is_excused_once_and_by_the_department_alone(
    department_officer: Person, province_officer: Person, entry: RosterEntry, at: datetime
) -> None:
    act: dict[str, Any] = {"at": at, "entry_id": entry.pk, "excused_from": date(2027, 1, 1), "reason": "ยุบรวม"}
    with pytest.raises(Denied, match="หน้าที่ของเจ้าหน้าที่กรม"):
        services.roster_excuse(actor=province_officer.actor, **act)
    services.roster_excuse(actor=department_officer.actor, **act)
    with pytest.raises(Denied, match=r"พ้นหน้าที่ของรอบนี้แล้วตั้งแต่ 1 ม\.ค\. 2570"):
        services.roster_excuse(actor=department_officer.actor, **act)


def test_a_unit_founded_in_mid_year_joins_once(
    department_officer: Person, round_2570: Round, register: Register, at: datetime
) -> None:
    organisation_make("5250199", Kind.UNIT, "ทต.ตั้งใหม่", "th.25.2501.5250199.", unit_type="SUBDISTRICT", province="25")
    act: dict[str, Any] = {"actor": department_officer.actor, "at": at, "round_id": round_2570.pk}
    entry = services.roster_add_unit(**act, organisation_code="5250199")
    assert (entry.full_name, entry.unit_type, round_2570.roster.count()) == ("ทต.ตั้งใหม่", "SUBDISTRICT", 5)
    for code, sentence in (("5250199", "อยู่ในบัญชีรายชื่อของรอบนี้แล้ว"), ("9999999", "ทะเบียนวันนี้ไม่มี"), ("P25", "ทะเบียนวันนี้ไม่มี")):
        with pytest.raises(Denied, match=sentence):
            services.roster_add_unit(**act, organisation_code=code)
