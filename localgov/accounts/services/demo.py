"""Accounts of a demo installation: one for each role, with a known password. A real installation gets none."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction

from localgov.access.actor import Actor
from localgov.access.decision import Denied
from localgov.access.roles import ROLES, RoleCode
from localgov.accounts import selectors
from localgov.accounts.models import RoleAssignment, User
from localgov.accounts.periods import period
from localgov.audit import services as audit
from localgov.lib import thai_calendar
from localgov.organisations.models import OrganisationVersion, RegisterImport

#: Long enough for the rules of passwords; known to everybody, as everything in a demo is.
DEMO_PASSWORD = "demo-info-2570"  # noqa: S105
PROVINCE, NEIGHBOUR = "25", "27"


class RealInstallation(Denied):
    """Demo accounts were asked for where the register is real."""


@dataclass(frozen=True)
class DemoAccount:
    """A line of the list that `make run` prints."""

    username: str
    role: str
    office: str


@dataclass(frozen=True)
class _Plan:
    """One account to be: `place` names which of the demo's organisations it belongs to."""

    username: str
    role: RoleCode
    place: str
    title: str = ""
    number: str = ""

    @property
    def display_name(self) -> str:
        """Named after the role, never after a person."""
        return f"{ROLES[self.role].name}{self.number} ข้อมูลสาธิต"


_PLANS = (
    _Plan("recorder1", RoleCode.RECORDER, "unit", number=" คนที่ 1"),
    _Plan("recorder2", RoleCode.RECORDER, "unit", number=" คนที่ 2"),
    _Plan("verifier", RoleCode.VERIFIER, "unit"),
    _Plan("executive", RoleCode.EXECUTIVE, "unit", title="นายกองค์การบริหารส่วนตำบล"),
    _Plan("admin", RoleCode.UNIT_ADMINISTRATOR, "unit"),
    _Plan("district", RoleCode.DISTRICT_OFFICER, "district"),
    _Plan("province", RoleCode.PROVINCE_OFFICER, "province"),
    _Plan("certifier", RoleCode.PROVINCE_CERTIFIER, "province", title="ท้องถิ่นจังหวัด"),
    _Plan("department", RoleCode.DEPARTMENT_OFFICER, "department"),
    _Plan("formowner", RoleCode.FORM_OWNER, "department"),
    _Plan("operator", RoleCode.OPERATOR, "department"),
    _Plan("auditor", RoleCode.AUDITOR, "department"),
    _Plan("neighbour", RoleCode.RECORDER, "neighbour", number=" ของจังหวัดข้างเคียง"),
)


@transaction.atomic
def demo_accounts_make(*, actor: Actor, at: datetime) -> list[DemoAccount]:
    """Make the missing demo accounts and return all of them; a second call changes nothing.

    Raises `RealInstallation`, and `Denied` where the register lacks the demo's provinces.
    """
    newest = RegisterImport.objects.order_by("-pk").first()
    if newest is not None and newest.source == RegisterImport.Source.REAL:
        raise RealInstallation("ระบบนี้ใช้ทะเบียน อปท. จริง จึงไม่มีบัญชีสาธิต")
    places = _places(at)
    have = set(User.objects.filter(username__in=[plan.username for plan in _PLANS]).values_list("username", flat=True))
    missing = [plan for plan in _PLANS if plan.username not in have]
    password = make_password(DEMO_PASSWORD) if missing else ""
    for plan in missing:
        _make(plan, places[plan.place], password, at)
    if missing:
        audit.record(
            actor=actor,
            type="account.demo_made",
            target_kind="installation",
            target_id="demo",
            at=at,
            data={"usernames": [plan.username for plan in missing]},
        )
    return [DemoAccount(plan.username, ROLES[plan.role].name, places[plan.place].full_name) for plan in _PLANS]


def _places(at: datetime) -> dict[str, OrganisationVersion]:
    """The organisations of the demo accounts: an อบต. of the province, its offices, and an อบต. next door."""
    today = thai_calendar.bangkok_date(at)
    unit = selectors.first_demo_unit(province_code=PROVINCE, on=today)
    neighbour = selectors.first_demo_unit(province_code=NEIGHBOUR, on=today)
    if unit is None or neighbour is None:
        raise Denied(
            "ทะเบียนในระบบยังไม่มี อบต. ของจังหวัดปราจีนบุรีและสระแก้ว จึงยังสร้างบัญชีสาธิตไม่ได้ โปรดสั่ง manage.py load_demo ก่อน"
        )
    places = {"unit": unit, "neighbour": neighbour}
    offices = {
        "district": f"D{unit.district_code}",
        "province": f"P{PROVINCE}",
        "department": "DLA",
    }
    for name, code in offices.items():
        places[name] = selectors.place_of(code=code, on=today)
    return places


def _make(plan: _Plan, place: OrganisationVersion, password: str, at: datetime) -> None:
    handed_down = plan.role is RoleCode.UNIT_ADMINISTRATOR
    user = User.objects.create(
        username=plan.username,
        display_name=plan.display_name,
        organisation_id=place.organisation_id,
        password=password,
        is_demo=True,
        is_handed_down=handed_down,
    )
    RoleAssignment.objects.create(
        user=user,
        organisation_id=place.organisation_id,
        role=plan.role,
        held=period(place.valid_from),
        position_title=plan.title,
        order_number="คำสั่งสาธิต ที่ 1" if plan.title else "",
        granted_at=at,
    )
