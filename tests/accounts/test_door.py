"""The door: every role × the pages of this room; strangers; methods."""

from collections.abc import Callable

import pytest
from django.test import Client

from localgov.access.permissions import Permission as P
from localgov.access.roles import ROLES, RoleCode, Seat
from tests.conftest import Person, Register

pytestmark = pytest.mark.django_db

#: Address, and the permission that its page asks for. `{unit}` is a recorder's account of our unit.
PAGES: tuple[tuple[str, P], ...] = (
    ("/accounts/password/", P.ACCOUNT_SELF),
    ("/accounts/roles/", P.HOME_VIEW),
    ("/accounts/people/", P.PEOPLE_VIEW),
    ("/accounts/people/new/", P.PEOPLE_MANAGE),
    ("/accounts/issue/", P.ACCOUNTS_ISSUE),
    ("/accounts/issue/all/", P.ACCOUNTS_ISSUE),
    ("/accounts/executives/", P.SEAT_UNIT_EXECUTIVE),
    ("/accounts/officers/", P.SEAT_OFFICER),
    ("/accounts/officers/new/", P.SEAT_OFFICER),
)


@pytest.fixture
def someone(register: Register, person: Callable[..., Person]) -> Callable[[RoleCode], Person]:
    """An account with one role, at the organisation of our branch where it belongs."""
    places = {
        Seat.DEPARTMENT: register.department,
        Seat.PROVINCE: register.province,
        Seat.DISTRICT: register.district,
        Seat.UNIT: register.unit,
    }
    return lambda role: person(f"only-{role.value.lower()}", places[ROLES[role].seat], role)


@pytest.mark.parametrize("role", list(RoleCode))
def test_opens_to_each_role_exactly_the_pages_whose_permission_it_carries(
    someone: Callable[[RoleCode], Person], role: RoleCode
) -> None:
    browser = someone(role).client()

    for address, permission in PAGES:
        expected = 200 if permission in ROLES[role].permissions else 403
        assert browser.get(address).status_code == expected, address


@pytest.mark.parametrize("address", [address for address, _ in PAGES])
def test_sends_a_stranger_to_sign_in_and_back(address: str) -> None:
    response = Client().get(address)

    assert response.status_code == 302
    assert response["Location"] == f"/accounts/login/?next={address.replace('/', '%2F')}"


def test_moves_the_whole_page_when_the_session_ends_during_an_htmx_request() -> None:
    response = Client().get("/accounts/people/", headers={"HX-Request": "true"})

    assert response.status_code == 401
    assert response["HX-Redirect"].startswith("/accounts/login/")


@pytest.mark.parametrize("act", ["", "edit/", "code/", "close/", "open/"])
def test_a_person_of_the_next_province_is_not_there(
    stranger_officer: Person, unit_administrator: Person, recorder: Person, stranger: Person, act: str
) -> None:
    ours, theirs = f"/accounts/people/{recorder.user.pk}/{act}", f"/accounts/people/{stranger.user.pk}/{act}"

    assert stranger_officer.client().get(ours).status_code == 404
    assert stranger_officer.client().post(ours).status_code == 404
    assert unit_administrator.client().get(theirs).status_code == 404
    assert unit_administrator.client().post(theirs).status_code == 404


@pytest.mark.parametrize("address", ["people/", "executives/", "officers/", "issue/", "roles/"])
def test_lists_are_read_only(department_officer: Person, address: str) -> None:
    assert department_officer.client().post(f"/accounts/{address}").status_code == 405


def test_an_account_without_a_role_is_told_whom_to_ask(register: Register, person: Callable[..., Person]) -> None:
    response = person("newcomer", register.unit).client().get("/accounts/people/")

    assert response.status_code == 403
    assert "ยังไม่ได้รับสิทธิใด" in response.content.decode()


def test_every_page_says_whose_account_is_in_use(unit_administrator: Person) -> None:
    text = unit_administrator.client().get("/accounts/people/").content.decode()

    assert "ผู้ใช้ระบบ: อบต.บ้านสาธิต" in text
    assert "ผู้ดูแลระบบ INFO ของ อปท." in text
