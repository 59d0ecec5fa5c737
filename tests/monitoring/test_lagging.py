"""Who has not: by cause, within the tree of who asks, at a moment; what letters and reminders are made from."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from localgov.access.actor import system_actor
from localgov.access.permissions import Permission
from localgov.access.roles import RoleCode
from localgov.accounts import services as accounts
from localgov.accounts.models import User
from localgov.directory.services import websites
from localgov.filings.models import Sheet
from localgov.filings.states import Status
from localgov.forms.models import FormVersion
from localgov.lib.thai_calendar import bangkok_day_end
from localgov.monitoring.causes import IDLE_DAYS, causes_of
from localgov.monitoring.selectors.lagging import Cause, CauseUnfit, lagging_areas, lagging_units
from localgov.rounds import services as rounds
from localgov.rounds.models import Profile, RosterEntry, Round
from localgov.rounds.reading import RosterFilter
from localgov.rounds.scopes import Reach, Scope
from tests.conftest import Person, Register, round_make

COUNTRY = RosterFilter(prefixes=("th.",))


def codes_for(cause: Cause, round: Round | None, wanted: RosterFilter, at: datetime, **more: bool) -> list[str]:
    """Codes of the units that lag."""
    return [one.code for one in lagging_units(cause=cause, round=round, wanted=wanted, at=at, **more)]


@pytest.mark.parametrize("cause", list(Cause))
@pytest.mark.parametrize("who", ["stranger", "stranger_officer"])
def test_the_next_province_never_gets_a_unit_of_ours(
    cause: Cause, who: str, round_2570: Round, at: datetime, request: pytest.FixtureRequest
) -> None:
    actor = request.getfixturevalue(who).actor
    theirs = RosterFilter(prefixes=actor.scopes(Permission.MONITOR_VIEW))
    later = at + timedelta(days=400)

    assert codes_for(cause, round_2570, theirs, later) == ["6270101"]
    assert [area.code for area in lagging_areas(cause=cause, round=round_2570, wanted=theirs, at=later)] == ["27"]


@pytest.mark.parametrize(
    ("status", "lags"),
    [
        (Status.RECORDING, {Cause.NOT_SUBMITTED, Cause.NOT_CERTIFIED_UNIT, Cause.NOT_CERTIFIED_PROVINCE}),
        (Status.SUBMITTED, {Cause.NOT_CERTIFIED_UNIT, Cause.NOT_CERTIFIED_PROVINCE}),
        (Status.CERTIFIED_LAO, {Cause.NOT_CERTIFIED_PROVINCE}),
        (Status.CERTIFIED_PROVINCE, set()),
    ],
)
def test_a_unit_lags_for_what_it_has_not_done(
    status: Status, lags: set[Cause], round_2570: Round, sheet_in: Callable[[Status], Sheet], at: datetime
) -> None:
    sheet_in(status)

    found = {cause for cause in causes_of(Profile.PROVINCE) if "6250101" in codes_for(cause, round_2570, COUNTRY, at)}

    assert found == lags


def test_tells_what_was_done_so_far_and_since_when(
    round_2570: Round, sheet_in: Callable[[Status], Sheet], at: datetime
) -> None:
    sheet_in(Status.SUBMITTED)

    rows = {
        row.code: row for row in lagging_units(cause=Cause.NOT_CERTIFIED_UNIT, round=round_2570, wanted=COUNTRY, at=at)
    }

    assert (rows["6250101"].done, rows["6250101"].since) == ("ส่งแล้ว 3 จาก 3 ด้าน", at)
    assert (rows["2250101"].done, rows["2250101"].since) == ("ยังไม่เริ่ม", None)
    assert (rows["6250101"].province_name, rows["6250101"].type_name) == ("ปราจีนบุรี", "อบต.")


def test_an_extended_unit_is_not_late_before_its_own_date(
    round_2570: Round, register: Register, entry: RosterEntry, department_officer: Person, at: datetime
) -> None:
    later = bangkok_day_end(date(2027, 7, 15))
    rounds.round_extend(
        actor=department_officer.actor,
        at=at,
        round_id=round_2570.pk,
        reach=Reach(Scope.UNIT, "6250101"),
        due_at=later,
        last_new_at=round_2570.last_new_at,
        last_edit_at=round_2570.last_edit_at,
        order=rounds.Order("มท 0808/1", "น้ำท่วม"),
        key=uuid4(),
    )

    def late(moment: datetime) -> set[str]:
        return set(codes_for(Cause.NOT_BEGUN, round_2570, COUNTRY, moment, late_only=True))

    assert late(round_2570.due_at - timedelta(seconds=1)) == set()
    assert late(round_2570.due_at) == {"2250101", "4250102", "6270101"}
    assert "6250101" in late(later)
    prachin = lagging_areas(cause=Cause.NOT_BEGUN, round=round_2570, wanted=COUNTRY, at=round_2570.due_at)[0]
    assert (prachin.name, prachin.units, prachin.lagging, prachin.late) == ("ปราจีนบุรี", 3, 3, 2)
    ours = lagging_units(cause=Cause.NOT_BEGUN, round=round_2570, wanted=RosterFilter(codes=("6250101",)), at=at)[0]
    assert (ours.due_at, ours.extended, ours.late) == (later, True, False)


def test_a_unit_that_certified_is_not_late_while_the_province_has_not(
    round_2570: Round, sheet_in: Callable[[Status], Sheet]
) -> None:
    sheet_in(Status.CERTIFIED_LAO)

    rows = lagging_units(cause=Cause.NOT_CERTIFIED_PROVINCE, round=round_2570, wanted=COUNTRY, at=round_2570.due_at)

    assert {row.code: row.late for row in rows} == {
        "6250101": False, "2250101": True, "4250102": True, "6270101": True,
    }  # fmt: skip


def test_an_excused_unit_never_lags(round_2570: Round, entry: RosterEntry, at: datetime) -> None:
    rounds.roster_excuse(
        actor=system_actor("ทดสอบ", RoleCode.DEPARTMENT_OFFICER),
        at=at,
        entry_id=entry.pk,
        excused_from=at.date(),
        reason="ยุบรวม",
    )

    assert "6250101" not in codes_for(Cause.NOT_BEGUN, round_2570, COUNTRY, at)
    assert lagging_areas(cause=Cause.NOT_BEGUN, round=round_2570, wanted=COUNTRY, at=at)[0].units == 2


def test_the_past_stays_what_it_was(round_2570: Round, fill: Callable[..., Sheet], at: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        moment = cursor.fetchone()[0]
    fill("domain_1")

    now = codes_for(Cause.NOT_BEGUN, round_2570, COUNTRY, at)
    then = codes_for(Cause.NOT_BEGUN, round_2570, RosterFilter(prefixes=("th.",), as_of=moment), at)

    assert "6250101" not in now
    assert "6250101" in then


@pytest.mark.parametrize(
    ("narrowed", "codes"),
    [
        (RosterFilter(province_code="25"), ["4250102", "2250101", "6250101"]),
        (RosterFilter(district_code="2701"), ["6270101"]),
        (RosterFilter(unit_type="SAO"), ["6250101", "6270101"]),
        (RosterFilter(name="สาธิตเมือง"), ["4250102"]),
    ],
)
def test_narrows_by_area_and_type_in_thai_order(
    narrowed: RosterFilter, codes: list[str], round_2570: Round, at: datetime
) -> None:
    assert codes_for(Cause.NOT_BEGUN, round_2570, narrowed, at) == codes


def test_a_round_that_ends_with_submitting_knows_no_certifying(small_form: FormVersion, at: datetime) -> None:
    round = round_make(small_form, 2570, at, profile=Profile.RECORD)

    assert causes_of(Profile.RECORD) == (Cause.NOT_BEGUN, Cause.NOT_SUBMITTED)
    with pytest.raises(CauseUnfit, match="ไม่มีขั้นตอนนี้"):
        lagging_units(cause=Cause.NOT_CERTIFIED_UNIT, round=round, wanted=COUNTRY, at=at)
    with pytest.raises(CauseUnfit, match="ต้องระบุรอบ"):
        lagging_areas(cause=Cause.NOT_BEGUN, wanted=COUNTRY, at=at)


def test_who_has_not_recorded_its_website_this_year(
    round_2570: Round, entry: RosterEntry, recorder: Person, at: datetime
) -> None:
    websites.website_record(actor=recorder.actor, at=at, entry=entry, address=None, seen=0)

    codes = [one.code for one in lagging_units(cause=Cause.WEBSITE, fiscal_year=2570, wanted=COUNTRY, at=at)]
    people = lagging_units(cause=Cause.ADMINISTRATOR, round=round_2570, wanted=COUNTRY, at=round_2570.due_at)

    assert codes == ["4250102", "2250101", "6270101"]
    assert {one.code for one in people if one.late} == {"6250101", "4250102", "2250101", "6270101"}
    prachin = lagging_areas(cause=Cause.WEBSITE, round=round_2570, wanted=COUNTRY, at=at)[0]
    assert (prachin.units, prachin.lagging, prachin.late) == (3, 2, 0)


def signed_in(user: User, at: datetime) -> None:
    """What signing in leaves behind."""
    accounts.sign_in_record(user=user, at=at)
    User.objects.filter(pk=user.pk).update(last_login=at)


def test_nobody_signed_in_counts_from_the_last_of_all_accounts(
    register: Register, recorder: Person, unit_administrator: Person, at: datetime
) -> None:
    signed_in(recorder.user, at)
    wanted = RosterFilter(codes=("6250101",))

    assert codes_for(Cause.IDLE, None, wanted, at + timedelta(days=IDLE_DAYS)) == []
    row = lagging_units(cause=Cause.IDLE, wanted=wanted, at=at + timedelta(days=IDLE_DAYS, seconds=1))[0]
    assert (row.since, row.done) == (at, "เข้าใช้ครั้งล่าสุด 20 พ.ย. 2569")


def test_a_past_moment_knows_no_later_sign_in(register: Register, recorder: Person) -> None:
    made = User.objects.get(pk=recorder.user.pk).created_at
    signed_in(recorder.user, made)
    wanted = RosterFilter(codes=("6250101",), as_of=made - timedelta(seconds=1))

    assert lagging_units(cause=Cause.IDLE, wanted=wanted, at=made)[0].done == "ยังไม่ได้รับบัญชีผู้ใช้"


def test_an_account_never_used_counts_from_the_day_it_was_handed_out(
    register: Register, unit_administrator: Person
) -> None:
    made = User.objects.get(pk=unit_administrator.user.pk).created_at
    wanted = RosterFilter(codes=("6250101", "4250102"))

    early = lagging_units(cause=Cause.IDLE, wanted=wanted, at=made + timedelta(days=IDLE_DAYS))
    late = lagging_units(cause=Cause.IDLE, wanted=wanted, at=made + timedelta(days=IDLE_DAYS, seconds=1))

    assert {row.code: row.done for row in early} == {"4250102": "ยังไม่ได้รับบัญชีผู้ใช้"}
    assert {row.code: (row.done, row.since) for row in late} == {
        "4250102": ("ยังไม่ได้รับบัญชีผู้ใช้", None),
        "6250101": ("ได้รับบัญชีแล้ว ยังไม่เคยเข้าใช้", made),
    }


@pytest.mark.parametrize("cause", [Cause.NOT_BEGUN, Cause.NOT_CERTIFIED_PROVINCE, Cause.IDLE])
def test_two_queries_for_the_units_and_one_for_the_counts_whatever_is_asked(
    cause: Cause, round_2570: Round, at: datetime
) -> None:
    lagging_units(cause=cause, round=round_2570, wanted=COUNTRY, at=at)  # compiles the form

    with CaptureQueriesContext(connection) as queries:
        lagging_units(cause=cause, round=round_2570, wanted=COUNTRY, at=at)
        lagging_areas(cause=cause, round=round_2570, wanted=COUNTRY, at=at, by="district")

    assert len(queries) == 2 + 1
